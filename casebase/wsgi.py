"""The application that a WSGI server runs: `granian --interface wsgi casebase.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
application = get_wsgi_application()

from literature.history.checks import refuse_unsafe_history  # noqa: E402
from patients.images import storing  # noqa: E402

refuse_unsafe_history()
storing.make_ready()
