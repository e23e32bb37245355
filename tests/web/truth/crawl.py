"""Every page that a role can reach by links, with its forms, as the server gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client

_NAME = re.compile(r"/(?:[23456789abcdefghjkmnpqrstuvwxyz]{12}|\d+)(?=/|$)")
LEAVE_ALONE = ("/sign-in/", "/static/", "/language/")


@dataclass
class Form:
    """A form: where it goes, how, and its fields with what stands in them.

    written: the fields into which people write freely.
    """

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, at: str) -> None:
        super().__init__()
        self.at = at
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "a" and have.get("href"):
            self.links.append(urljoin(self.at, have["href"]))
        if tag == "form":
            action = urljoin(self.at, have.get("action", "") or self.at)
            self.form = Form(action, have.get("method", "get").lower())
            self.forms.append(self.form)
        if self.form is not None:
            self._field(self.form, tag, have)

    def _field(self, form: Form, tag: str, have: dict[str, str]) -> None:
        name = have.get("name", "")
        kind = have.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and have.get("value"):
            if "selected" in have or self.select not in form.values:
                form.values[self.select] = [have["value"]]
        elif tag == "textarea" and name:
            form.written.append(name)
            form.values.setdefault(name, [""])
        elif tag == "input" and name:
            if kind in ("radio", "checkbox"):
                if "checked" in have or name not in form.values:
                    form.values[name] = [have.get("value", "on")]
            elif kind in ("hidden", "submit", "date", "file"):
                form.values.setdefault(name, [have.get("value", "")])
            else:
                form.written.append(name)
                form.values.setdefault(name, [have.get("value", "")])
        elif tag == "button" and name:
            form.values.setdefault(name, [have.get("value", "")])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.form = None


@dataclass(frozen=True)
class Seen:
    """A page that was opened."""

    url: str
    response: HttpResponse
    forms: tuple[Form, ...]

    @property
    def text(self) -> str:
        """The page as it was sent; nothing of a file that is downloaded."""
        kind = self.response.headers.get("Content-Type", "")
        return self.response.content.decode() if kind.startswith("text/html") else ""


def kind_of(url: str) -> str:
    """The address without what names an object."""
    return _NAME.sub("/x", urlsplit(url).path)


def read(url: str, response: HttpResponse) -> tuple[list[str], tuple[Form, ...]]:
    """The links and the forms of a page."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return [], ()
    reader = _Reader(url)
    reader.feed(response.content.decode())
    return reader.links, tuple(reader.forms)


def pages(client: Client, *, start: str = "/") -> Iterator[Seen]:
    """One page of each kind that links lead to; forms that only ask are links too."""
    waiting, kinds = [start], set[str]()
    while waiting:
        url = waiting.pop(0)
        path = urlsplit(url).path
        if kind_of(url) in kinds or path.startswith(LEAVE_ALONE) or urlsplit(url).netloc:
            continue
        kinds.add(kind_of(url))
        response = client.get(url, follow=True)
        at = response.redirect_chain[-1][0] if response.redirect_chain else url  # type: ignore[attr-defined]
        if urlsplit(at).path.startswith(LEAVE_ALONE):
            continue
        kinds.add(kind_of(at))
        links, forms = read(at, response)
        yield Seen(at, response, forms)
        waiting += [*links, *(form.action for form in forms if form.method == "get")]
