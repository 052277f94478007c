"""Path converters, so that a malformed name is a 404 before any query."""

from literature.public_ids import CROCKFORD, PUBLIC_ID_LENGTH


class PublicIdConverter:
    regex = rf"[{CROCKFORD}]{{{PUBLIC_ID_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
