"""Lists of authors, in the forms that styles print them in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from literature.importers.pasted.letters import HAN, LOWER, UPPER

_PARTICLE = (
    r"(?:van|von|vom|der|den|de|del|della|dello|di|da|dos|das|do|du|la|le|las|los|ten|ter|te|zu|"
    r"zur|zum|af|av|el|al|bin|ibn|y|e|[’']t)"
)
_WORD = (
    rf"(?:(?:[a-z]{{1,4}}|[DLO]|Mc|Mac)['’‐-])?[{UPPER}](?:[{UPPER}{LOWER}\u0300-\u036f]"
    rf"|['’‐‑-](?=[^\W\d_])){{0,39}}"
)
_NEXT_WORD = rf"(?!(?:Jr|Sr|II|III|IV)\b){_WORD.replace('{0,39}', '{1,39}')}"
_FAMILY = (
    rf"(?:{_PARTICLE} ){{0,3}}(?:St\.? )?{_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_NEXT_WORD}){{0,3}}"
)
_PLAIN = rf"[{UPPER}](?:[-‐]?[{UPPER}]){{0,4}}(?![\w'’-])"
_SPACED = rf"[{UPPER}](?:[ -][{UPPER}]){{1,3}}(?![\w'’-])"
_DOTTED = rf"[{UPPER}][{LOWER}]?\.(?: ?[-‐]?(?!Jr|Sr)[{UPPER}][{LOWER}]?\.){{0,4}}"
_SUFFIX = r"(?:,? (?P<suffix>Jr|Sr|II|III|IV|2nd|3rd|4th)\b\.?(?=[,;.:\s(]|$))?"
_SHORT_HAN = rf"[{HAN}]{{2,4}}(?![{HAN}])"

FORMS = {
    # Clift AK · CLIFT A K
    "after": re.compile(rf"(?P<family>{_FAMILY}) (?P<given>{_SPACED}|{_PLAIN}){_SUFFIX}"),
    # Clift A. K.
    "after_dotted": re.compile(rf"(?P<family>{_FAMILY}) (?P<given>{_DOTTED}){_SUFFIX}"),
    # Clift, A. K. · Clift, AK
    "comma": re.compile(rf"(?P<family>{_FAMILY}), ?(?P<given>{_DOTTED}|{_PLAIN}){_SUFFIX}"),
    # A.K. Clift
    "before": re.compile(rf"(?P<given>{_DOTTED}) ?(?P<family>{_FAMILY}){_SUFFIX}"),
    # Ashley K. Clift
    "full": re.compile(
        rf"(?P<given>[{UPPER}][{LOWER}]{{1,20}}(?:-[{UPPER}][{LOWER}]{{1,20}})?"
        rf"(?: [{UPPER}]\.){{0,2}})"
        rf" (?P<family>(?:{_PARTICLE} ){{0,2}}[{UPPER}][{LOWER}'’-]{{1,20}}(?:-{_WORD})?)"
        r"(?P<suffix>)(?=,|\.| and | &|$)"
    ),
    # Clift et al
    "alone": re.compile(rf"(?P<family>{_FAMILY})(?P<given>)(?P<suffix>)(?=,?\set\.? al\b)"),
    "han": re.compile(rf"(?P<family>{_SHORT_HAN})(?P<given>)(?P<suffix>)"),
}
"""Each form's pattern has the groups `family` (with particles), `given` and `suffix`."""
_BETWEEN = re.compile(
    r"(?:\s?[,，、;；]\s?(?:\. \. \. |… ?|\.\.\. ?)?(?:(?:and|&|und) )?|\s(?:and|&|und)\s)"
)
_ELLIPSIS = re.compile(r"…|\. \. \.|\.\.\.")
_AND_OTHERS = re.compile(
    r"\s?[,，、;；]?\s?(?:and\s|&\s)?(?:et\.? ?al\b\.?|and others\b\.?|等|\bu\. ?a\.)", re.I
)
_GROUP_WORD = re.compile(
    r"\b(?:Association|Society|Group|Groups|Committee|Organi[sz]ation|Institutes?|Colleges?|Network|"
    r"Consortium|Agency|Cent(?:er|re)s?|Ministry|Department|Collaborators?|Collaboration|"
    r"Collaborative|Investigators?|Federation|Foundation|Union|Council|University|Task Force|"
    r"Panel|Board|Academy|Service|Initiative|Commission|Administration|Authority|Trialists|"
    r"Registry|Team|Unit|Program|Programme|Participants|Members|"
    r"WHO|EASL|ESMO|NCCN|NICE|AASLD|"
    r"ENETS|NANETS)\b"
    r"|(?:学会|协会|委员会|学组|中心|医院|大学|研究所|协作组|卫生部|总局|组织|分会|编写组|联盟|"
    r"专家组)"
)
_COMPOUND_HAN_TEXT = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 端木 长孙 宇文 轩辕 南宫 "
    "独孤 西门"
)
_COMPOUND_HAN = set(_COMPOUND_HAN_TEXT.split())
_LONGEST_NAME = 200


