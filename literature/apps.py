from django.apps import AppConfig


class LiteratureConfig(AppConfig):
    name = "literature"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import Tags, register
        from django.db.backends.signals import connection_created

        from literature import background
        from literature.history.acting import listen
        from literature.history.checks import history_is_safe
        from literature.rest.idempotency import ForgetOld
        from literature.standing_by import notice

        register(history_is_safe, Tags.database)
        background.register(ForgetOld())
        # Not a model's signal: Django has no other hook for a connection that any thread opens.
        connection_created.connect(
            lambda connection, **rest: listen(connection), weak=False, dispatch_uid="history"
        )
        connection_created.connect(
            lambda connection, **rest: notice(connection), weak=False, dispatch_uid="standing by"
        )
