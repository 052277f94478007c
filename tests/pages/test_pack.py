"""The case pack from its pages: what is in it, who gets which, and what is refused."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from patients.actions import cases, publishing
from patients.models import Case
from patients.pack import making
from tests import make
from tests.constraints import update
from tests.pages.packing import address, bytes_of, files_of, pack_of, published, rows_of, words_of
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
NAMES = [
    "figure.pdf", "figure.png", "figure.svg", "comparison.docx", "references.docx",
    "care-checklist.docx", "timeline.csv", "case.json", "README.txt", "SHA256SUMS",
]  # fmt: skip


@pytest.fixture
def case() -> Case:
    return published()


def refusal_of(answer, status=400) -> str:
    assert answer.status_code == status
    return text_of(answer.content.decode())


def test_a_pack_holds_what_a_paper_needs(client, case):
    answer = client.get(address(case))
    assert f'filename="{case.accession}-v1.zip"' in answer["Content-Disposition"]
    files = files_of(b"".join(answer.streaming_content))
    assert list(files) == NAMES
    version = case.versions.get()
    assert hashlib.sha256(files["case.json"]).hexdigest() == version.checksum
    assert json.loads(files["case.json"]) == version.document
    assert files["figure.pdf"].startswith(b"%PDF-")
    assert files["figure.png"].startswith(b"\x89PNG")
    assert b'width="180mm"' in files["figure.svg"]
    works = [row["title"] for row in version.document["references"]]
    assert all(work in words_of(files["references.docx"]) for work in works)
    assert case.accession in words_of(files["comparison.docx"])
    assert words_of(files["care-checklist.docx"]).count("<w:tr>") == 14
    assert [row["Number"] for row in rows_of(files["timeline.csv"])] == ["1", "2"]
    readme = files["README.txt"].decode()
    for words in (case.accession, "version 1", version.checksum, "do not replace",
                  f"http://testserver/cases/{case.accession}/v/1/", *NAMES):  # fmt: skip
        assert words in readme
    assert "Not in this pack" not in readme


def test_choices_are_kept(client, case):
    other = published("Another course")
    files = pack_of(client, case, width=90, lang="zh", style="apa", case=other.accession)
    page = PdfReader(BytesIO(files["figure.pdf"])).pages[0]
    assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(90, abs=0.05)
    assert "第1版" in files["figure.svg"].decode()
    assert other.accession in words_of(files["comparison.docx"])
    readme = files["README.txt"].decode()
    assert "90 mm wide, in Chinese" in readme
    assert f"Compared with:  {other.accession}-v1" in readme
    assert f"style=apa&case={other.accession}-v1" in readme


def test_other_cases_are_taken_as_the_version_that_is_named(client, case):
    other = published("Another course")
    update(other, title="Reworded since")
    cases.publish(case=other, by=None)
    first = words_of(pack_of(client, case, case=f"{other.accession}-v1")["comparison.docx"])
    assert "Another course" in first
    assert "Reworded since" not in first
    assert "Reworded since" in words_of(
        pack_of(client, case, case=other.accession)["comparison.docx"]
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"width": "100"}, "Width : “100” is not known"),
        ({"lang": "de"}, "Language : “de” is not known"),
        ({"style": "no-such-style"}, "There is no citation style “no-such-style” here."),
        ({"other": "zzzz"}, "There is no style with “zzzz” in its name."),
        ({"case": "hello"}, "“hello” is no accession"),
        ({"case": "%00"}, "is no accession"),
        ({"case": "CB-0000000"}, "There is no published case CB-0000000."),
        ({"case": "CB-0000000-v2"}, "There is no published version 2 of CB-0000000."),
        ({"case": " ".join(f"CB-000000{n}" for n in range(6))}, "At most 5 other cases"),
        ({"case": "CB-0000000+" * 60}, "Name at most 5 cases."),
    ],
)
@pytest.mark.parametrize("tail", ["pack/", "pack.zip"])
def test_what_is_asked_wrongly_is_said_field_by_field(client, case, tail, query, said):
    assert said in refusal_of(client.get(address(case, tail, **query)))


def test_what_was_typed_stays_on_the_page(client, case):
    page = client.get(address(case, case="CB-0000000+hello", other="zzzz", width=90))
    text = page.content.decode()
    assert 'value="CB-0000000 hello"' in text
    assert 'value="zzzz"' in text
    assert '<option value="90" selected>' in text


def test_a_case_is_not_put_beside_itself(client, case):
    said = refusal_of(client.get(address(case, case=case.accession)))
    assert f"{case.accession} is this case: it is in the table already." in said
    other = published("Another course")
    twice = f"{other.accession}+{other.accession}-v1"
    assert "is named twice" in refusal_of(client.get(address(case, case=twice)))


def test_a_comparison_hands_its_cases_on(client, case):
    query = f"?case={case.accession}&case=CB-0000000"
    page = client.get(address(case, "pack/") + query).content.decode()
    assert 'value="CB-0000000"' in page


def test_a_hidden_and_an_unknown_case_read_alike(client, case):
    draft = make.make_case(title="Nobody sees this")
    client.force_login(make.make_user("curator"))
    for form in ("{}", "{}-v1"):
        said = [
            refusal_of(client.get(address(case, "v/1/pack.zip", case=form.format(name))))
            .replace(name, "CB-…")
            for name in (draft.accession, "CB-0000000")
        ]  # fmt: skip
        assert said[0] == said[1]


def test_a_withdrawn_case_is_not_compared(client, case):
    other = published("Another course")
    publishing.withdraw(case=other, reason="Asked for.", by=make.make_user("curator"))
    client.force_login(make.make_user("curator"))
    for name in (other.accession, f"{other.accession}-v1"):
        said = refusal_of(client.get(address(case, "v/1/pack.zip", case=name)))
        assert f"{other.accession} was withdrawn." in said


def test_editors_get_a_draft_that_says_so_everywhere(client, case):
    update(case, title="Being mended")
    cases.refresh(case=case)
    client.force_login(make.make_user("curator"))
    assert "this is the working record" in text_of(
        client.get(address(case, "pack/")).content.decode().lower()
    )
    answer = client.get(address(case))
    assert f'filename="{case.accession}-DRAFT.zip"' in answer["Content-Disposition"]
    files = files_of(b"".join(answer.streaming_content))
    assert list(files) == [name if name == "SHA256SUMS" else f"DRAFT-{name}" for name in NAMES]
    assert "DRAFT. This is the working record." in files["DRAFT-README.txt"].decode()
    for name in ("comparison", "references", "care-checklist"):
        assert "DRAFT: working record, not published" in words_of(files[f"DRAFT-{name}.docx"])
    assert "working record, not published" in files["DRAFT-figure.svg"].decode()
    assert json.loads(files["DRAFT-case.json"])["title"] == "Being mended"


def test_readers_get_what_is_published_and_nothing_of_the_record(client, case):
    update(case, title="Being mended")
    cases.refresh(case=case)
    files = pack_of(client, case)
    assert not [name for name, content in files.items() if b"Being mended" in content]
    assert json.loads(files["case.json"])["title"] == "A course"


def test_curators_get_a_withdrawn_version_that_says_so(client, case):
    curator = make.make_user("curator")
    publishing.withdraw(case=case, reason="Asked for.", by=curator)
    assert client.get(address(case)).status_code == 410
    assert client.get(address(case, "v/1/pack.zip")).status_code == 410
    client.force_login(curator)
    assert "WITHDRAWN." in pack_of(client, case, "v/1/pack.zip")["README.txt"].decode()


def test_what_cannot_be_made_is_named_with_the_reason(client, monkeypatch, tmp_path):
    case = make.make_case()
    make.make_event(case, 0, is_index=True, label="肝动脉栓塞")
    cases.refresh(case=case)
    client.force_login(make.make_user("curator"))
    monkeypatch.setenv("CASEBASE_FONTS", str(tmp_path))
    files = pack_of(client, case)
    missing = {"figure.pdf", "figure.png", "references.docx"}
    assert {name.removeprefix("DRAFT-") for name in files} == set(NAMES) - missing
    readme = " ".join(files["DRAFT-README.txt"].decode().split())
    assert "No font on the server can draw 肝 (U+809D)" in readme
    assert "The case cites no study, so there is no list of references." in readme


def test_a_case_without_events_has_a_pack_without_a_figure(client):
    case = make.make_case()
    client.force_login(make.make_user("curator"))
    files = pack_of(client, case)
    assert not [name for name in files if "figure" in name]
    assert "The case has no events yet" in files["DRAFT-README.txt"].decode()


def test_who_comes_when_it_is_busy_is_told_to_come_again(client, case, monkeypatch):
    monkeypatch.setattr(making, "PATIENCE", 0.01)
    for _ in range(making.AT_ONCE):
        assert making._turns.acquire(blocking=False)
    try:
        answer = client.get(address(case, width=90))
    finally:
        making._turns.release(making.AT_ONCE)
    assert answer["Retry-After"] == "30"
    assert "Other packs are being made just now." in refusal_of(answer, 503)
    assert '<option value="90" selected>' in answer.content.decode()


def test_a_figure_that_takes_too_long_is_busy_too(client, case, monkeypatch):
    monkeypatch.setattr("patients.exporters.conversion.SECONDS", 0.001)
    assert "took too long" in refusal_of(client.get(address(case)), 503)
    assert making._turns.acquire(blocking=False)
    making._turns.release()


def test_a_pack_that_takes_too_long_begins_no_further_file(client, case, monkeypatch):
    monkeypatch.setattr(making, "SECONDS", -1)
    assert "Making this pack took too long." in refusal_of(client.get(address(case)), 503)


def test_a_pack_that_is_too_large_is_refused(client, case, monkeypatch):
    monkeypatch.setattr(making, "MAX_BYTES", 100)
    assert "would be too large" in refusal_of(client.get(address(case)), 422)


def test_a_reader_who_has_it_is_not_sent_it_again(client, case):
    answer = client.get(address(case))
    files_of(b"".join(answer.streaming_content))
    assert answer["ETag"].startswith('"')
    again = client.get(address(case), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    other = client.get(address(case, "pack.zip", width=90, lang="xx"),
                       headers={"If-None-Match": answer["ETag"]})  # fmt: skip
    assert other.status_code == 400


def test_case_and_version_pages_have_the_button(client, case):
    for tail in ("", "v/1/"):
        page = client.get(address(case, tail)).content.decode()
        assert f'action="/cases/{case.accession}/{tail}pack.zip"' in page
        assert f'href="/cases/{case.accession}/{tail}pack/"' in page


def test_the_page_says_what_is_in_it_and_asks_the_version_it_is_about(client, case):
    for tail in ("", "v/1/"):
        page = client.get(address(case, f"{tail}pack/")).content.decode()
        assert all(name in page for name in NAMES)
        assert f'action="/cases/{case.accession}/{tail}pack.zip"' in page


def test_words_of_the_case_stay_words(client):
    evil = "</w:t><script>alert(1)</script>&amp;"
    case = published(evil)
    files = pack_of(client, case)
    assert evil in json.loads(files["case.json"])["title"]
    for name in ("comparison.docx", "care-checklist.docx"):
        assert "<script" not in words_of(files[name])
    assert "<script>alert" not in client.get(address(case, "pack/")).content.decode()


def test_no_answer_writes(client, case):
    assert client.post(address(case)).status_code == 405
    assert client.post(address(case, "pack/")).status_code == 405


def test_the_case_and_its_version_give_the_same_bytes(client, case):
    assert bytes_of(client, address(case)) == bytes_of(client, address(case, "v/1/pack.zip"))
