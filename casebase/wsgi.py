"""The application that a WSGI server runs: `granian --interface wsgi casebase.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
site = get_wsgi_application()

from casebase.front import Front  # noqa: E402
from casebase.pooler import refuse_without_limits  # noqa: E402
from literature.history.checks import refuse_unsafe_history  # noqa: E402
from patients.images import storing  # noqa: E402

refuse_unsafe_history()
refuse_without_limits()
storing.make_ready()
# With replicas, which of them a reader is sent to is decided inside.
application = site if settings.REPLICAS else Front(site)
