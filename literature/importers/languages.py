"""Names and codes of languages to BCP 47 (source: ISO 639-1 and 639-2, both of the latter's
codes where it has two)."""

from __future__ import annotations

import re

_TABLE = """
    ar ara arabic | bg bul bulgarian | ca cat catalan | cs cze ces czech | da dan danish
    de ger deu german deutsch ngerman | el gre ell greek | en eng english | es spa spanish
    et est estonian | fa per fas persian | fi fin finnish | fr fre fra french | he heb hebrew
    hi hin hindi | hr hrv croatian | hu hun hungarian | id ind indonesian | it ita italian
    ja jpn japanese | ko kor korean | lt lit lithuanian | lv lav latvian | nl dut nld dutch
    no nor norwegian | pl pol polish | pt por portuguese | ro rum ron romanian | ru rus russian
    sk slo slk slovak | sl slv slovenian | sr srp serbian | sv swe swedish | th tha thai
    tr tur turkish | uk ukr ukrainian | vi vie vietnamese | zh chi zho chinese 中文
"""
CODES = {
    name: names.split()[0]
    for line in _TABLE.strip().splitlines()
    for names in line.split("|")
    for name in names.split()
}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


def language_tag(named: str) -> str:
    """`eng` and `English` are `en`; `zh_CN` is `zh-CN`. What is unknown stays as it is."""
    named = " ".join(named.split())
    if known := CODES.get(named.lower()):
        return known
    return named.replace("_", "-") if _TAG.fullmatch(named) else named
