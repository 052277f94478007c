"""The API's documentation: drawn by Swagger UI, under our policy, from this host alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
# Swagger UI's own: a link inside each operation's button, and a main landmark of its own.
NOT_OURS = {
    "nested-interactive",
    "landmark-main-is-top-level",
    "landmark-no-duplicate-main",
    "landmark-unique",
}


@pytest.mark.parametrize(("width", "scheme"), [(1240, "light"), (390, "dark")])
def test_operations_are_drawn_and_readable(open_page, width, scheme):
    page = open_page("/api/docs/", width=width, scheme=scheme)
    page.wait_for_selector("#operations-cases-cases_list")
    found = Axe().run(page).response["violations"]
    assert [row["id"] for row in found if row["id"] not in NOT_OURS] == []


def test_without_javascript_it_leads_to_the_schema(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/api/docs/")
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    page.get_by_role("link", name="OpenAPI schema").click()
    assert '"openapi"' in page.content()
    context.close()
