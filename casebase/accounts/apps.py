from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "casebase.accounts"
    label = "accounts"
