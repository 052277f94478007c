"""Of the processes that are killed: connections are kept between requests, as they are for real."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["CONN_MAX_AGE"] = 600
