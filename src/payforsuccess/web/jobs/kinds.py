"""What each kind of work does: one run of the library on the initiative's folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import Http404
from django.utils import timezone

from payforsuccess.errors import Finding, Problem, Refusal, plain_of, sentence
from payforsuccess.errors.sentence import Plain
from payforsuccess.runs.data.ingest import after_the_data
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.runs.track.looked import CHECKS
from payforsuccess.web.accounts.access import Access, access_to
from payforsuccess.web.audit.actions import Actor
from payforsuccess.web.audit.checking import check_whole
from payforsuccess.web.audit.packs.making import make_packs
from payforsuccess.web.initiatives.actions import note_worked_out
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.initiatives.people_so_far import people_so_far
from payforsuccess.web.initiatives.worked_out import WorkedOut, work_out
from payforsuccess.web.investor.actions import made as pack_made
from payforsuccess.web.investor.packs import make_pack
from payforsuccess.web.jobs.bookings import jail_feeds, stays_in_jail
from payforsuccess.web.jobs.models import Job
from payforsuccess.web.jobs.own_feeds import write_own_feeds
from payforsuccess.web.people.actions import tell_booking
from payforsuccess.web.people.models import Booking

Tell = Callable[[str], None]
Result = Mapping[str, object]
"""Counts and names for the page of the job; nothing of a person."""
MOST_FINDINGS = 12
ENTRIES = "entries.csv"
"""The provider's list of entries, where a validator gave one."""


def load(job: Job, tell: Tell) -> Result:
    """Write our own feeds, read all of them, look at their quality, and tell bookings."""
    from payforsuccess.runs.run.deliver import ingest

    tell("writing our own feeds")
    own = write_own_feeds(job.initiative)
    tell("reading the feeds")
    made = ingest(job.initiative.path, tell=tell)
    told = 0
    if any(jail_feeds(job.initiative.deal)):
        tell("telling bookings")
        told = _tell_bookings(job, made.snapshot)
    return {
        "feeds": len(made.feeds),
        "own": len(own),
        "rows": sum(rows for _, rows in made.tables),
        "bookings": told,
        "findings": _findings(made.findings),
    }


def _tell_bookings(job: Job, snapshot: str) -> int:
    """Tell what is new or changed; told again, nothing is new."""
    on = timezone.localdate()
    by = _asker(job)
    known = {
        (participant, source): released
        for participant, source, released in Booking.objects.filter(
            participant__initiative=job.initiative
        ).values_list("participant_id", "source", "released_on")
    }
    told = 0
    for stay in stays_in_jail(job.initiative, snapshot, on=on):
        at = (stay.participant.pk, stay.source)
        if at in known and known[at] == stay.released_on:
            continue
        tell_booking(
            by=by,
            participant=stay.participant,
            booked_on=stay.booked_on,
            released_on=stay.released_on,
            source=stay.source,
        )
        told += 1
    return told


def link(job: Job, tell: Tell) -> Result:
    """Match the people of the feeds as the deal's plan says."""
    from payforsuccess.runs.link.show import link as match

    if job.initiative.deal.linkage is None:
        raise Refusal(
            Problem(
                sentence("This deal matches nobody: its feeds use one number for each person."),
                sentence("Measure the outcomes; there is nothing to match first."),
            )
        )
    tell("reading the feeds")
    made = match(job.initiative.path, tell=tell)
    return {"people": made.people, "waiting": made.waiting}


def measure(job: Job, tell: Tell) -> Result:
    """Everything from the feeds to a draft statement."""
    from payforsuccess.runs.run.run import run

    tell("writing our own feeds")
    write_own_feeds(job.initiative)
    made = run(job.initiative.path, tell=tell)
    differ = ", ".join(map(str, sorted({each.period for each in made.anew})))
    return {
        "run": made.name,
        "period": made.statement.period,
        "differ": differ or None,
        "remarks": len(made.findings),
    }


def evaluate(job: Job, tell: Tell) -> Result:
    """The effects as the plans of the evaluation estimate them."""
    from payforsuccess.runs.run.deliver import evaluate as estimate

    folder = open_folder(job.initiative.path)
    tell("reading the feeds")
    found = estimate(folder.root, to=folder.out / "evaluated" / "results.json", tell=tell)
    return {"plans": len(found.estimates), "remarks": len(found.findings)}


