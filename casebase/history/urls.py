from django.urls import path

from casebase.history import views
from patients.history.views import term_history, term_take_back

app_name = "history"
urlpatterns = [
    path("", views.recent, name="recent"),
    path("terms/<slug:slug>/", term_history, name="term"),
    path("terms/<slug:slug>/<int:number>/take-back/", term_take_back, name="term-take-back"),
    path("users/<int:pk>/", views.user_history, name="user"),
]
