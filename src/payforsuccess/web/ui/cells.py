"""Words, amounts and days as pages show them, each a piece of safe HTML.

Tables built in Python and the template tags of `pfs` use the same functions, so that a state or a
day looks alike wherever it stands.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from payforsuccess.reports.numbers import amount_text
from payforsuccess.web.ui.days import day_words as day_words
from payforsuccess.web.ui.days import local
from payforsuccess.web.ui.icons import SHAPES
from payforsuccess.web.ui.told import told

Text = str | Promise
Tone = Literal["good", "watch", "bad", "unknown", "waiting", "info"]

STATES: dict[str, tuple[Text, Tone]] = {
    "on-track": (_("On track"), "good"),
    "watch": (_("Watch"), "watch"),
    "off-track": (_("Off track"), "bad"),
    "too-early": (_("Too early to say"), "unknown"),
    "done": (_("Done"), "good"),
    "current": (_("Now"), "info"),
    "waiting": (_("Waiting"), "waiting"),
    "due": (_("Due"), "watch"),
    "overdue": (_("Overdue"), "bad"),
    "stopped": (_("Stopped"), "bad"),
    "missing": (_("Missing"), "unknown"),
}
"""The states that have a word of their own; a page says others with a word and a tone."""


def status(
    state: str = "", *, word: Text = "", tone: Tone | None = None, reason: Text = ""
) -> SafeString:
    """A state as word, shape and colour, with the reason beside it.

    state: one of `STATES`; or none, with `word` and `tone`. KeyError for a state
    that nobody knows.
    """
    known_word, known_tone = STATES[state] if state else (word, tone or "info")
    tone = tone or known_tone
    pill = format_html(
        '<span class="pfs-status pfs-status--{}">{}<span>{}</span></span>',
        tone,
        SHAPES[tone],
        told(word or known_word),
    )
    if not reason:
        return pill
    return format_html('{} <span class="pfs-status__reason">{}</span>', pill, told(reason))


def money(minor: int | None, currency: str, *, code: bool = True) -> SafeString:
    """`USD 620,978.40` from minor units, never broken over two lines; as reports print it."""
    if minor is None:
        return missing()
    return format_html(
        '<span class="pfs-number">{}</span>', amount_text(minor, currency, code=code)
    )


def day(value: date | datetime | None) -> SafeString:
    """A day, for people and for machines; a dash that is read aloud where there is none."""
    if value is None:
        return missing()
    on = local(value).date() if isinstance(value, datetime) else value
    return _day_in(on, get_language())


@lru_cache(maxsize=4096)
def _day_in(on: date, language: str | None) -> SafeString:
    """A day in the language spoken now; kept, for long lists say the same days again and again."""
    return format_html(
        '<time class="pfs-day" datetime="{}">{}</time>', on.isoformat(), day_words(on)
    )


def instant(value: datetime | None) -> SafeString:
    """`30 June 2026, 2:05 p.m.` in the local zone, with the zone."""
    if value is None:
        return missing()
    here = local(value)
    # Translators: how a time of day is written, in the letters of Django's date filter.
    hour = date_format(here, pgettext("format of a time of day", "g:i a T"))
    return format_html(
        '<time class="pfs-day" datetime="{}">{}, {}</time>',
        here.isoformat(timespec="seconds"),
        day_words(here),
        hour,
    )


def link(text: Text, url: str) -> SafeString:
    """A link with its text."""
    return format_html('<a class="usa-link" href="{}">{}</a>', url, text)


def missing(words: Text = "") -> SafeString:
    """A dash for the eye, a word for the ear."""
    return format_html(
        '<span aria-hidden="true">–</span><span class="usa-sr-only">{}</span>', words or _("none")
    )


def cell(value: object) -> SafeString:
    """Anything that may stand in a table or a list of facts, as HTML; plain text is escaped."""
    if value is None or value == "":
        return missing()
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return day(value)
    if value is True or value is False:
        return format_html("{}", _("Yes") if value else _("No"))
    if isinstance(value, int):
        return format_html('<span class="pfs-number">{}</span>', f"{value:,}")
    if isinstance(value, SafeString):
        return mark_safe(value)
    return format_html("{}", told(value) if isinstance(value, str) else value)
