"""What waits for one reader on any page of an initiative: their own turn, most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payforsuccess.errors import Refusal
from payforsuccess.governance.initiative.initiative import Initiative as OnRecord
from payforsuccess.runs.finance.capital_file import FILE as CAPITAL
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.initiative.files import FILE, initiative_folder
from payforsuccess.runs.study.kept import read_looks
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.queries import disclosures_in, openings_in, waiting_in
from payforsuccess.web.amendments.queries import waits_for as amendment_asked
from payforsuccess.web.initiatives.arms import AT_A_LOOK, planned_looks
from payforsuccess.web.investor.books import read_books
from payforsuccess.web.investor.own import parties_of
from payforsuccess.web.investor.words import (
    address_of,
    is_turn_of,
    label_of,
    sentence_of,
)
from payforsuccess.web.payments.book import Book
from payforsuccess.web.payments.turns import is_mine, next_for, next_in_books
from payforsuccess.web.people.models import HarmReport
from payforsuccess.web.people.open_matters import waiting_for as open_matters
from payforsuccess.web.people.shown import HarmShown
from payforsuccess.web.ui.cells import day_words

Next = tuple[str, str, str]
"""What to do next: a sentence, an address (which may be empty), and the label of its link."""


def waiting_for(access: Access, book: Book | None = None) -> list[Next]:
    """Everything that waits for the reader; empty where nothing does."""
    return [
        *_harm(access),
        *open_matters(access),
        *_payments(access, book),
        *_amendments(access),
        *_capital(access),
        *_for_counsel(access),
        *_looks(access),
        *_promises(access),
    ]


def on_record(path: Path) -> OnRecord | None:
    """What `initiative.yaml` says, read once for each change of it; None without one."""
    file = path / FILE
    if not file.is_file():
        return None
    stat = file.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, _size: int) -> OnRecord | None:
    return initiative_folder(path).read(OnRecord, FILE)


def _payments(access: Access, book: Book | None) -> Iterator[Next]:
    if not access.may("see-terms-and-statements"):
        return
    pages = (book or Book(access.initiative, on=access.on)).pages
    found = next_for(access, [page for page in reversed(pages) if is_mine(access, page)])
    yield from (each for each in (found, next_in_books(access)) if each)


def _harm(access: Access) -> Iterator[Next]:
    """Of reports of harm: whom to tell by when, and that placements stop (R121)."""
    knows, acts = access.may("see-harm-log"), access.may("report-harm")
    if not (knows or acts):
        return
    open_ones = HarmReport.objects.filter(initiative=access.initiative, settled_on=None)
    for one in (HarmShown(each, access.on) for each in open_ones.order_by("reported_on", "pk")):
        words = {"number": one.report.number, "day": day_words(one.found.due)}
        if knows and acts and one.found.untold:
            url = reverse("people:harm-one", args=[access.initiative.slug, one.report.public_id])
            told = _(
                "Tell the payor and the participant group of report %(number)s by %(day)s, and "
                "record it."
            )
            yield told % words, url, _("Open the report")
        elif one.found.is_stop:
            url = reverse("people:harm", args=[access.initiative.slug])
            stopped = _("New placements are stopped until report %(number)s is settled.")
            yield stopped % words, url, _("See the reports")


def _amendments(access: Access) -> Iterator[Next]:
    asked = amendment_asked(access)
    if asked is not None:
        words = _("Amendment %(number)d waits for your answer.") % {"number": asked.number}
        url = reverse("amendments:one", args=[access.initiative.slug, asked.public_id])
        yield words, url, _("Read it, and answer")


def _capital(access: Access) -> Iterator[Next]:
    """The first turn of the reader in the books of capital; faults in them stand on their page."""
    if not access.may("see-investor-pack"):
        return
    if not (access.initiative.path / CAPITAL).is_file():
        return
    try:
        books = read_books(access)
    except Refusal:
        return
    for each in books.status.waits:
        url = address_of(access, each)
        if url and is_turn_of(access, each):
            yield (
                sentence_of(books.record, each, pays=each.who in parties_of(access)),
                url,
                label_of(each),
            )
            return


def _for_counsel(access: Access) -> Iterator[Next]:
    if not access.may("approve-disclosure"):
        return
    given = waiting_in(access).count()
    if given:
        words = ngettext(
            "%(n)d role that determines, approves or pays waits for you to confirm it.",
            "%(n)d roles that determine, approve or pay wait for you to confirm them.",
            given,
        )
        url = reverse("accounts:roles", args=[access.initiative.slug])
        yield words % {"n": given}, url, _("See the roles")
    opened = openings_in(access).filter(looked_at=None).count()
    if opened:
        words = ngettext(
            "%(n)d record was opened in an emergency. Judge it within two days.",
            "%(n)d records were opened in an emergency. Judge them within two days.",
            opened,
        )
        url = reverse("accounts:openings", args=[access.initiative.slug])
        yield words % {"n": opened}, url, _("See the openings")
    asked = disclosures_in(access).filter(decided_at=None).count()
    if asked:
        words = ngettext(
            "%(n)d disclosure to law enforcement waits for your decision.",
            "%(n)d disclosures to law enforcement wait for your decision.",
            asked,
        )
        url = reverse("accounts:disclosures", args=[access.initiative.slug])
        yield words % {"n": asked}, url, _("See the disclosures")


def _looks(access: Access) -> Iterator[Next]:
    """The first planned look that is due and that this reader has not read."""
    if not access.may("see-outcomes-by-arm", AT_A_LOOK):
        return
    due = [each for each in planned_looks(access.initiative.deal) if each.on <= access.on]
    if not due:
        return
    kept = read_looks(open_folder(access.initiative.path))
    read = {one.look for one in kept if one.by == access.user.full_name}
    for each in due:
        if each.name not in read:
            words = _("The look “%(look)s” was due on %(day)s.")
            words = words % {"look": each.name, "day": day_words(each.on)}
            url = reverse("initiatives:look", args=[access.initiative.slug, each.name])
            yield words, url, _("Read the look")
            return


def _promises(access: Access) -> Iterator[Next]:
    found = on_record(access.initiative.path)
    actions = found.actions if found else ()
    name, on = access.user.full_name, access.on
    mine = [each for each in actions if each.owner == name and each.is_open(on=on)]
    for one in sorted(mine, key=lambda each: each.due):
        words = _("You promised by %(day)s: %(says)s")
        yield words % {"day": day_words(one.due), "says": one.says}, "", ""
