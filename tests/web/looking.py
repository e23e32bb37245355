"""A browser that looks at pages which Django has given already: no port and no thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

SITE = "http://localhost"
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
]
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
# Elements that stick out of the window to the right.
STICKING_OUT = """() => [...document.querySelectorAll('main *, header *, nav *, footer *')]
  .filter(e => e.checkVisibility() && !e.matches('input'))
  .filter(e => !e.closest('.usa-sr-only, thead, svg, .usa-skipnav'))
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.outerHTML.slice(0, 90))"""


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The distribution's Chromium; one at a time, for a process can drive no second."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def a_page() -> Iterator[Page]:
    """A page of the distribution's Chromium."""
    with a_browser() as browser:
        yield browser.new_page()


Given = Mapping[str, HttpResponse]


def given_to(client: Client, urls: Sequence[str]) -> Given:
    """The pages as a signed-in client gets them."""
    return {url: client.get(url, follow=True) for url in urls}  # type: ignore[misc]


def answer_with(page: Page, given: Given) -> None:
    """Let the browser have these pages, and the static files that they ask for."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = finders.find(path.removeprefix("/static/"))
            kind = KINDS.get(path.rsplit(".", 1)[-1], "application/octet-stream")
            assert isinstance(file, str), path
            route.fulfill(path=file, content_type=kind)
            return
        page_given = given[path]
        headers = {name.lower(): value for name, value in page_given.headers.items()}
        route.fulfill(status=page_given.status_code, headers=headers, body=page_given.content)

    page.unroute_all()
    page.route("**/*", answer)
