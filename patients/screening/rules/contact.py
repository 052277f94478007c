"""Ways to reach somebody: phone, e-mail, pages and accounts, postal addresses."""

from __future__ import annotations

import re
from collections.abc import Callable

from patients.screening.rules.rule import HAN, UNIT, digits_in, rule
from patients.vocabulary import HitKind

PHONE, EMAIL, WEB, ADDRESS = HitKind.PHONE, HitKind.EMAIL, HitKind.WEB, HitKind.ADDRESS
_LOCAL = r"[A-Za-z0-9_.+%-]"
_PERSONAL = re.compile(
    r"(?i:facebook\.|fb\.com|instagram\.|twitter\.|//x\.com/|linkedin\.|weibo\.|tiktok\.|douyin"
    r"|xiaohongshu|youtube\.com/@|/~|/users?/|/profiles?/|/people/|/patients?/|caringbridge"
    r"|gofundme|blogspot|wordpress|/blog|[?&](?:patient|name|mrn|pid|id|user)=)"
)
_WAY = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Boulevard|Blvd|Drive|Court|Crescent|Terrace|Close|Square"
    "|Highway|Hwy|Parkway|Gardens|Row|Mews|Walk|Hill|Way|Place|Quay|Grove|Circle"
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM"
    "|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_NO_STREET = re.compile("(?:通|径|入|回|尿|电|气|血|思|线|短|套|旁|进|出|化|网|管)路")


def _digits(least: int, most: int = 16) -> Callable[[re.Match[str]], bool]:
    return lambda match: least <= digits_in(match[0]) <= most


def _is_personal(match: re.Match[str]) -> bool:
    return _PERSONAL.search(match[0]) is not None


def _is_street(match: re.Match[str]) -> bool:
    return _NO_STREET.search(match[0]) is None


