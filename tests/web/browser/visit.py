"""Someone at a browser: signs in, opens pages, presses what a person presses."""

from __future__ import annotations

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page

from tests.web.looking import STICKING_OUT

HARMLESS = ("Failed to load resource: the server responded", "[DOM]")


@dataclass
class Visit:
    """One browser, one person at a time. said: what the console complained of."""

    county: str
    browser: Browser
    password: str
    javascript: bool = True
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A window with nobody signed in."""
        self.context: BrowserContext = self.browser.new_context(
            viewport={"width": 1280, "height": 900}, java_script_enabled=self.javascript
        )
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(HARMLESS):
            self.said.append(text)

    def sign_in(self, username: str) -> None:
        """As one of the made-up accounts; whoever was signed in is not any more."""
        self.context.clear_cookies()
        for _ in range(50):
            try:
                self.page.goto(f"{self.county}/sign-in/")
                break
            except Error:  # the server's first worker is not up yet
                self.page.wait_for_timeout(400)
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", self.password)
        self.press("Sign in")

    def go(self, path: str) -> int:
        """Open an address; the status of the answer."""
        answer = self.page.goto(f"{self.county}{path}")
        assert answer is not None
        return answer.status

    def press(self, name: str) -> None:
        """A button or a link, by its words; waits for the page that it leads to."""
        button = self.page.locator("main").get_by_role("button", name=name, exact=True)
        target = button if button.count() else self.page.get_by_role("link", name=name, exact=True)
        self.follow(target.first)

    def follow(self, target: Locator) -> None:
        """Something that leads to a page; waits for the page, and not for a time."""
        with self.page.expect_navigation():
            target.click()

    def text(self) -> str:
        """What stands on the page."""
        return self.page.locator("main").inner_text()

    def links(self) -> list[str]:
        """The addresses on the page, of this site, without what follows a question mark."""
        found = self.page.eval_on_selector_all(
            "a[href]", "found => found.filter(a => !a.download).map(a => a.href)"
        )
        paths = [url.removeprefix(self.county) for url in found if url.startswith(self.county)]
        return list(dict.fromkeys(path.split("#")[0].split("?")[0] for path in paths))

    def violations(self) -> list[tuple[str, str]]:
        """What axe finds against WCAG, each with the element."""
        found = Axe().run(self.page).response["violations"]
        return [(rule["id"], node["html"][:120]) for rule in found for node in rule["nodes"]]

    def sticking_out(self) -> list[str]:
        """What does not fit into the window."""
        return list(self.page.evaluate(STICKING_OUT))

    def close(self) -> None:
        """The window."""
        self.context.close()
