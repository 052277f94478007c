"""What two printings of the same words may differ in, and what they may not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literature.quotes import fold, folded
from literature.quotes.letters import sought

SAME = {
    "two spaces": ("nine  of twelve", "nine of twelve"),
    "a line break": ("nine\nof twelve", "nine of twelve"),
    "CRLF and a tab": ("nine\r\n\tof twelve", "nine of twelve"),
    "a no-break space": ("9\u00a0patients", "9 patients"),
    "a narrow no-break space": ("9\u202fpatients", "9 patients"),
    "a thin space": ("9\u2009patients", "9 patients"),
    "an ideographic space": ("门静脉\u3000血栓", "门静脉血栓"),
    "a line separator": ("nine\u2028of", "nine of"),
    "a form feed": ("nine\x0cof", "nine of"),
    "space at the ends": ("  nine of twelve\n", "nine of twelve"),
    "space before a stop": ("of twelve .", "of twelve."),
    "space inside brackets": ("( nine )", "(nine)"),
    "space around a percent sign": ("75 %", "75%"),
    "space around a sign of relation": ("p < 0.05", "p<0.05"),
    "space within Chinese": ("门 静 脉", "门静脉"),
    "a line break within Chinese": ("门静\n脉血栓", "门静脉血栓"),
    "space between Chinese and Latin": ("使用 TACE 治疗", "使用TACE治疗"),
    "a soft hyphen": ("emboli\u00adsation", "embolisation"),
    "a soft hyphen at a line's end": ("emboli\u00ad\nsation", "embolisation"),
    "hyphenation": ("emboli-\nsation", "embolisation"),
    "hyphenation with CRLF": ("emboli-\r\nsation", "embolisation"),
    "hyphenation with an indent": ("emboli-\n    sation", "embolisation"),
    "hyphenation by the true hyphen": ("emboli\u2010\nsation", "embolisation"),
    "a compound with and without a hyphen": ("follow-up", "followup"),
    "a compound broken at its hyphen": ("follow-\nup", "follow-up"),
    "a no-break hyphen": ("follow\u2011up", "follow-up"),
    "an en dash in a compound": ("follow\u2013up", "follow-up"),
    "em dash and hyphens": ("nine\u2014of twelve\u2014lived", "nine--of twelve--lived"),
    "em dash with spaces": ("nine \u2014 of", "nine\u2014of"),
    "an en dash in a range": ("12\u201315", "12-15"),
    "a figure dash in a range": ("12\u201215", "12-15"),
    "a range with spaces": ("12 \u2013 15", "12-15"),
    "the minus sign": ("\u22125", "-5"),
    "a full-width hyphen": ("12\uff0d15", "12-15"),
    "a small hyphen": ("12\ufe6315", "12-15"),
    "double quotes": ("\u201cnine\u201d", '"nine"'),
    "single quotes": ("\u2018nine\u2019", "'nine'"),
    "single and double quotes": ("\u2018nine\u2019", "\u201cnine\u201d"),
    "low quotes": ("\u201enine\u201c", '"nine"'),
    "guillemets": ("\u00abnine\u00bb", '"nine"'),
    "guillemets with spaces": ("\u00ab\u202fnine\u202f\u00bb", '"nine"'),
    "corner brackets": ("「门静脉」", "“门静脉”"),
    "white corner brackets": ("『门静脉』", "“门静脉”"),
    "two apostrophes as a quotation mark": ("''nine''", '"nine"'),
    "a backtick": ("`nine'", "'nine'"),
    "an apostrophe": ("Budd\u2019s", "Budd's"),
    "a prime": ("5\u2032 end", "5' end"),
    "full-width quotation marks": ("\uff02nine\uff02", '"nine"'),
    "quotes inside quotes": ("\u201c\u2018nine\u2019 of\u201d", "'nine' of\""),
    "the ligature fi": ("\ufb01brosis", "fibrosis"),
    "the ligature ffl": ("a\ufb04uent", "affluent"),
    "the ligature st": ("\ufb06ent", "stent"),
    "full-width letters": ("\uff34\uff21\uff23\uff25", "TACE"),
    "full-width digits": ("\uff11\uff12", "12"),
    "full-width signs": ("\uff08\uff19\uff05\uff09", "(9%)"),
    "half-width kana": ("\uff76\uff9e\uff9d", "ガン"),
    "a raised figure": ("10\u2076", "106"),
    "a lowered figure": ("CO\u2082", "CO2"),
    "a letter with a mark apart": ("cafe\u0301", "caf\u00e9"),
    "kana with a mark apart": ("か\u3099", "が"),
    "Hangul in parts": ("\u1112\u1161\u11ab", "한"),
    "the micro sign": ("\u00b5g", "\u03bcg"),
    "the Kelvin sign": ("37 \u212a", "37 K"),
    "the ohm sign": ("\u2126", "\u03c9"),
    "a compatibility ideograph": ("\uf9d8", "律"),
    "a Kangxi radical": ("⼈", "人"),
    "a unit in one square": ("5 ㎎", "5 mg"),
    "the ellipsis": ("nine … lived", "nine ... lived"),
    "case": ("Embolisation of the LIVER", "embolisation of the liver"),
    "sharp s": ("Straße", "STRASSE"),
    "the capital sharp s": ("STRAẞE", "strasse"),
    "a dotted capital i": ("İstanbul", "i\u0307stanbul"),
    "a mark that stands alone": ("Mu\u00a8ller", "Muller"),
    "Greek case and final sigma": ("ΤΕΛΟΣ", "τελος"),
    "a zero-width space": ("emboli\u200bsation", "embolisation"),
    "a zero-width joiner": ("emboli\u200dsation", "embolisation"),
    "a word joiner": ("emboli\u2060sation", "embolisation"),
    "a byte order mark": ("\ufeffnine", "nine"),
    "marks of direction": ("\u200enine\u200f", "nine"),
    "a variation selector": ("门\ufe00静脉", "门静脉"),
    "control characters": ("ni\x00ne", "nine"),
}
NOT_SAME = {
    "another word": ("nine of twelve", "ten of twelve"),
    "another figure": ("9 of 12", "9 of 13"),
    "another range": ("12-15", "1215"),
    "another sign": ("-5", "5"),
    "a decimal point": ("1.5", "15"),
    "a decimal comma and a list": ("1,5", "1, 5"),
    "words run together": ("nine of", "nineof"),
    "numbers run together": ("1 2", "12"),
    "a stop": ("nine. Of", "nine of"),
    "no quotation marks": ('"nine"', "nine"),
    "an accent": ("resume", "résumé"),
    "signs of relation": ("p < 0.05", "p > 0.05"),
    "per cent and per mille": ("5%", "5‰"),
    "traditional and simplified": ("門靜脈", "门静脉"),
    "a Chinese negation": ("有血栓", "无血栓"),
    "Greek and Latin": ("α", "a"),
    "plus and minus": ("+5", "-5"),
}


@pytest.mark.parametrize("name", SAME)
def test_printings_of_the_same_words_fold_alike(name):
    one, other = SAME[name]
    assert one != other
    assert folded(one) == folded(other)


@pytest.mark.parametrize("name", NOT_SAME)
def test_other_words_fold_otherwise(name):
    one, other = NOT_SAME[name]
    assert folded(one) != folded(other)


@pytest.mark.parametrize("name", SAME)
def test_what_folds_alike_has_the_same_bare_letters(name):
    """Else the index would miss what a reading of the text would find."""
    one, other = SAME[name]
    assert sought(folded(one)) == sought(one)
    assert sought(one) == sought(other)


def test_places_lead_back_to_the_original():
    text = "The  ﬁrst “emboli-\nsation” of 12 – 15 cm"
    folding = fold(text)
    at = folding.text.index("embolisation")
    assert text[folding.origin(at) : folding.end(at + len("embolisation") - 1)] == "emboli-\nsation"
    at = folding.text.index("first")
    assert text[folding.origin(at) : folding.end(at + 4)] == "ﬁrst"


ODD = "".join(a for a, _ in SAME.values()) + "".join(b for _, b in NOT_SAME.values())
CHARACTERS = st.sampled_from(sorted(set(ODD))) | st.characters(exclude_categories=["Cs"])
TEXTS = st.text(CHARACTERS)
WITHOUT_MARKS = st.text(CHARACTERS.filter(lambda char: unicodedata.category(char)[0] != "M"))


@given(WITHOUT_MARKS)
def test_folding_again_changes_nothing(text):
    once = folded(text)
    assert folded(once) == once


@given(TEXTS)
def test_no_letter_and_no_digit_is_dropped(text):
    def bare(told: str) -> str:
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", told).casefold())
        return "".join(char for char in plain if unicodedata.category(char) in ("Ll", "Nd"))

    assert bare(folded(text)) == bare(text)


@given(TEXTS)
def test_every_place_lies_in_the_original_and_they_are_in_order(text):
    folding = fold(text)
    places = [(folding.origin(n), folding.end(n)) for n in range(len(folding.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