RULES = (
    rule(
        "international number",
        PHONE,
        r"(?<![\w+])\+[0-9]{1,3}(?:[ .-]?\(?[0-9]{1,5}+\)?){1,5}+(?!\w)",
        keep=_digits(8),
    ),
    rule(
        "number with an area",
        PHONE,
        r"(?<![\w.-])(?:1[ .-])?(?:\([0-9]{3}\) ?|[0-9]{3}[.-])[0-9]{3}[.-][0-9]{4}(?![\w-])",
    ),
    rule(
        "mobile number",
        PHONE,
        r"(?<![A-Za-z0-9_.-])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9A-Za-z_]|\.[0-9])",
    ),
    rule(
        "number with a zero",
        PHONE,
        r"(?<![A-Za-z0-9_.,-])\(?0[0-9]{2,3}\)?[ -]?[0-9]{7,8}(?![0-9])",
    ),
    rule(
        "number in groups",
        PHONE,
        r"(?<![A-Za-z0-9_.,-])\(?0[0-9]{1,4}\)?[ -][0-9]{3,4}[ -][0-9]{3,5}(?![0-9])",
    ),
    rule(
        "labelled phone",
        PHONE,
        r"\b(?i:tel(?:ephone)?|phone|mobile|cell ?phone|fax|pager|bleep|whatsapp|call(?:ed)?|ext"
        r"(?:ension)?)"
        r"(?: ?(?i:number|no\b\.?|nr\b\.?))?[ .:]{0,3}(?:is |was |at "
        r"|on )?\(?\+?[0-9][0-9 ()./-]{2,18}[0-9]",
        keep=_digits(4),
    ),
    rule(
        "Chinese phone",
        PHONE,
        r"(?:电话|手机|座机|联系方式|热线|传真)(?:号码|号)?[:为是]? ?\(?\+?[0-9][0-9 ()-]{5,18}",
        keep=_digits(7),
    ),
    rule(
        "e-mail",
        EMAIL,
        rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}+(?:@| ?[\[(] ?at ?[\])] ?)[A-Za-z0-9-]{{1,63}}"
        rf"(?:\.[A-Za-z0-9-]{{1,63}}){{1,4}}",
    ),
    rule("page", WEB, r"(?:https?://|www\.)[!-~]{1,400}+", keep=_is_personal),
    rule(
        "account",
        WEB,
        r"\b(?i:wechat|weixin|skype|twitter|instagram|facebook|telegram|tiktok)"
        r"(?i: (?:id|handle|account|user ?name|page))?(?:: ?@?| @| is @?| id )[\w.-]{3,30}",
    ),
    rule("handle", WEB, r"(?<![\w.@/])@[A-Za-z_]\w{3,29}"),
    rule(
        "Chinese account",
        WEB,
        r"(?:微信|QQ|抖音|微博|小红书|快手)(?:号码|号|ID|id|名)?[:是为]? ?@?[A-Za-z0-9_-]{4,30}",
    ),
    rule(
        "street",
        ADDRESS,
        rf"(?<![\w.])[0-9]{{1,5}}[A-Za-z]?,? (?:[A-Z][a-z'.-]{{0,20}} ){{1,3}}(?:{_WAY})\b",
    ),
    rule("flat", ADDRESS, r"\b(?:Flat|Apt\.?|Apartment|Suite) [0-9]{1,4}[A-Za-z]?(?=,|\b)"),
    rule(
        "street, number after",
        ADDRESS,
        r"\b[A-Z][a-zäöüß-]{2,20}(?:straße|strasse|str\.|gasse|platz|allee"
        r"|weg) [0-9]{1,4}[a-z]?\b|\b(?:Calle|Via|Rua|Avenida|Plaza) "
        r"(?:[A-Za-z]{2,4} ){0,2}[A-Z]\w{2,20},? [0-9]{1,4}\b",
    ),
    rule(
        "French street",
        ADDRESS,
        r"(?<![\w.])[0-9]{1,4},? (?:bis )?(?:rue|avenue|boulevard|chemin|quai|impasse) (?:de |du "
        r"|des |la |le |l'|d'){0,2}[A-Z]\w{1,20}",
    ),
    rule("box", ADDRESS, r"(?i:\bP\.? ?O\.? ?Box [0-9]{1,6})"),
    rule(
        "British postcode",
        ADDRESS,
        r"(?<![\w-])(?!CD|IL|HLA)(?:[A-Z]{2}[0-9]{1,2}|[A-Z][0-9]{1,2}"
        r"|[A-Z]{1,2}[0-9][A-Z]) [0-9][ABD-HJLNP-UW-Z]{2}(?![\w-])",
    ),
    rule(
        "state and code",
        ADDRESS,
        rf"(?<![\w-])(?:{_STATES}),? [0-9]{{5}}(?:-[0-9]{{4}})?(?!\w|[.,][0-9]){UNIT}",
    ),
    rule(
        "labelled code",
        ADDRESS,
        r"\b(?i:zip|postal|post)[ -]?(?i:code)[: ]{1,2}(?:is )?[A-Z0-9]{2,5}[ -]?[A-Z0-9]{1,4}\b"
        r"|邮(?:政)?编(?:码)?[:为是]? ?[0-9]{6}",
    ),
    rule(
        "labelled address",
        ADDRESS,
        rf"(?:住址|地址|居住地|户籍地|籍贯)[:为是] ?{HAN}{{2,20}}|\b(?i:(?:home|postal|current"
        rf"|mailing) address)(?:: ?| is | was )[A-Z0-9][\w ,.'-]{{3,40}}",
    ),
    rule(
        "Chinese street",
        ADDRESS,
        rf"{HAN}{{1,6}}(?:路|街|巷|弄|胡同|大道|大街) ?[0-9]{{1,5}} ?(?:号|弄|院)",
        keep=_is_street,
    ),
    rule(
        "Chinese building",
        ADDRESS,
        r"[0-9]{1,4}(?:栋|幢|号楼)(?:[0-9]{1,3}单元)?(?:[0-9]{2,5}室)?|[0-9]{1,3}单元[0-9]{2,5}室?",
    ),
    rule("Chinese estate", ADDRESS, rf"{HAN}{{2,6}}(?:小区|家园|公寓|新村|社区)(?=[0-9])"),
    rule(
        "Chinese village",
        ADDRESS,
        rf"(?:县|区|市|镇|乡){HAN}{{1,5}}(?:镇|乡|村|街道)|{HAN}{{1,4}}村[0-9一二三四五六七八九十]{{1,2}}组",
    ),
)
