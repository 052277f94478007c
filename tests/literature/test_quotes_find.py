"""What counts as the same words, and what does not."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from literature.quotes import Quote, find_quote, fold, nearest_passage
from literature.quotes.find import MAX_GAP, MAX_PARTS, Searched
from literature.quotes.letters import sought

FOUND = [
    # white space
    ("a  b\tc", "a b c"),
    ("a b c", "a\n b\u00a0c"),
    ("three\u2009mm thick", "three mm thick"),
    ("first line\r\nsecond line", "first line second line"),
    ("no\u200bbreak here", "nobreak here"),
    ("a ( b ) c", "a (b) c"),
    ("p<0.05", "p < 0.05"),
    ("50 % of them", "50% of them"),
    ("（门静脉）", "(门静脉)"),
    # hyphens and line ends
    ("embol-\nisation", "embolisation"),
    ("embol-\r\n   isation", "embolisation"),
    ("embol\u00adisation", "embolisation"),
    ("embol\u00ad\nisation", "embolisation"),
    ("embol‐\nisation", "embolisation"),
    ("step-up dose", "step‑up dose"),
    ("step-up dose", "step–up dose"),
    ("step-\nup dose", "step-up dose"),
    ("stepup dose", "step-up dose"),
    ("well–known", "well-known"),
    ("the vein—large—was", "the vein - large - was"),
    ("the vein – large", "the vein -- large"),
    ("100–300 µm", "100-300 μm"),
    ("100 – 300 µm", "100-300 μm"),
    ("100−300", "100-300"),
    ("Ki-\n67 of 5", "Ki-67 of 5"),
    ("Ki–67", "Ki-67"),
    ("fell by −5 mm", "fell by -5 mm"),
    ("10⁻³ M", "10-3 M"),
    ("栓塞——治疗", "栓塞治疗"),
    # quotation marks
    ("the “steal” effect", 'the "steal" effect'),
    ("the ‘steal’ effect", 'the "steal" effect'),
    ("the «steal» effect", "the 'steal' effect"),
    ("the ``steal'' effect", "the “steal” effect"),
    ("the „steal“ effect", "the 'steal' effect"),
    ("所谓「盗血」现象", "所谓“盗血”现象"),
    ("所谓『盗血』现象", '所谓"盗血"现象'),
    ("the patient's vein", "the patient’s vein"),
    ("the patient`s vein", "the patient´s vein"),
    ("5′ end", "5' end"),
    ("he said “it’s a ‘steal’” then", "he said 'it's a \"steal\"' then"),
    ("vein was open", "“vein was open”"),
    ("vein was open, and so on", "vein was open."),
    # forms of Unicode
    ("ﬁbrosis and eﬄux", "fibrosis and efflux"),
    ("oﬃce ﬂow", "office flow"),
    ("ＴＡＣＥ１００", "TACE100"),
    ("Ｐ＜０．０５", "P<0.05"),
    ("caf\u0065\u0301 wall", "caf\u00e9 wall"),
    ("A\u030angstr\u006f\u0308m", "Ångström"),
    ("µm", "μm"),
    ("10 mm²", "10 mm2"),
    ("CO₂ gas", "CO2 gas"),
    ("37 ℃", "37 °C"),
    ("Ⅳ stage", "IV stage"),
    ("½ dose", "1⁄2 dose"),
    ("ﾊﾟﾀｰﾝ", "パターン"),
    ("\u1112\u1161\u11ab글", "한글"),
    ("½", "½"),
    # letters without case
    ("The vein", "the vein"),
    ("PORTAL VEIN", "portal vein"),
    ("[T]he vein", "The vein", "swapped"),
    ("ΑΒΓ ς", "αβγ σ"),
    # Chinese
    ("肝动脉\n栓塞 治疗", "肝动脉栓塞治疗"),
    ("患者接受TACE治疗", "患者接受 TACE 治疗"),
    ("瘤栓，消失", "瘤栓, 消失"),
    ("大小约３０ｍｍ×２０ｍｍ", "大小约 30 mm × 20 mm"),
    ("术后第７天：好转", "术后第7天:好转"),
    # in the middle of a text
    ("Before. The vein was open. After.", "The vein was open"),
    ("治疗后门静脉瘤栓完全消失。", "门静脉瘤栓"),
    ("(the vein)", "the vein"),
    ("grade G2.", "G2"),
    ("was 12.", "was 12"),
    ("in 5/10", "5/10"),
]
NOT_FOUND = [
    ("the vein was closed", "the vein was open"),
    ("in nine of twelve", "in eight of twelve"),
    ("ineffective in most", "effective in most"),
    ("non-functional tumour", "functional tumour"),
    ("non-\nfunctional tumour", "functional tumour"),
    ("tumour-like mass", "tumour"),
    ("treatment", "treat"),
    ("treat-\nment", "treat"),
    ("12.5 mm", "12"),
    ("12.5 mm", "5 mm"),
    ("1,250 patients", "250 patients"),
    ("125 mm", "12"),
    ("2.12 mm", "12 mm"),
    (".5 mm", "5 mm"),
    ("fell by -5 mm", "5 mm"),
    ("fell by −5 mm", "by 5 mm"),
    ("12–15 patients", "1215 patients"),
    ("12–15 patients", "12 patients"),
    ("12–15 patients", "15 patients"),
    ("1, 2 and 3", "1,2 and 3"),
    ("no table", "notable"),
    ("therapist", "the rapist"),
    ("2 10 patients", "210 patients"),
    ("门静脉瘤栓完全消失", "门静脉瘤栓部分消失"),
    ("the vein", ""),
    ("the vein", " … "),
    ("the vein", "?!"),
    ("", "the vein"),
    ("first then second", "second … first"),
    ("the vein was open", "the vein … was … open … again"),
]


def is_found(text: str, quote: str) -> bool:
    place = find_quote(Quote(quote), Searched(text))
    assert place is None or 0 <= place.start < place.end <= len(text)
    return place is not None


@pytest.mark.parametrize("row", FOUND, ids=lambda row: ascii(row[0])[:40])
def test_same_words_are_found(row):
    text, quote = row[:2] if len(row) == 2 else (row[1], row[0])
    assert is_found(text, quote)
    if len(row) == 2 and quote[0] not in "“":
        assert is_found(f"Before it, {text} and after it.", quote)


@pytest.mark.parametrize(("text", "quote"), NOT_FOUND)
def test_other_words_are_not_found(text, quote):
    assert not is_found(text, quote)


@pytest.mark.parametrize(
    "mark", ["...", "…", "[...]", "[…]", "(...)", ". . .", "……", " ⋯ ", "...."]
)
def test_what_stands_for_what_is_left_out(mark):
    text = "The vein was, as far as could be seen, open after the embolisation."
    assert is_found(text, f"The vein was {mark} open after")
    assert not is_found(text, f"open after {mark} The vein was")


def test_place_is_that_of_the_original():
    text = "It is so. The hepatic artery was embol-\nised with micro\u00adspheres; later not."
    place = find_quote(Quote("artery was embolised with microspheres"), Searched(text))
    assert text[place.start : place.end] == "artery was embol-\nised with micro\u00adspheres"


def test_parts_may_be_a_page_apart_and_no_more():
    filler = "x " * (MAX_GAP // 2 - 10)
    assert is_found(f"alpha beta {filler} gamma delta", "alpha beta … gamma delta")
    assert not is_found(f"alpha beta {filler * 2} gamma delta", "alpha beta … gamma delta")
    # An early first part does not hide a later one that is near enough.
    assert is_found(f"alpha {filler * 2} alpha and beta", "alpha … beta")


def test_more_parts_than_a_quote_has_are_not_looked_for():
    words = [f"w{number}" for number in range(MAX_PARTS + 1)]
    assert is_found(" ".join(words), " … ".join(words[:-1]))
    assert not is_found(" ".join(words), " … ".join(words))


SAMPLE = """
the vein was open embolisation lowered pressure in nine of twelve step-up “steal” patient's (50%)
3.5 mm, 100–300 µm; ﬁbrosis 肝动脉栓塞 治疗，有效。 TACE Ki-67 café p<0.05 non-functional 1,250 −5
it’s
"""
WORDS = st.sampled_from(SAMPLE.split())
SPACES = [" ", "  ", "\n", "\u00a0", " \u2003", "\r\n", "\t", "\u3000"]
MARKS = ["'", '"', "“", "”", "‘", "’", "«", "»", "「", "」"]
HYPHENS = ["-", "‐", "‑", "–", "—", "−"]


def printed_anew(text: str, rng: random.Random) -> str:
    """The same words as another printer might set them."""
    out = []
    for at, char in enumerate(text):
        inside = text[at - 1 : at].isalpha() and text[at - 1 : at].isascii()
        if char.isspace():
            out.append(rng.choice(SPACES))
        elif char in "“”’'":
            out.append(rng.choice(MARKS))
        elif char in "-–−":
            out.append(rng.choice(HYPHENS))
        elif inside and char.isascii() and char.isalpha() and rng.random() < 0.08:
            out.append(rng.choice(["-\n", "\u00ad", "\u00ad\n", "‐\n  "]) + char)
        elif rng.random() < 0.05:
            out.append(unicodedata.normalize("NFD", char))
        else:
            out.append(char.upper() if rng.random() < 0.05 and char.isascii() else char)
    return "".join(out)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, min_size=4, max_size=40), st.randoms(use_true_random=False), st.data())
def test_any_run_of_words_is_found_however_it_is_printed(words, rng, data):
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 1, len(words)))
    text, quote = " ".join(words), " ".join(words[first:last])
    assert is_found(text, printed_anew(quote, rng))
    assert is_found(printed_anew(text, rng), quote)
    assert all(sought(part) in sought(text) for part in Quote(printed_anew(quote, rng)).parts)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, min_size=3, max_size=30), st.randoms(use_true_random=False), st.data())
def test_changed_word_is_not_found(words, rng, data):
    at = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:at], "otherwise", *words[at + 1 :]]
    assert not is_found(" ".join(words), printed_anew(" ".join(changed), rng))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_folding_takes_any_text_and_says_where_it_comes_from(text):
    made = fold(text)
    origins = [made.origin(index) for index in range(len(made.text))]
    ends = [made.end(index) for index in range(len(made.text))]
    assert origins == sorted(origins)
    assert all(0 <= start < end <= len(text) for start, end in zip(origins, ends, strict=True))
    assert fold(made.text).text == made.text
    is_found(text, text[:50])
    nearest_passage(text[:50], text)


HARD = {
    "one letter": "a", "letters apart": "a ", "hyphens": "-", "marks": "'", "dots": "...",
    "accents": "e\u0301", "bare accents": "\u0301", "numbers": "1,", "broken words": "a-\n",
    "brackets": "[a]", "spaces": " ", "Chinese": "肝", "unseen": "\u00ad",
}  # fmt: skip


@pytest.mark.parametrize("unit", HARD.values(), ids=HARD.keys())
def test_work_grows_with_the_text_and_not_faster(unit, monkeypatch):
    """Counted in places looked at, not in time: a text ten times as long takes at most about ten
    times as many, and never more than the limit for each part."""
    looked_at = []
    is_whole = Searched._is_whole

    def counted(self, part, at):
        looked_at.append(at)
        return is_whole(self, part, at)

    monkeypatch.setattr(Searched, "_is_whole", counted)
    for quote in ("a … a … a … b", "1 … 1", "a a a a b", "肝肝肝 … 肝 … 脉"):
        looked_at.clear()
        is_found(unit * (200_000 // len(unit)), quote)
        assert len(looked_at) <= 4 * 10_000


def test_nearest_passage_marks_what_differs():
    text = "Before it. The hepatic artery was embolised with small particles. After it."
    passage = nearest_passage("The hepatic vein was embolised with small particles", text)
    assert "".join(words for words, _ in passage.pieces) in text
    assert [words.strip() for words, is_same in passage.pieces if not is_same] == ["artery"]
    assert nearest_passage("Something else entirely was said there", text) is None
    assert nearest_passage("", text) is None
    assert nearest_passage("artery", "") is None


def test_nearest_passage_in_chinese():
    passage = nearest_passage("门静脉支架植入", "患者行门静脉支架置入，效果良好。")
    assert [words for words, is_same in passage.pieces if not is_same] == ["置"]


def test_table_of_cases_is_long_enough():
    assert len(FOUND) >= 60
    assert re.search("[\u4e00-\u9fff]", "".join(row[0] for row in FOUND))


def test_nearest_passage_keeps_a_broken_word_whole():
    text = "After embol-\nisation the shunt fell in nine of twelve."
    passage = nearest_passage("embolisation the shunt rose in nine of twelve", text)
    assert [words.strip() for words, is_same in passage.pieces if not is_same] == ["fell"]
