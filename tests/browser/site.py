"""The pages of the site, with the demo knowledge base behind them."""

from io import StringIO

from django.core.management import call_command

from literature.models import Reference
from patients.models import Case

SEED_CASE = "CB-DM6SDHC"
SEED_REPORT = "10.3389/fonc.2021.809129"
CHAPTER = "10.1007/978-3-030-62241-1_17"


def load_demo() -> None:
    call_command("load_demo", stdout=StringIO())


def every_page() -> list[str]:
    """The address of every kind of page in every state that looks different."""
    cited_chapter = Reference.objects.get(doi=CHAPTER)
    seed_case = Case.objects.get(accession=SEED_CASE)
    return [
        "/",
        "/cases/",
        "/cases/?q=portal+vein+thrombosis&sex=male",
        "/cases/?q=nothinglikethis",
        "/cases/?sex=unknown",
        "/cases/?q=%E9%97%A8%E9%9D%99%E8%84%89%E8%A1%80%E6%A0%93&treatment=octreotide",
        "/cases/?first=embolisation&then=anticoagulant&within=30",
        "/cases/?first=embolisatio&year_from=2020&year_to=x",
        "/cases/facets/?sex=male",
        seed_case.get_absolute_url(),
        f"{seed_case.get_absolute_url()}v/1/",
        f"{seed_case.get_absolute_url()}versions/",
        f"{seed_case.get_absolute_url()}pack/?case=CB-F7X0DRY",
        f"{seed_case.get_absolute_url()}v/1/pack/?case=CB-0000000",
        f"{seed_case.get_absolute_url()}images/",
        f"{seed_case.get_absolute_url()}images/compare/",
        f"{seed_case.get_absolute_url()}like/",
        f"{seed_case.get_absolute_url()}like/?vein=0&sex=x",
        "/cases/compare/",
        f"/cases/compare/?case={SEED_CASE}&case=CB-F7X0DRY&differences=1",
        f"/cases/compare/?case={SEED_CASE}&case=CB-F7X0DRY&align=shoe",
        "/references/",
        "/references/?q=metastases&page=2",
        "/references/?q=nothinglikethis",
        "/references/?author=lee&sort=cited",
        "/references/?year_from=x",
        cited_chapter.get_absolute_url(),
        Reference.objects.get(doi=SEED_REPORT).get_absolute_url(),
        f"/references/export/?id={cited_chapter.public_id}",
        "/references/export/?q=metastases&style=apa",
        "/references/export/?q=metastases&other=lancet",
        "/references/export/?q=nothinglikethis",
        f"{seed_case.get_absolute_url()}references/?order=printed",
        "/accounts/login/",
        "/no/such/page/",
    ]
