"""Path converters of the editor, so that an unknown kind of row is a 404 before any query."""

from patients.editor.rows import MODELS


class KindConverter:
    regex = "|".join(MODELS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
