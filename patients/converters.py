"""Path converters, so that a malformed name is a 404 before any query."""

from literature.converters import PublicIdConverter
from literature.public_ids import CROCKFORD


class AccessionConverter(PublicIdConverter):
    regex = rf"CB-[{CROCKFORD}]{{7}}"


class VersionConverter:
    """The number of a version, from 1, written in one way only."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class FileEndingConverter:
    regex = "svg|pdf|png"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ResultConverter(PublicIdConverter):
    """The id of a derived result: its rule and one or two places of the case."""

    regex = rf"[a-z0-9_]{{1,20}}(?:\.(?:event|finding|lesion)-[{CROCKFORD}]{{10}}){{1,2}}"


class ImageEndingConverter(FileEndingConverter):
    regex = "png|jpg"


class ComparisonEndingConverter(PublicIdConverter):
    """The endings of the files of a comparison."""

    regex = "csv|md|docx"


class ResultEndingConverter(FileEndingConverter):
    """The endings of the files of what a search found."""

    regex = "csv|jsonl"
