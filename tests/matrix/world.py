"""The records that the table's addresses name, made once and never changed for good."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group
from django.test import Client
from knox.models import AuthToken

from literature.actions import imports, merging, notices
from literature.models import Change, Import, Notice, Reference
from patients.actions import cases, clearing, revisions
from patients.actions.revisions_citing import propose_citation
from patients.models import (
    Case,
    Citation,
    Clearing,
    DerivedSetAside,
    Notification,
    Revision,
    SavedComparison,
    SavedSearch,
    Term,
)
from patients.roles import CURATOR, RESEARCHER
from patients.screening import uncleared
from tests import make
from tests.api.client import Records
from tests.matrix.expected import EVERYBODY
from tests.pages.pictures import make_image
from tests.patients.comparison_breaks import make_comparison
from tests.patients.images.rows import with_files

ACCESSIONS: Final = ("case", "draft", "withdrawn", "free_case")
SLUGS: Final = ("term", "free_term")
RIS: Final = (
    b"TY  - JOUR\nTI  - A course of its own kind\nER  - \n\nTY  - JOUR\nPY  - 2016\nER  - \n"
)


class World:
    """`users` has one user for each role that signs in; `names` what stands for each name in the
    braces of a path."""

    def __init__(self) -> None:
        self.users = {role: make.make_user(role) for role in EVERYBODY if role}
        self.records = records = Records()
        self.draft = self._hidden(records.draft)
        self.withdrawn = make.make_published_case(results=1)
        self.rows: dict[str, Any] = {
            "case": records.case,
            "event": records.event,
            "finding": records.finding,
            "measurement": records.measurement,
            "result": records.result,
            "lesion": records.lesion,
            "citation": records.citation,
            "reference": records.reference,
            "patient": records.patient,
            "term": records.term,
            "pair_one": records.pair.first,
            "pair_two": records.pair.second,
            "same_patient": make.make_same_patient_pair(records.case, self.draft),
            "draft": self.draft,
            "withdrawn": self.withdrawn,
            **self._parts("draft", self.draft),
            **self._parts("withdrawn", self.withdrawn),
            "image": with_files(make_image(records.finding)),
            **self._that_nothing_rests_on(),
            **self._library(records.reference),
            **self._accounts(),
            "their_import": self._import(None),
            "their_search": self._search(make.make_user()),
            "their_comparison": self._comparison(make.make_user(RESEARCHER)),
        }
        cases.refresh(case=self.draft)
        for case in (records.case, self.withdrawn):
            self._second_version(case)
        cases.withdraw(case=self.withdrawn, by=None)
        self.rows |= self._set_aside()
        self.rows |= self._changes() | self._proposals() | self._clearings()
        self.sessions = {role: _session_of(user) for role, user in self.users.items()}
        self.own = {role: self._own(user) for role, user in self.users.items()}

    def names(self, role: str) -> dict[str, str]:
        """What stands for each name when `role` asks. A reader has no imports of their own."""
        rows = {**self.rows, **self.own.get(role, self._of_nobody())}
        return {
            **{name: key_of(row) for name, row in rows.items()},
            **{f"{name}_pk": str(row.pk) for name, row in rows.items()},
        }

    def missing(self, role: str) -> dict[str, str]:
        """Names of the same shape that are nobody's."""
        return {
            name: "CB-0000000" if name in ACCESSIONS
            else "no-such-term" if name in SLUGS
            else "999999999" if name.endswith("_pk")
            else "0000000000"
            for name in self.names(role)
        }  # fmt: skip

    def _hidden(self, case: Case) -> Case:
        make.make_source(case)
        make.make_timeline(case)
        make.make_result(make.make_event(case, 90, category="laboratory"))
        cases.refresh(case=case)
        return case

    def _parts(self, name: str, case: Case) -> dict[str, Any]:
        event = case.events.order_by("pk")[1]
        finding = event.findings.get()
        return {
            f"{name}_event": event,
            f"{name}_finding": finding,
            f"{name}_measurement": finding.measurements.get(),
            f"{name}_result": case.laboratoryresults.get(),
            f"{name}_lesion": finding.lesion,
            f"{name}_citation": event.citations.get(),
            f"{name}_patient": case.patient,
            f"{name}_image": with_files(make_image(finding)),
        }

    def _that_nothing_rests_on(self) -> dict[str, Any]:
        free = make.make_case()
        cases.refresh(case=free)
        return {
            "free_case": free,
            "free_patient": make.make_patient(),
            "free_reference": make.make_reference(),
            "free_lesion": make.make_lesion(self.records.case),
            "free_term": make.make_term(),
        }

    def _library(self, reference: Reference) -> dict[str, Any]:
        text = make.make_text(reference)
        make.make_text(
            reference, language="zh", licence="Quotation only, not to be shown", shown_as="held"
        )
        notice = notices.add_notice(notice=Notice(reference=reference, kind="correction"), by=None)
        kept, gone = make.make_reference(), make.make_reference()
        listed = make.make_reference()
        item = reference.list_items.create(number=1, reference=listed)
        fact = reference.facts.create(label="Step-up shown", count=9, of=12)
        merged = merging.merge(kept=kept, gone=gone, csl=kept.csl, by=None)
        return {
            "text": text,
            "notice": notice,
            "merged": merged,
            "fact": fact,
            "item": item,
            "version": self.records.case.versions.get(is_current=True),
        }

    def _second_version(self, case: Case) -> None:
        Case.objects.filter(pk=case.pk).update(summary="What happened, told once more.")
        cases.publish(case=case, by=None)

    def _proposals(self) -> dict[str, Any]:
        """The researcher's, and that of another researcher."""
        author, other = self.users[RESEARCHER], make.make_user(RESEARCHER)
        handed_in = self._citation_proposed(author)
        revisions.comment(revision=handed_in, text="Which page?", by=self.users[CURATOR])
        return {
            "revision": handed_in,
            "their_revision": self._citation_proposed(other),
            "draft_revision": revisions.begin(case=self.records.case, by=author),
            "notification": Notification.objects.filter(user=author).latest("pk"),
        }

    def _citation_proposed(self, by: Any) -> Revision:
        citation = Citation(
            case=self.records.case, reference=make.make_reference(), role="background"
        )
        return propose_citation(citation=citation, on="the case", by=by)

    def _clearings(self) -> dict[str, Clearing]:
        """A finding of each case that was cleared."""
        found = {}
        for name in ("case", "draft", "withdrawn"):
            case = self.rows[name]
            Case.objects.filter(pk=case.pk).update(summary="Seen by Dr Nobody in short.")
            case = Case.objects.with_timeline().get(pk=case.pk)
            reasons = {row.fingerprint: "An invented name." for row in uncleared(case)}
            found[f"{name}_clearing"], *_ = clearing.clear(case=case, reasons=reasons, by=None)
        return found

    def _set_aside(self) -> dict[str, DerivedSetAside]:
        """A derived result of each case that was set aside."""
        events = {"case": "event", "draft": "draft_event", "withdrawn": "withdrawn_event"}
        return {
            f"{name}_aside": make.make_set_aside(self.rows[event]) for name, event in events.items()
        }

    def _changes(self) -> dict[str, Change]:
        """One change of each record that can be taken back."""
        changed = {"change": "case", "draft_change": "draft", "withdrawn_change": "withdrawn"}
        for row in ("case", "draft", "withdrawn"):
            Case.objects.filter(pk=self.rows[row].pk).update(title="Another title")
        Term.objects.filter(pk=self.rows["term"].pk).update(display="Another name")
        Reference.objects.filter(pk=self.rows["reference"].pk).update(study_design="case_report")
        return {
            name: Change.objects.filter(
                table=self.rows[row]._meta.db_table, row=self.rows[row].pk
            ).latest("pk")
            for name, row in {
                **changed,
                "term_change": "term",
                "reference_change": "reference",
            }.items()
        }

    def _accounts(self) -> dict[str, Any]:
        holder = make.make_user()
        app = SocialApp.objects.create(provider="orcid", name="ORCID", client_id="1")
        account = SocialAccount.objects.create(user=holder, provider="orcid", uid="1")
        seen = {"ip_address": "127.0.0.1", "user_agent": "A browser"}
        tried = {**seen, "username": "nobody", "path_info": "/"}
        return {
            "other_user": make.make_user(username="somebody-else"),
            "group": Group.objects.create(name="a group without members"),
            "authenticator": Authenticator.objects.create(user=holder, type="totp", data={}),
            "email": EmailAddress.objects.create(user=holder, email="nobody@example.org"),
            "social_account": account,
            "social_app": app,
            "social_token": SocialToken.objects.create(account=account, app=app, token="1"),
            "knox_token": AuthToken.objects.create(user=holder)[0],
            "session": UserSession.objects.create(
                user=holder, ip="127.0.0.1", user_agent="A browser", session_key="none"
            ),
            "attempt": AccessAttempt.objects.create(
                **tried, get_data="", post_data="", failures_since_start=1
            ),
            "failure": AccessFailureLog.objects.create(**tried),
            "access": AccessLog.objects.create(**tried),
        }

    def _of_nobody(self) -> dict[str, Any]:
        nouns = ("import", "comparison", "search")
        return {f"own_{noun}": self.rows[f"their_{noun}"] for noun in nouns}

    def _comparison(self, owner: Any) -> SavedComparison:
        return make_comparison(owner, accessions=[self.records.case.accession, "CB-2222222"])

    def _import(self, by: Any) -> Import:
        return imports.begin(source=BytesIO(RIS), name="list.ris", by=by)

    def _own(self, user: Any) -> dict[str, Any]:
        return {
            "own_import": self._import(user),
            "own_comparison": self._comparison(user),
            "own_search": self._search(user),
            "own_user": user,
        }

    def _search(self, user: Any) -> SavedSearch:
        return SavedSearch.objects.create(user=user, name="Portal vein", query="q=portal+vein")


def _session_of(user: Any) -> str:
    """The cookies of a browser in which `user` has signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies.output(header="", attrs=[])


def key_of(row: Any) -> str:
    """As an address names the row."""
    for field in ("accession", "slug", "public_id", "gone"):
        if hasattr(row, field):
            return str(getattr(row, field))
    return str(row.pk)


def filled(template: str, names: Mapping[str, str]) -> str:
    """`template` with what stands for the names in its braces."""
    return template.format_map(names)
