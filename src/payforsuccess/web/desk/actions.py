"""Everything that the desk writes; each leaves one event.

Files and decisions are put into the deal's folder, which no database takes back; the event is
written after that and names the checksum.
"""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.files import read_bytes, write_whole
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.link.decide import Decided, decide_link
from payforsuccess.runs.link.decisions import Answer
from payforsuccess.runs.track.gaming import GamingCheck, back_dated
from payforsuccess.runs.track.looked import Looked, note_look
from payforsuccess.trail import fingerprint_bytes
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, hold, record
from payforsuccess.web.desk.forms import CLOSED_BECAUSE
from payforsuccess.web.desk.intake import Arrival, put
from payforsuccess.web.desk.links import PairShown, Queue
from payforsuccess.web.desk.models import Closing, Delivery, Unsure
from payforsuccess.web.desk.queries import is_closed
from payforsuccess.web.initiatives.parties import organisations_for
from payforsuccess.web.jobs.kinds import ENTRIES
from payforsuccess.web.jobs.own_feeds import own_feeds
from payforsuccess.web.jobs.permissions import CHECKING

REPORT = "evaluation.html"
"""The evaluator's report among the reports of an initiative."""


@action
def take(*, by: Access, source: DataSource, arrival: Arrival, came_by: str) -> Delivery:
    """Put an extract where the deal reads it; the next load reads it.

    Refuses a feed that is written from what is recorded here.
    """
    by.require("load-feeds")
    if source.feed in {own.feed for own in own_feeds(by.initiative)}:
        raise Refusal(
            Problem(
                sentence("This feed is written from what is recorded here."),
                sentence("Correct what is recorded; the next load writes the feed anew."),
            )
        )
    delivery = Delivery(
        initiative=by.initiative,
        feed=source.feed,
        files=", ".join(one.file for one in arrival.files),
        came_by=came_by,
        size=arrival.size,
        checksum=arrival.checksum,
        by=by.user,
        at=timezone.now(),
    )
    delivery.save()
    put(arrival)
    record(
        by.actor("load-feeds"),
        "feed.taken",
        delivery,
        after={"feed": source.feed, "files": delivery.files, "checksum": arrival.checksum},
    )
    return delivery


@action
def take_entries(*, by: Access, held: Path) -> GamingCheck:
    """Keep the provider's list of entries for the validator's checks; the next look reads it.

    It takes the place of the list before it. Refuses a list that cannot be counted.
    """
    by.require("validate-determinations", CHECKING)
    found = back_dated(held)
    content = read_bytes(held)
    write_whole(by.initiative.path / "out" / "checks" / ENTRIES, content, mode=0o600)
    record(
        by.actor("validate-determinations"),
        "entries.taken",
        Subject("entries", fingerprint_bytes(content)),
        after={"entries": found.looked_at.of if found.looked_at else 0},
    )
    return found


@action
def note_checks_read(*, by: Access, seen: str) -> Looked:
    """Whoever validates says that they read the checks on the newest measurement.

    seen: the checksum of the checks that were on the page.
    """
    hold()
    by.require("validate-determinations", CHECKING)
    look = note_look(open_folder(by.initiative.path), by=by.user.full_name, on=by.on, seen=seen)
    record(
        by.actor("validate-determinations"),
        "checks.read",
        Subject("checks", look.checks),
        after={"run": look.run, "on": look.on},
    )
    return look


@action
def hand_out_problems(*, by: Access, feed: str) -> None:
    """The list of a feed's refused rows leaves the application."""
    record(by.actor("load-feeds"), "feed.problems-downloaded", Subject("feed", feed))


@action
def hand_out_report(*, by: Access, content: bytes) -> bytes:
    """The evaluator's report leaves the application."""
    by.require("plan-evaluation")
    record(
        by.actor("plan-evaluation"),
        "evaluation-report.downloaded",
        Subject("evaluation-report", fingerprint_bytes(content)),
    )
    return content


@action
def look(*, by: Access, pair: PairShown) -> None:
    """A reviewer looks at the identifiers of two records."""
    by.require("review-links", Case())
    record(by.actor("review-links"), "pair.viewed", Subject("pair", pair.code), basis="link review")


@action
def decide(
    *, by: Access, queue: Queue, pair: PairShown, answer: Answer, reason: str | None
) -> Decided:
    """One person's answer on a pair; two who agree make it hold, from the next match on.

    Refuses who decided it before, and any answer once the decisions are closed.
    """
    by.require("review-links", Case(decided_by=pair.decided_by))
    if is_closed(by, queue):
        raise _closed()
    own = organisations_for(by, "review-links")[0]
    made = decide_link(
        by.initiative.path,
        pair.one,
        pair.other,
        answer=answer,
        by=by.user.full_name,
        party=own.party or own.name,
        on=by.on,
        as_of=by.on,
        reason=reason,
    )
    Unsure.objects.filter(initiative=by.initiative, code=pair.code, by=by.user).delete()
    record(
        by.actor("review-links"),
        "pair.decided",
        Subject("pair", pair.code),
        after={"answer": answer, "decision": made.decision.fingerprint},
    )
    return made


@action
def say_unsure(*, by: Access, queue: Queue, pair: PairShown) -> None:
    """The reviewer cannot tell: the pair waits for others, and comes to this one last."""
    by.require("review-links", Case(decided_by=pair.decided_by))
    if is_closed(by, queue):
        raise _closed()
    Unsure.objects.update_or_create(
        initiative=by.initiative, code=pair.code, by=by.user, defaults={"at": timezone.now()}
    )
    record(by.actor("review-links"), "pair.unsure", Subject("pair", pair.code))


@action
def close_decisions(*, by: Access, queue: Queue, reason: str = "") -> Closing:
    """Close the decisions on the latest match: what waits follows the threshold.

    reason: one of `CLOSED_BECAUSE`; refuses a closing without one while pairs wait.
    """
    by.require("load-feeds")
    found = Closing.objects.filter(initiative=by.initiative, links=queue.links).first()
    if found is not None:
        return found
    if queue.pairs and reason not in dict(CLOSED_BECAUSE):
        raise Refusal(
            Problem(
                sentence("Pairs wait for a decision, and no reason is given to close now."),
                sentence("Say why, or let the reviewers decide them first."),
            )
        )
    closing = Closing(
        initiative=by.initiative,
        links=queue.links,
        waiting=len(queue.pairs),
        by=by.user,
        at=timezone.now(),
    )
    closing.save()
    record(
        by.actor("load-feeds"),
        "decisions.closed",
        closing,
        after={"waiting": closing.waiting, "reason": reason},
    )
    return closing


def _closed() -> Refusal:
    return Refusal(
        Problem(
            sentence("The decisions on this match are closed."),
            sentence("New pairs come with the next match."),
        )
    )
