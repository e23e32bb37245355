"""The page of one person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.basis import CONSENT_WORDS, sees_bookings
from payforsuccess.web.people.caseload import Someone, address, people_of
from payforsuccess.web.people.opened import WHO_WRITES, is_own
from payforsuccess.web.people.shown import ConsentShown, WrongShown
from payforsuccess.web.people.views.finding import own_enrolment
from payforsuccess.web.people.words import MISSING, WHERE, Text, language_word
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told

OWN = Case(is_own=True)
MOST_CONTACTS = 20
PAGES = (
    "contact",
    "ask",
    "consent",
    "reach",
    "move-in",
    "move-out",
    "leave",
    "correct",
    "wrong",
)


@needs("see-own-caseload", case=OWN)
def one(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """What is so, what to do next, and what was done."""
    row = own_enrolment(access, code, to_read=True)
    may_write = is_own(access, row)
    follow_ups = list(row.follow_ups.select_related("owner", "asked_by"))
    open_ = [each for each in follow_ups if each.closed_on is None]
    (someone,) = people_of(
        access,
        [row],
        follow_ups=open_,
        homes={row.pk: list(row.placements.all())},
        answers={row.participant_id: list(row.participant.consents.all())},
    )
    contacts = list(row.contacts.select_related("by")[: MOST_CONTACTS + 1])
    context = {
        "one": someone,
        "row": row,
        "may_write": may_write,
        "next": _next(someone, access) if may_write else (told(WHO_WRITES), "", ""),
        "links": {p.replace("-", "_"): address(p, access, code) for p in PAGES},
        "today": address("today", access),
        "rights": address("rights", access),
        "goals": [(c, *WHERE[c.where]) for c in someone.courses],
        "contacts": contacts[:MOST_CONTACTS],
        "are_more": len(contacts) > MOST_CONTACTS,
        "sees_notes": bool(access.may("see-notes-and-health", OWN)),
        "follow_ups": follow_ups,
        "homes": _homes(someone),
        "consents": [ConsentShown(each, access.on) for each in row.participant.consents.all()],
        "wrong": [WrongShown(each, access.on) for each in row.wrong_records.all()],
        "sees_bookings": sees_bookings(access, someone.basis),
        "gaps": [MISSING[gap] for gap in someone.gaps],
        "unasked": [CONSENT_WORDS.get(each, each) for each in someone.unasked if each],
        "facts": _facts(someone, access),
    }
    return render(request, "people/one.html", context)


def _next(one: Someone, access: Access) -> tuple[Text, str, Text]:
    code = one.enrolment.public_id
    contact = address("contact", access, code)
    if one.enrolment.exited_on is not None:
        return _("Nothing: the person has left the programme."), "", ""
    if one.news is not None:
        return _("There is news from the jail. Find out how to help."), contact, _("Log a contact")
    if one.overdue:
        url = address("follow-up", access, code, one.overdue[0].public_id)
        return _("A follow-up is overdue."), url, _("Say what came of it")
    if one.next_goal is not None and one.next_goal.where == "out-of-home":
        url = address("move-in", access, code)
        return _("Find a new home. Record it on the day of moving in."), url, _("Moved in")
    if one.is_quiet:
        said = _("Speak with the person: no contact for %(days)s days.") % {"days": one.quiet_days}
        return said, contact, _("Log a contact")
    if one.gaps:
        page = {"consent": "consent", "way-to-reach": "reach", "lease-day": "correct"}
        url = address(page.get(one.gaps[0], "contact"), access, code)
        said = _("Complete what is missing: %(what)s.") % {"what": MISSING[one.gaps[0]]}
        return said, url, _("Complete it")
    if one.check_due is not None:
        said = _("Make sure that the person still lives there before the check on %(day)s.")
        return said % {"day": cells.day_words(one.check_due)}, contact, _("Log a contact")
    return _("Nothing is urgent. Log each contact on the day."), contact, _("Log a contact")


def _homes(one: Someone) -> Table:
    rows = []
    for home in one.homes:
        nights = max(((min(home.moved_out_on or one.on, one.on)) - home.moved_in_on).days, 0)
        rows.append((home.moved_in_on, home.leased_on, home.moved_out_on, nights))
    return Table(
        caption=_("Homes, with the nights up to last night"),
        columns=(
            Column(_("Moved in")),
            Column(_("Lease signed")),
            Column(_("Moved out")),
            Column(_("Nights"), is_number=True),
        ),
        rows=rows,
        empty=_("No home yet."),
    )


def _facts(one: Someone, access: Access) -> list[tuple[object, ...]]:
    row, person = one.enrolment, one.person
    details = getattr(person, "contact_details", None)
    found: list[tuple[object, ...]] = [
        (_("Date of birth"), person.born_on),
        (_("Language"), language_word(person.language)),
        (_("Site"), row.site),
        (_("Case manager"), row.case_manager.full_name),
        (_("Enrolled"), row.enrolled_on),
        (_("Days housed"), one.nights, _("up to last night")),
    ]
    if row.exited_on is not None:
        found += [(_("Left"), row.exited_on), (_("How"), row.get_exit_kind_display())]
    if access.may("see-contact-details", OWN):
        found += [
            (_("Telephone"), details.telephone if details else ""),
            (_("Address"), details.address if details else ""),
            (_("Unit"), details.unit if details else ""),
        ]
    return found
