"""Where a title ends and the name of the journal begins."""

from __future__ import annotations

import re

from literature.importers.pasted.found import LIKELY, SURE, UNSURE
from literature.importers.pasted.letters import HAN, UPPER

_SHORT_WORDS_TEXT = (
    "J N U S Engl Med Surg Ann Am Br Brit Clin Eur Int Proc Natl Acad Sci Arch Rev Res Nat "
    "Exp Biol Chem Immunol Mol Cell Curr Opin Adv Acta Scand World Gastroenterol Hepatol "
    "Oncol Cancer Radiol Pathol Endocrinol Metab Endocr Relat Nucl Intern Pract Dis Dig "
    "Gastrointest Physiol Pharmacol Ther Pharm Biochem Biophys Genet Hum Microbiol Infect "
    "Virol Haematol Hematol Blood Cardiol Circ Heart Vasc Interv Thorac Cardiovasc Neurol "
    "Neurosci Neurosurg Psychiatry Psychol Pediatr Paediatr Obstet Gynecol Gynaecol Urol "
    "Nephrol Transplant Transpl Liver Anesth Anesthesiol Crit Care Emerg Orthop Rheumatol "
    "Dermatol Ophthalmol Otolaryngol Rehabil Epidemiol Public Health Soc Assoc Coll Lett Rep "
    "Commun Front Semin Trans Bull Can Chin Jpn Korean Ital Fr Dtsch Wochenschr Z Klin Lancet "
    "Nucleic Acids Biomed Eng Phys Rad Radiother Radiat Imaging Ultrasound Magn Reson Tech "
    "Technol Mater Dent Oral Maxillofac Vet Zool Bot Ecol Environ Toxicol Nutr Diabetes Obes "
    "Qual Life Stat Methods Inform Syst Database Mayo R Lond Ser Suppl Health "
)
_SHORT_WORDS = set(_SHORT_WORDS_TEXT.split())
"""Words as the titles of journals are shortened to (LTWA), perhaps with a full stop."""
_BOUNDARY = re.compile(r"[.?!。．][\"'”’)\]]?(?:\s+|(?<=[。．]))(?=\S)")
_LONGEST_JOURNAL = 16


def divide(text: str) -> tuple[str, str, float]:
    """Title, container and confidence of `Title. Ann. Surg.`; an empty container where the text
    has no place to divide it at."""
    text = text.strip(" ,;:")
    ends = [match.end() for match in _BOUNDARY.finditer(text)]
    if ends and ends[-1] == len(text):
        ends.pop()
    if not ends:
        return closed(text), "", UNSURE
    place = len(ends) - 1
    while place > 0 and _shortened(text[ends[place - 1] : ends[place]]):
        place -= 1
    title, container = text[: ends[place]], text[ends[place] :]
    return closed(title), closed(container), _sure(container, len(ends) - place)


def closed(text: str) -> str:
    """Without the full stop or comma that ends it, and without quotation marks around it."""
    text = text.strip().rstrip(" ,;:，；：")
    text = text[:-1].rstrip() if text[-1:] in ".。．" and not text.endswith("...") else text
    if text[:1] in "\"“‘'「《" and text[-1:] in "\"”’'」》" and len(text) > 2:
        inner = text[1:-1]
        if not any(mark in inner for mark in '“”"「」《》'):
            return inner.rstrip(" ,;.")
    return text


def quoted(text: str) -> tuple[str, str]:
    """A title in quotation marks at the beginning, and what follows; `("", text)` without one."""
    match = re.match(r"“([^”]{3,})”|\"([^\"]{3,})\"", text)
    match = match or re.match(r"[‘']((?:[^’']|[’'](?=\w)){3,})[’'](?=\s?[,.(]|\s[A-Z]|$)", text)
    if match is None:
        return "", text
    title = next(group for group in match.groups() if group)
    return title.strip().rstrip(",.").strip(), text[match.end() :].lstrip(" ,.;")


def _shortened(segment: str) -> bool:
    """Whether a piece that ends in a full stop is itself part of a journal's short name."""
    words = segment.rstrip().rstrip(".").split()
    if not segment.rstrip().endswith(".") or not 1 <= len(words) <= 5:
        return False
    return words[-1] in _SHORT_WORDS and all(word[:1].isupper() or word == "of" for word in words)


def _sure(container: str, pieces: int) -> float:
    words = container.split()
    if len(words) > _LONGEST_JOURNAL or not re.match(rf"[{UPPER}{HAN}\d]|e[A-Z]|the\s", container):
        return UNSURE
    return SURE if pieces == 1 else LIKELY
