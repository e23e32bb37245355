"""The components in a real browser: open to everyone, at every width, with nothing refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.looking import STICKING_OUT

pytestmark = pytest.mark.needs(program="chromium", package="chromium")

WIDTHS = [1280, 768, 360]
PAGES = ["all", "form", "form?wrong=1", "confirm", "refused", "404"]
QUICK = [("all", 1280), ("all", 768), ("all", 360), ("form?wrong=1", 1280)]
DEEP = [(name, width) for name in PAGES for width in WIDTHS if (name, width) not in QUICK]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test for any word in the console: a style refused, a script broken."""
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
    yield opened
    opened.close()
    # Chromium itself remarks on answers such as 404.
    assert [
        text for text in said if "Failed to load resource: the server responded" not in text
    ] == []


def is_open_to_all(page: Page) -> None:
    violations = Axe().run(page).response["violations"]

    assert [(rule["id"], [n["html"][:120] for n in rule["nodes"]]) for rule in violations] == []


@pytest.mark.parametrize(("name", "width"), QUICK)
def test_a_page_is_open_to_all(site: str, page: Page, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/{name}")
    is_open_to_all(page)


@pytest.mark.deep
@pytest.mark.parametrize(("name", "width"), DEEP)
def test_every_page_is_open_to_all(site: str, page: Page, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/{name}")
    is_open_to_all(page)


@pytest.mark.parametrize("name", ["all", "form?wrong=1", "confirm", "404"])
def test_no_page_scrolls_sideways_on_the_smallest_phone(site: str, page: Page, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{site}/{name}")

    page.evaluate("document.querySelectorAll('header details').forEach(menu => menu.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(STICKING_OUT) == []


def test_a_hostile_name_stays_a_name(site: str, page: Page) -> None:
    page.goto(f"{site}/all?name=hostile")

    assert page.locator("main script").count() == 0
    assert page.get_by_text("<script>alert('x')</script>").count() >= 1


def test_the_first_stop_of_the_keyboard_leads_to_the_content(site: str, page: Page) -> None:
    page.goto(f"{site}/all")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "usa-skipnav"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_a_page_with_mistakes_starts_at_their_list(site: str, page: Page) -> None:
    page.goto(f"{site}/form?wrong=1")
    page.wait_for_function("document.activeElement.classList.contains('pfs-errors')")
    page.locator(".pfs-errors a").first.click()

    assert page.evaluate("document.activeElement.id") == "id_name"


def test_a_menu_closes_with_escape_and_with_a_click_elsewhere(site: str, page: Page) -> None:
    page.goto(f"{site}/all")
    sign_out = page.get_by_role("button", name="Sign out")
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.locator("h1").click()):
        page.locator(".pfs-drop summary").click()
        assert sign_out.is_visible()
        leave()
        assert not sign_out.is_visible()


def test_a_session_that_ends_says_so_and_goes_on_with_a_click(site: str, page: Page) -> None:
    page.clock.install()
    page.goto(f"{site}/all")
    warning = page.get_by_text("Your session ends soon")
    page.clock.fast_forward("24:00")
    assert not warning.is_visible()
    page.clock.fast_forward("02:00")
    warning.wait_for(state="visible")
    with page.expect_response(f"{site}/"):
        page.get_by_role("button", name="Stay signed in").click()
    page.clock.run_for(2000)

    assert not warning.is_visible()


HEARD = """headers => document.dispatchEvent(new CustomEvent("htmx:afterRequest",
  {detail: {successful: true, requestConfig: {headers: headers}}}))"""


def test_what_a_page_asks_for_by_itself_hides_no_warning(site: str, page: Page) -> None:
    page.clock.install()
    page.goto(f"{site}/all")
    warning = page.get_by_text("Your session ends soon")
    page.clock.fast_forward("26:00")
    warning.wait_for(state="visible")

    page.evaluate(HEARD, {"PFS-Poll": "yes"})
    assert warning.is_visible()
    page.evaluate(HEARD, {})
    assert not warning.is_visible()


def test_everything_works_without_scripts(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/all")
    page.locator(".pfs-nav__small summary").click()
    assert page.locator(".pfs-nav__small a").first.is_visible()
    page.locator(".pfs-drop summary").click()
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.locator("figure details summary").first.click()
    assert page.locator("figure table").first.is_visible()
    context.close()


def test_the_language_is_changed_by_a_button(site: str, page: Page) -> None:
    page.goto(f"{site}/404")
    page.get_by_role("button", name="Español").click()
    page.wait_for_url(f"{site}/404")

    assert page.locator("html").get_attribute("lang") == "es"
    assert page.get_by_role("button", name="English").is_visible()


def test_the_wide_and_the_narrow_drawing_are_never_both_shown(site: str, page: Page) -> None:
    page.goto(f"{site}/all")
    for width, shown, hidden in ((1280, "wide", "narrow"), (360, "narrow", "wide")):
        page.set_viewport_size({"width": width, "height": 900})

        assert page.locator(f".pfs-figure__{shown}").first.is_visible()
        assert not page.locator(f".pfs-figure__{hidden}").first.is_visible()


def test_paper_shows_the_content_alone_with_its_label(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 700, "height": 1000})
    page.goto(f"{site}/all")
    page.emulate_media(media="print")

    for hidden in (".pfs-nav", ".pfs-header__tools", ".usa-pagination", ".pfs-next .usa-button"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".pfs-synthetic").is_visible()
    # A table on paper is a table, however narrow the sheet.
    assert page.locator(".pfs-table thead").first.is_visible()
    assert page.locator(".pfs-figure__wide").first.is_visible()


def test_states_are_told_apart_in_the_colours_of_the_reader(site: str, page: Page) -> None:
    page.goto(f"{site}/all")
    page.emulate_media(forced_colors="active")

    assert page.locator(".pfs-status svg").first.is_visible()
    assert (
        page.locator(".pfs-status").first.evaluate("e => getComputedStyle(e).borderTopWidth")
        == "1px"
    )