def report(job: Job, tell: Tell) -> Result:
    """The evaluator's report, with small numbers hidden."""
    from payforsuccess.runs.run.deliver import evaluate as estimate

    folder = open_folder(job.initiative.path)
    tell("reading the feeds")
    made = estimate(folder.root, report=[folder.out / "reports" / "evaluation.html"], tell=tell)
    return {"plans": len(made.estimates), "file": made.reports[0].name}


def checks(job: Job, tell: Tell) -> Result:
    """The checks a validator looks at before a determination; the page reads them from a file."""
    return make_checks(job.initiative, tell)


def make_checks(initiative: Initiative, tell: Tell) -> Result:
    """The checks of an initiative; the file names the newest measurement as they are begun."""
    from payforsuccess.runs.track.track import shown_facts

    folder = open_folder(initiative.path)
    measured = newest_run(folder)
    deal = folder.history().latest
    tell("reading the feeds")
    entries = folder.out / "checks" / ENTRIES
    found = shown_facts(
        folder,
        as_of=after_the_data(deal),
        validator=True,
        entries=entries if entries.is_file() else None,
        tell=tell,
    )
    tell("looking for signs of gaming")
    plain = [
        {
            **{name: value for name, value in check.as_plain().items() if name != "looked_at"},
            "looked_at": None if check.looked_at is None else check.looked_at.as_plain(),
            "beside": None if check.beside is None else check.beside.as_plain(),
        }
        for check in found.checks
    ]
    content = {
        "format": 1,
        "run": "" if measured is None else measured.name,
        "through": found.facts.data_through.isoformat(),
        "checks": plain,
    }
    write_whole(folder.out / "checks" / CHECKS, json_bytes(content), mode=0o600)
    return {
        "checks": len(found.checks),
        "stand_out": sum(check.stands_out for check in found.checks),
    }


def pack(job: Job, tell: Tell) -> Result:
    """The investors' pack of the quarter, from what is known today."""
    slug = job.initiative.slug
    tell("forecasting anew")
    ready = make_pack(
        open_folder(job.initiative.path),
        on=timezone.localdate(),
        then=lambda: tell("writing the report"),
    )
    pack_made(by=Actor("", "The system", initiative=slug), pack=ready)
    return {"file": f"investors-{ready.on}"}


def standing(job: Job, tell: Tell) -> Result:
    """Standing, forecast and odds anew, as the overview shows them."""
    found = work_out_standing(by=_asker(job), tell=tell)
    return {"left_out": len(found.why_not)}


def work_out_standing(*, by: Access, tell: Tell) -> WorkedOut:
    """All that takes seconds of what the overview shows, kept and told to the log."""
    found = work_out(open_folder(by.initiative.path), on=by.on, tell=tell)
    tell("counting people")
    people_so_far(by.initiative, sees_small=False, today=by.on)
    note_worked_out(by=by, found=found)
    return found


def audit_pack(job: Job, tell: Tell) -> Result:
    """Every auditor's pack that was asked for and is not made yet."""
    return {"packs": make_packs(job.initiative, tell)}


def log_check(job: Job, tell: Tell) -> Result:
    """The whole chain of the log, from its first entry on."""
    chain = check_whole(_asker(job), tell)
    return {"entries": chain.length, "broken_at": chain.broken_at}


def _asker(job: Job) -> Access:
    """Whoever asked, with the roles of today; refuses one who has none any more."""
    try:
        return access_to(job.asked_by, job.initiative.slug)
    except Http404:
        raise Refusal(
            Problem(
                sentence("Whoever asked for this has no role here any more."),
                sentence("Ask for it again."),
            )
        ) from None


def _findings(findings: Sequence[Finding]) -> list[Plain]:
    """What to know about the feeds, each once."""
    each_once = dict.fromkeys(finding.what for finding in findings)
    return [plain_of(what) for what in each_once][:MOST_FINDINGS]


DOING: dict[str, Callable[[Job, Tell], Result]] = {
    "load": load,
    "link": link,
    "measure": measure,
    "evaluate": evaluate,
    "report": report,
    "checks": checks,
    "standing": standing,
    "audit-pack": audit_pack,
    "log-check": log_check,
    "pack": pack,
}
"""The work of each kind."""
