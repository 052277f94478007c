from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "patients"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from literature.citing import register
        from patients.citing import CaseCiters

        register(CaseCiters())
