from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "patients"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from literature import background
        from literature.citing import register
        from patients.background import (
            FindLikenesses,
            FindSamePatients,
            ForgetWords,
            PrepareAnswers,
        )
        from patients.citing import CaseCiters

        register(CaseCiters())
        background.register(FindLikenesses())
        background.register(PrepareAnswers())
        background.register(FindSamePatients())
        background.register(ForgetWords())
