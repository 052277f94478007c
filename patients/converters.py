"""Path converters, so that a malformed name is a 404 before any query."""

from literature.converters import PublicIdConverter
from literature.public_ids import CROCKFORD


class AccessionConverter(PublicIdConverter):
    regex = rf"CB-[{CROCKFORD}]{{7}}"
