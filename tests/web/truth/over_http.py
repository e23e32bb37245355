"""The real server, and people who do steps on it over HTTP with cookies and forms, as browsers."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.web.browser.serving import a_free_port
from tests.web.cast import PASSWORD

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden"[^>]*>')
NAMED = re.compile(r'name="([^"]+)" value="([^"]*)"')
LOGIN = "/sign-in/"
DEAD_AFTER = 60.0
"""Seconds after which a server that says nothing is taken for dead."""


class NoAnswer(Exception):
    """The connection broke before the answer was whole: whoever asked cannot know what was done."""


@dataclass(frozen=True)
class Answer:
    """What the server said to one request."""

    status: int
    text: str
    to: str = ""

    @property
    def asks_to_sign_in(self) -> bool:
        """Whether it sends to a page of signing in."""
        return self.status == 302 and self.to.startswith("/sign-in/")


@dataclass
class Person:
    """Someone with a browser: an account, and the cookies of its session."""

    port: int
    username: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, entered: dict[str, str] | None = None) -> Answer:
        """One request; NoAnswer where the server died meanwhile."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEAD_AFTER)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if entered is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            body = None if entered is None else urlencode(entered)
            connection.request("GET" if body is None else "POST", path, body, headers)
            heard = connection.getresponse()
            text = heard.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer from error
        finally:
            connection.close()
        for name, value in heard.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, given = value.split(";")[0].partition("=")
                self.cookies[cookie] = given
        return Answer(heard.status, text, heard.getheader("Location") or "")

    def open(self, path: str) -> Answer:
        """A page; who is asked to sign in does so first."""
        answer = self.ask(path)
        if not answer.asks_to_sign_in:
            return answer
        self.cookies.clear()
        entered = {"login": self.username, "password": PASSWORD}
        entered["csrfmiddlewaretoken"] = _token(self.ask(LOGIN))
        assert self.ask(LOGIN, entered).status == 302, f"{self.username} cannot sign in"
        return self.ask(path)

    def do(self, path: str, **entered: str) -> bool:
        """One step on its page, confirmed; False where the page does not let it be done (again)."""
        page = self.open(path)
        if page.status != 200:
            return False
        answer = self.ask(path, {**_hidden(page), "confirmed": "yes", **entered})
        assert answer.status in (302, 404, 403, 409), f"{path} answered {answer.status}"
        return answer.status == 302 and not answer.asks_to_sign_in


def _token(page: Answer) -> str:
    found = TOKEN.search(page.text)
    assert found is not None, f"no form on a page with status {page.status}"
    return found[1]


def _hidden(page: Answer) -> dict[str, str]:
    """What the page's forms send along unseen, as the checksum of what was looked at."""
    found = {name: value for tag in HIDDEN.findall(page.text) for name, value in NAMED.findall(tag)}
    return {**found, "csrfmiddlewaretoken": _token(page)}


@dataclass
class Server:
    """`payforsuccess.web serve`, with one worker of gunicorn, in this process's environment."""

    port: int = field(default_factory=a_free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Have it run, unless it does."""
        if self.process is not None and self.process.poll() is None:
            return
        command = [sys.executable, "-m", "payforsuccess.web", "serve", "--workers", "1"]
        log = Path(os.environ["PFS_HOME"]) / "server.log"
        with log.open("a") as said:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        until = time.monotonic() + DEAD_AFTER
        while time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEAD_AFTER)
            try:
                connection.connect()
                return
            except OSError:
                assert self.process.poll() is None, log.read_text()[-4000:]
                time.sleep(0.05)
            finally:
                connection.close()
        raise AssertionError("the server did not start")

    def kill(self, *, whole: bool) -> None:
        """Kill what answers requests, or all of the server at once; the rest goes on by itself."""
        assert self.process is not None
        if whole:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            return
        for child in children_of(self.process.pid):
            kill(child)


def children_of(process: int) -> list[int]:
    """The processes that a process started."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(each) for each in text.split()]


def kill(process: int) -> None:
    """With SIGKILL, unless it is gone."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
