"""Names of persons: by a title, by what is said of them, by initials. English and Chinese."""

from __future__ import annotations

import re

from patients.screening.lists import words_in
from patients.screening.rules.rule import HAN, rule
from patients.vocabulary import HitKind

NAME = HitKind.NAME
_CAPITAL = r"[A-Z\u00c0-\u00de]"
_WORD = r"[\w'\u00c0-\u017f]"
_SURNAME = rf"{_CAPITAL}{_WORD}{{1,25}}(?:-{_CAPITAL}{_WORD}{{1,20}})?"
_PARTICLES = r"(?:(?:van|von|der|den|de|del|della|la|le|el|al|bin|ibn|da|dos|di|ter|ten)[ -]){0,3}"
_INITIALS = rf"(?:{_CAPITAL}\.[ -]?){{0,3}}"
_NAME = rf"{_INITIALS}{_PARTICLES}{_SURNAME}(?: {_CAPITAL}\.?(?= ))?(?: {_PARTICLES}{_SURNAME})?"
_TITLES = (
    "Drs?|Profs?|Professors?|Doctor|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Nurse|Sister|Reverend|Rev|Herr|Frau"
    "|Madame|Mme|Mlle|Monsieur|Señora?|Sra?|Signora?|Dott|Dra"
)
_NO_NAME = words_in("words_after_titles.txt")
_STAND_INS = re.compile(r"[XYZ]{1,3}\Z|[XYZ]\.\Z")
_ROUTES = re.compile(
    r"(?:I\.V|I\.M|S\.C|P\.O|P\.R|N\.A|U\.S|U\.K|B\.I\.D|T\.I\.D|Q\.I\.D|P\.R\.N|E\.U|A\.M|P\.M"
    r"|I\.P|I\.D"
    r"|D\.C|M\.D|G\.I|C\.T|M\.R|M\.R\.I)\."
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂丛焦柳邢路岳齐梅莫庄辛祝左涂谷祁耿牟卜詹关苗凌费纪靳盛童欧甄项裴席游阮翁褚娄卓邬桑柯穆"
)
_SUR = f"(?:欧阳|司马|上官|诸葛|慕容|[{_SURNAMES}])"
_ZH_TITLES = (
    "(?:副?主任医师|主治医师|主任|医生|医师|大夫|教授|先生|女士|小姐|太太|护士长|护士|老师|院士|博士|药师"
    "|技师|院长|阿姨|大爷|奶奶|爷爷)"
)
_BEGINS = rf"(?:(?<!{HAN})|(?<=[由请经给与和向找被是为到及让的者人]))"
_NO_CHINESE_NAME = re.compile(
    "(?:由于|关于|对于|基于|高龄|高级|高年|高危|安排|何种|任何|常规|时任|现任|方案|白细|石蜡|于是|江苏|史无|文献|关节|"
    "路过|马上|金属|温和|左侧|左肝|段切|龙头|万一|易于|常见|严重|盛行|康复|夏天|雷同|安静|文化|方向|石化|高中|关键|"
    "项目|余下|余者|余为|白天|江边|田间|常年|于我|于外|关系)"
)


def _is_name(match: re.Match[str]) -> bool:
    name = match["name"]
    first = re.split(r"[ '-]", name, maxsplit=1)[0]
    return first not in _NO_NAME and not _STAND_INS.match(name)


def _is_person_not_author(match: re.Match[str]) -> bool:
    after = match.string[match.end() : match.end() + 12]
    return _is_name(match) and not re.match(r" et al| and col| \(| & ", after)


def _are_initials(match: re.Match[str]) -> bool:
    return _ROUTES.match(match["name"] + ".") is None and _ROUTES.match(match["name"]) is None


def _is_chinese_name(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 1) : match.start()]
    return _NO_CHINESE_NAME.match(before + match[0]) is None and (
        _NO_CHINESE_NAME.match(match[0]) is None
    )


