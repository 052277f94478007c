"""Places below a country, and hospitals: from lists, and by the words around a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patients.screening import places
from patients.screening.lists import words_in
from patients.screening.model import Hit
from patients.screening.rules.rule import HAN, Rule, rule
from patients.vocabulary import HitKind

_CAPITAL = r"[A-Z\u00c0-\u00de]"
_WORD = rf"{_CAPITAL}[\w'\u00c0-\u017f]{{1,20}}"
_NAMED_AFTER = re.compile(
    r"(?:'s)?[ -]{0,2}(?:"
    r"(?:(?!(?:the|an?|of|in|on|at|was|is|were|had|and|with|to|for|by"
    r"|from) )[\w()/&-]{1,20}[ -]){0,4}"
    r"(?:criteri(?:a|on)|classif\w{1,10}|scores?|scor(?:ing|ed)|scale|index|indices|system|protocol"
    r"|guidelines?|consensus|staging|stages?|grad(?:e|es|ing)|definitions?|statement|declaration"
    r"|model|regimen|trial|solution|shunt|chart|conference|convention|nomogram|workshop|Scientific)"
    r"|virus|fever|syndrome|disease|method|procedure|technique|stain|blue|yellow)\b",
    re.ASCII | re.IGNORECASE,
)
_NAMED_AFTER_ZH = re.compile(
    f"{HAN}{{0,6}}(?:标准|分类|分型|分级|分期|系统|共识|指南|评分|宣言|协议|方案|白药|会议)"
)
_MAKER = re.compile(
    r"\((?!.{0,60}(?:Hospital|University|Clinic|Cent(?:er|re)))[A-Z][^()]{2,60}, ?\Z"
)
_OTHER_WORDS = words_in("words_like_places.txt")
_GENERIC = words_in("words_of_hospitals.txt")
_SITES = (
    r"(?:Hospitals?|Medical Cent(?:er|re)|Cancer Cent(?:er|re)|Clinic|Infirmary"
    r"|Cancer Institute|Heart Institute|Hospice|Health System|Sanatorium|Polyclinic)"
)
_ZH_SITE = re.compile("医院|卫生院|医学院|诊所|医学中心|肿瘤中心|卫生中心|疗养院")
_ZH_NAMED = re.compile(
    r"第[一二三四五六七八九十0-9]{1,3}|大学|学院|协和|同济|华西|湘雅|瑞金|仁济|华山|齐鲁|西京|安贞|阜外"
    r"|天坛|宣武|解放军|武警|军区|总医院|红十字|友谊|中日|鼓楼|邵逸夫|省人民|市中心|市人民|县人民|市立|省立|市第"
)
_ZH_CUT = re.compile(r"[于至在到往赴经由从入转诊为]|当地|外地|我|本|该|住|上级|某")


def _is_place(match: re.Match[str]) -> bool:
    words = match["name"].split(" ")
    return words[0] not in places.COUNTRY_WORDS and words[0] not in _OTHER_WORDS


def _is_named_site(match: re.Match[str]) -> bool:
    words = re.split(r"[ -]", match["name"].strip(" -"))
    after = match.string[match.end() : match.end() + 60]
    return any(word not in _GENERIC for word in words) and not _NAMED_AFTER.match(after)


RULES: tuple[Rule, ...] = (
    rule(
        "hospital",
        HitKind.HOSPITAL,
        rf"(?<![\w-])(?P<name>(?:(?:St\.|{_CAPITAL}[\w'.&\u00c0-\u017f]{{0,20}}|of|and|for"
        rf"|de)[ -]){{1,6}}){_SITES}(?![\w-])"
        r"(?! (?:Anxiety|Acquired|Episode|Frailty))",
        keep=_is_named_site,
    ),
    rule(
        "hospital of",
        HitKind.HOSPITAL,
        rf"(?<![\w-])(?:(?:University|General|Children's|National|Central"
        rf"|Royal) ){{0,2}}Hospital (?:of|in|at|de|del|da) (?:the )?(?P<name>{_WORD})"
        rf"(?: {_WORD}){{0,2}}",
    ),
    rule(
        "university",
        HitKind.HOSPITAL,
        rf"(?<![\w-])(?:University of (?:the )?(?P<name>{_WORD})|(?!The |A |Medical |Local )"
        rf"(?:{_WORD} ){{1,2}}University)\b(?! of [a-z])(?! solution)",
    ),
    rule(
        "place by its words",
        HitKind.PLACE,
        r"\b(?i:liv(?:es|ed|ing)|resident|resid(?:es|ed|ing)|born|raised|grew up|native"
        r"|inhabitant|hails"
        r"|hailed|comes|came|originally|travell?ed|emigrated|immigrated|moved|relocated|returned)"
        r"(?: (?:in|of|from|at|near|to|outside)){1,2} (?:the )?(?:(?:city|town|village|province"
        r"|county|state|rural|suburban|northern|southern|eastern|western|central) ){0,2}(?:of )?"
        rf"(?P<name>{_WORD}(?: {_WORD}){{0,2}})",
        group=1,
        keep=_is_place,
    ),
    rule(
        "county or province",
        HitKind.PLACE,
        rf"(?<![\w-])(?!The |This |A |Our )(?P<name>{_WORD}) (?:County|Province|Prefecture|Oblast"
        rf"|Township|Borough|Municipality|Governorate)\b",
        keep=_is_place,
    ),
    rule(
        "Chinese place by its words",
        HitKind.PLACE,
        r"(?:来自|家住|籍贯|出生于|生于|居住于|现住|久居|长住|世居)(?:于|在|为|:)?"
        rf" ?{HAN}{{2,8}}?[省市县区镇乡村]",
    ),
)
_FIRST_AT = re.compile(
    r"(?<![\w-])(?:St\.?|The|La|Da|Ho|El)(?= )|"
    r"(?<![\w-])[A-Z\u00c0-\u0178\u0141][\w\u00c0-\u017f']{1,20}"
)
_CHINESE_AT = re.compile(f"[{places.CHINESE_FIRST}]")


def english_places(text: str) -> Iterator[Hit]:
    for match in _FIRST_AT.finditer(text):
        start = match.start()
        name = places.english_at(text, start, match[0]) or places.english_at(
            text, start, match[0].split("'")[0]
        )
        if not name and "'" in match[0]:
            continue
        if name and not _is_harmless(text, start, start + len(name)):
            yield Hit(HitKind.PLACE, start, start + len(name), "English list")


def _is_harmless(text: str, start: int, end: int) -> bool:
    """A score or a solution named after a place, a maker's address, a declaration."""
    before = text[max(0, start - 90) : start]
    return bool(
        _NAMED_AFTER.match(text[end : end + 90])
        or _MAKER.search(before)
        or before.endswith(("Declaration of ", "Treaty of "))
    )


