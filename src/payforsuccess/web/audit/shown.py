"""Entries of the log as tables and facts of pages."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from payforsuccess.errors import sentence
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import Opened
from payforsuccess.web.audit.sight import HIDDEN, Sight, sight_of
from payforsuccess.web.audit.words import field_of, kind_of, told
from payforsuccess.web.ui.cells import link
from payforsuccess.web.ui.components import Fact
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told as in_language

Text = str | Promise
SYSTEM = sentence("The system")
SHORT = 16
"""Of a checksum in a table; the entry shows all of it."""


def events(access: Access, found: Iterable[Event]) -> Table:
    """A line an entry: number, when, who, what, and to what."""
    sight = sight_of(access)
    return Table(
        caption=_("Entries of the log, the newest first"),
        columns=(
            Column(_("Entry"), is_number=True),
            Column(_("When")),
            Column(_("Who")),
            Column(_("What")),
            Column(_("To what")),
        ),
        rows=[
            (
                link(f"{event.number:,}", _address(access, "entry", event.number)),
                event.at,
                _who(event),
                told(event.verb),
                _subject(access, sight, event),
            )
            for event in found
        ],
        empty=_("Nothing in the log fits. Widen the days, or search for something else."),
        is_caption_hidden=True,
    )


def openings(access: Access, found: Iterable[Opened]) -> Table:
    """A line a person whose record was opened."""
    return Table(
        caption=_("Records that were opened, the latest first"),
        columns=(
            Column(_("Person")),
            Column(_("Times"), is_number=True),
            Column(_("First")),
            Column(_("Last")),
            Column(_("On which basis")),
        ),
        rows=[
            (
                link(each.subject, _found(access, each.subject)),
                each.times,
                each.first_at,
                each.last_at,
                "; ".join(each.bases),
            )
            for each in found
        ],
        empty=_("This account opened no record of a person in these days."),
        is_caption_hidden=True,
    )


def entry(access: Access, event: Event) -> list[tuple[Text, list[Fact]]]:
    """The groups of facts of one entry."""
    sight = sight_of(access)
    groups: list[tuple[Text, list[Fact]]] = [
        (
            _("What happened"),
            [
                Fact(_("When"), event.at),
                Fact(_("Who"), _name(event)),
                Fact(_("In the role"), role_of(event.role)),
                Fact(_("For"), event.organisation),
                Fact(_("What"), told(event.verb)),
                Fact(_("To what"), _subject(access, sight, event)),
                Fact(_("On which basis"), event.basis),
            ],
        )
    ]
    for heading, values in ((_("Before"), event.before), (_("After"), event.after)):
        if values:
            seen = sight.values(event, values)
            facts = [Fact(field_of(name), _plain(value)) for name, value in seen.items()]
            groups.append((heading, facts))
    groups.append(
        (
            _("Seals"),
            [
                Fact(_("Seal of this entry"), _sealed(event.seal)),
                Fact(_("Seal of the entry before"), _sealed(event.seal_before)),
                Fact(_("Salt"), _plain(sight.salt(event)) or "–"),
            ],
        )
    )
    return groups


def role_of(name: str) -> str:
    """The role's title; nothing for the system."""
    return in_language(ROLES[name].title) if name in ROLES else name


def _name(event: Event) -> str:
    return in_language(SYSTEM) if event.by_name == SYSTEM else event.by_name


def _who(event: Event) -> SafeString:
    role = ", ".join(part for part in (role_of(event.role), event.organisation) if part)
    if not role:
        return format_html("{}", _name(event))
    return format_html('{}<br><span class="pfs-quiet">{}</span>', _name(event), role)


def _subject(access: Access, sight: Sight, event: Event) -> SafeString | str:
    if not event.subject:
        return str(kind_of(event.subject_kind))
    if sight.subject(event) == HIDDEN:
        return format_html("{} {}", kind_of(event.subject_kind), _("hidden"))
    name = event.subject
    short = f"{name[:SHORT]}…" if len(name) > SHORT + 8 else name
    return format_html("{} {}", kind_of(event.subject_kind), link(short, _found(access, name)))


def _sealed(seal: str) -> SafeString:
    return format_html('<span class="aud-seal">{}</span>', seal or "–")


def _plain(value: object) -> object:
    if value == HIDDEN:
        return _("hidden")
    return value if isinstance(value, bool | int | None) else str(value)


def _address(access: Access, name: str, *parts: object) -> str:
    return reverse(f"audit:{name}", args=[access.initiative.slug, *parts])


def _found(access: Access, subject: str) -> str:
    return f"{_address(access, 'log')}?{urlencode({'subject': subject})}"