RULES = (
    rule(
        "title",
        NAME,
        rf"(?<![\w.-])(?:{_TITLES}|(?:dr|prof|mr|mrs|ms)(?=\.))\.? {{1,2}}(?:(?:Dr|Prof"
        rf"|med)\.? ){{0,2}}"
        rf"(?P<name>{_NAME}|(?:{_CAPITAL}\.){{1,4}}|{_CAPITAL}(?!\w))",
        keep=_is_name,
    ),
    rule(
        "title in capitals",
        NAME,
        r"(?<![\w.-])(?:DR|MR|MRS|MS|PROF)\. ?(?P<name>[A-Z]{2,20})\b",
        keep=_is_name,
    ),
    rule(
        "degree",
        NAME,
        rf"(?<![\w-])(?P<name>{_CAPITAL}{_WORD}{{0,20}}\.?"
        rf"(?: {_CAPITAL}\.?){{0,2}} {_PARTICLES}{_SURNAME}),? "
        r"(?:MD|M\.D\.|PhD|Ph\.D\.|MBBS|MBChB|FRCS|FRCR|FRCP|MRCP|RN|DPhil)(?!\w)",
        keep=_is_name,
    ),
    rule(
        "label",
        NAME,
        r"\b(?i:patient'?s? name|name of (?:the )?patient|full name|surname|family name|first name"
        r"|given name|next of kin|name|signed|consultant|surgeon|operator|radiologist|pathologist)"
        rf" ?[:=] ?(?P<name>{_NAME})",
        group=1,
        keep=_is_name,
    ),
    rule(
        "by whom",
        NAME,
        rf"\b(?i:signed|dictated|referred|read|reviewed|operated on|performed) by "
        rf"(?P<name>{_SURNAME} {_SURNAME})",
        group=1,
        keep=_is_person_not_author,
    ),
    rule(
        "named",
        NAME,
        r"\b(?i:patient|woman|man|boy|girl|wife|husband|son|daughter|mother|father|brother"
        r"|sister),? "
        rf"(?:who is |is |was )?(?:named|called) (?P<name>{_NAME})",
        group=1,
        keep=_is_name,
    ),
    rule(
        "relative",
        NAME,
        r"\b(?i:his|her|patient's) (?:wife|husband|son|daughter|mother|father|brother|sister"
        r"|partner|carer)"
        rf",? (?P<name>{_CAPITAL}[a-z]{{2,20}})(?! (?:syndrome|disease))\b",
        group=1,
        keep=_is_name,
    ),
    rule(
        "initials",
        NAME,
        rf"\b(?i:patient|case|subject|initials?|man|woman|boy|girl)(?: was| were|,|:)?[ (]{{1,2}}"
        rf"(?P<name>(?:{_CAPITAL}\.[ -]?){{2,4}})",
        group=1,
        keep=_are_initials,
    ),
    rule(
        "labelled initials",
        NAME,
        r"\b(?i:initials?)(?: were| are|:)? (?P<name>[A-Z]{2,4})\b",
        group=1,
    ),
    rule(
        "Chinese title",
        NAME,
        rf"{_BEGINS}{_SUR}(?:{HAN}{{1,2}}?)?{_ZH_TITLES}",
        keep=_is_chinese_name,
    ),
    rule(
        "Chinese somebody",
        NAME,
        rf"{_SUR}某(?:某|{HAN}(?=[,(]))?(?![种些个类时天日年月医院家项次])",
        keep=_is_chinese_name,
    ),
    rule("Chinese masked", NAME, rf"{_SUR}(?:[*×]{{1,2}}|[Xx]{{2}})"),
    rule(
        "Chinese name and sex",
        NAME,
        rf"(?:(?<!{HAN})|(?<=患者|病人|患儿|产妇)){_SUR}{HAN}{{1,2}}(?=[,(] ?(?:男|女))",
        keep=_is_chinese_name,
    ),
    rule("Chinese label", NAME, rf"(?:姓名|患者名|联系人|签名|主刀|术者)[:为是] ?{HAN}{{2,4}}"),
)
