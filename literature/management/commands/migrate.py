"""Django's own, which then gives the web process's role what it needs of the new tables."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections, transaction

from literature.history.web_role import NoRoleError, grant


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        only_shown = options["plan"] or options["check_unapplied"]
        if not settings.WEB_ROLE or only_shown:
            return
        connection = connections[options["database"]]
        try:
            with transaction.atomic(using=connection.alias):
                grant(connection, settings.WEB_ROLE)
        except NoRoleError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            self.stdout.write(f"Granted {settings.WEB_ROLE} what the web process needs.")
