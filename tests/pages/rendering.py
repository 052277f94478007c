"""Reading pages as text."""

from html.parser import HTMLParser


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(html: str) -> str:
    """The text of a page with white space folded."""
    reader = _Text()
    reader.feed(html)
    return " ".join(" ".join(reader.parts).split())
