"""Answers as if they had been asked for: what is looked up with these leaves the machine never."""

from __future__ import annotations

import json

from literature.lookup.kept import keep
from literature.lookup.services import CROSSREF, PUBMED
from literature.lookup.turns import postpone
from tests.literature.lookup.asking import CONTACT, answer
from tests.literature.lookup.services import RETRACTED

ARTICLE = "10.5555/look-up.1"


def switch_on(settings) -> None:
    """Look-up is on, and both services are as if they were busy: only kept answers are used."""
    settings.LOOKUP_CONTACT, settings.LOOKUP_ON = CONTACT, True
    postpone(CROSSREF, 3600)
    postpone(PUBMED, 3600)


def keep_article(**changes: object) -> None:
    """The recorded article at Crossref, with `changes`; PubMed does not know it."""
    record = json.loads(answer("crossref_list.json"))["message"]["items"][1] | changes
    keep(CROSSREF, {f"doi:{ARTICLE}": json.dumps(record)})
    keep(PUBMED, {f"doi:{ARTICLE}": ""})


def keep_retracted() -> None:
    record = json.loads(answer("crossref_retracted.json"))["message"]
    keep(CROSSREF, {f"doi:{RETRACTED}": json.dumps(record)})
    xml = answer("pubmed_retracted.xml").decode()
    start = xml.index("<PubmedArticle>")
    keep(PUBMED, {"pmid:9500320": xml[start : xml.index("</PubmedArticleSet>")]})