def chinese_places(text: str) -> Iterator[Hit]:
    end = 0
    for match in _CHINESE_AT.finditer(text):
        start = match.start()
        if start < end:
            continue
        name = places.chinese_at(text, start)
        if name and not _NAMED_AFTER_ZH.match(text[start + len(name) : start + len(name) + 12]):
            end = start + len(name)
            yield Hit(HitKind.PLACE, start, end, "Chinese list")


def chinese_hospitals(text: str) -> Iterator[Hit]:
    """A hospital counts with a place, a university, a number or a known name before it."""
    for match in _ZH_SITE.finditer(text):
        begins = max(0, match.start() - 16)
        while begins < match.start() and not "\u3400" <= text[begins] <= "\u9fff":
            begins += 1
        lead = text[begins : match.start()]
        for other in re.finditer(r"[^\u3400-\u9fff0-9A-Za-z]", lead):
            begins = max(begins, match.start() - len(lead) + other.end())
        lead = text[begins : match.start()]
        for cut in _ZH_CUT.finditer(lead):
            begins = match.start() - len(lead) + cut.end()
        lead = text[begins : match.start()]
        if _ZH_NAMED.search(lead) or (lead and places.names_chinese_place(lead)):
            yield Hit(HitKind.HOSPITAL, begins, match.end(), "Chinese hospital")


SEARCHES = (english_places, chinese_places, chinese_hospitals)
"""What looks up lists, beside the rules."""
