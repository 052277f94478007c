"""Values that nobody means well with, and words that somebody does."""

from __future__ import annotations

import random

HOSTILE = [
    "", " ", "\t", "half \ud800",
    "\u200b", "\ufeff", "\u3000", "\u2028", "a\x00b", "\x1b[31m", "\x7f", "\ufffd",
    "\u202etxet\u202c", "\u2067עברית\u2069", "مريض",
    "Z\u0335\u0336\u0337a\u0335\u0336l\u0337g\u0338o",
    "e\u0301" * 50, "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0010ffff", "﷽", "İıſß", "ﬃ",
    "0", "-0", "-1", "00012", "1e309", "-1e309", "1e-400", "NaN", "Infinity", "0x1F", "1_000", "½",
    "٣",
    str(2**31), str(2**63), str(-(2**63) - 1), "9" * 40, "9" * 5_000, "1000000000", "1.5", "1,5",
    "true", "null", "None", "[]", "{}", "[1,{}]", "[" * 2_000, '{"a":' * 500,
    "<script>alert(1)</script>", "<![CDATA[", "]]>", "&#0;", "&#xD800;", "&a;", "{{7*7}}",
    "{% now %}",
    "'; DROP TABLE patients_case; --", "' OR '1'='1", "%s", "%(a)s", "%", "%00", "\\",
    "\\u0000", "$1",
    "../../etc/passwd", "file:///etc/passwd", "//example.org", "https://example.org/?a=b&c=d#e",
    "javascript:alert(1)", "=1+1", "@SUM(A1)", "\r\nSet-Cookie: a=b", "a\r\nb\nc\rd", "a&b=c;d",
    "2016-02-30", "0000-00-00", "9999-99-99", "99999", "-2016", "2016/13/45", "May 2016", "10000",
    "a" * 300, "a" * 5_000, "汉" * 3_000, "(" * 300, "a" * 40 + "!" * 40, "((a+)+)+$", "a b " * 500,
]  # fmt: skip
WORDS = [
    "liver", "metastases", "embolisation", "portal", "vein", "2016", "10.5555/one", "PMC55",
    "12345",
    "van der Berg", "J. P.", "肝转移", "肿瘤", "Müller-Łukasz", "TACE", "3", "179-86", "e12", "Jr",
    "CB-0000000", "en", "drug", "male", "published", "draft", "1", "day", "title", "-updated",
]  # fmt: skip


def text(dice: random.Random, hostile: float = 0.3) -> str:
    """A value of a field: some words, one hostile value, or both."""
    if dice.random() < hostile:
        found = dice.choice(HOSTILE)
        return found if dice.random() < 0.7 else f"{dice.choice(WORDS)} {found}"
    return " ".join(dice.choice(WORDS) for _ in range(dice.randint(1, 6)))


def json_value(dice: random.Random, depth: int = 0) -> object:
    """A value as JSON has it, three levels deep at most."""
    kind = dice.randrange(10 if depth < 3 else 7)
    if kind < 4:
        return text(dice)
    if kind < 7:
        return dice.choice([None, True, False, 0, -1, 1.5, 2**31, 2**64, 10**300, 1e300, 2016])
    if kind < 9:
        return [json_value(dice, depth + 1) for _ in range(dice.randint(0, 4))]
    return {text(dice): json_value(dice, depth + 1) for _ in range(dice.randint(0, 4))}
