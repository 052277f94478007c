"""Both services at one address, answering with what was recorded."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, unquote, urlsplit

from tests.literature.lookup.asking import answer
from tests.literature.lookup.server import Call

JSON, XML = "application/json;charset=utf-8", "text/xml; charset=UTF-8"
RETRACTED = "10.1016/s0140-6736(97)11096-0"
NOTICE = "10.1016/s0140-6736(10)60175-4"
_WORKS = {RETRACTED: "crossref_retracted.json", NOTICE: "crossref_notice.json"}


def both_services(call: Call) -> None:
    target = urlsplit(call.target)
    form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
    match target.path.rpartition("/")[2]:
        case "works":
            call.answer(_several(target.query), JSON)
        case "efetch.fcgi":
            call.answer(answer(_records(form["id"])), XML)
        case "elink.fcgi":
            call.answer(answer("pubmed_elink.json"), JSON)
        case "esearch.fcgi":
            call.answer(answer("pubmed_esearch.json"), JSON)
        case doi:
            name = _WORKS.get(unquote(doi))
            if name is None:
                call.answer(b"Resource not found.", "text/plain", "404 Not Found")
            else:
                call.answer(answer(name), JSON)


def _several(query: str) -> bytes:
    """The recorded list; the retracted article stands in it where it is asked for."""
    listed = json.loads(answer("crossref_list.json"))
    if f"doi:{RETRACTED}" in parse_qs(query)["filter"][0]:
        listed["message"]["items"].append(json.loads(answer(_WORKS[RETRACTED]))["message"])
    return json.dumps(listed).encode()


def _records(ids: str) -> str:
    if "9500320" in ids:
        return "pubmed_retracted.xml"
    return "pubmed_two.xml" if "9999999" in ids else "pubmed_none.xml"