@dataclass(slots=True)
class Names:
    """Names in CSL's form; `end` is where the list's text ends, `form` how they are written."""

    names: list[dict[str, str]] = field(default_factory=list)
    truncated: bool = False
    end: int = 0
    form: str = ""


@lru_cache(maxsize=32)
def read_names(text: str, form: str) -> Names | None:
    """The names that the text begins with in this form, as many as follow one another; None
    without one. Groups among them (`EASL Working Group`) are kept as literal names.

    Remembered, since each style asks for them: the answer must not be changed.
    """
    found = Names(form=form)
    place = 0
    while True:
        match = FORMS[form].match(text, place, place + _LONGEST_NAME)
        if match and not is_group(match.group()):
            name, end = _person(match), match.end()
        else:
            name, end = None, place
        if name is None and found.names:
            name, end = _group(text, place)
        if name is None:
            break
        found.names.append(name)
        found.end = end
        others = _AND_OTHERS.match(text, end)
        if others:
            found.truncated, found.end = True, others.end()
            _add_group_at_end(text, found)
            break
        between = _BETWEEN.match(text, end)
        if between is None:
            break
        found.truncated = found.truncated or bool(_ELLIPSIS.search(between.group()))
        place = between.end()
    return found if found.names else None


def is_group(text: str) -> bool:
    """Whether a name holds a word that bodies and study groups are called by."""
    return _GROUP_WORD.search(text) is not None


def group_name(text: str) -> dict[str, str]:
    return {"literal": text.strip(" .,:;。．")}


_NEXT_GROUP = re.compile(r"(?:(?:on behalf of|for) (?:the )?)?([^.,;:()]{4,150})(?=[.,;:(]|$)")
_AFTER_OTHERS = re.compile(r"\s?[;,]\s(?:(?:on behalf of|for) (?:the )?)?([^.;]{4,200})(?=\.)")


def _add_group_at_end(text: str, found: Names) -> None:
    """A group after "et al.": `…, et al; PROMID Study Group.`"""
    match = _AFTER_OTHERS.match(text, found.end)
    if match and is_group(match.group(1)) and match.group(1)[0].isupper():
        found.names.append(group_name(match.group(1)))
        found.end = match.end()


def _group(text: str, place: int) -> tuple[dict[str, str] | None, int]:
    """A group after persons: `Smith J, EASL Working Group.`"""
    match = _NEXT_GROUP.match(text, place)
    if match and is_group(match.group(1)) and match.group(1)[0].isupper():
        return group_name(match.group(1)), match.end()
    return None, place


def _person(match: re.Match[str]) -> dict[str, str]:
    printed = match["family"]
    if re.match(rf"[{HAN}]", printed):
        return _han_person(printed)
    particles = re.match(rf"(?:{_PARTICLE} ){{1,3}}", printed)
    name: dict[str, str] = {}
    if particles:
        name["non-dropping-particle"] = particles.group().strip()
        printed = printed[particles.end() :]
    name["family"] = printed
    given = match["given"]
    if given:
        name["given"] = given if re.search(rf"[{LOWER}]{{2}}", given) else initials(given)
    if match["suffix"]:
        name["suffix"] = match["suffix"]
    return name


def _han_person(printed: str) -> dict[str, str]:
    """Surname and given name; four signs without a known double surname stay one literal."""
    if printed[:2] in _COMPOUND_HAN and len(printed) > 2:
        return {"family": printed[:2], "given": printed[2:]}
    if len(printed) == 4:
        return {"literal": printed}
    return {"family": printed[0], "given": printed[1:]}


def initials(printed: str) -> str:
    """Initials in the library's one form, without dots and spaces: `A. K.` is `AK`, and `J.-P.`
    is `J-P`."""
    return re.sub(r"[.\s]", "", printed).replace("‐", "-")
