"""The sealed draw of an initiative: who decides, and what was decided. The list alone knows arms.

Both holders of the seed put a share and its passphrase into PFS_HOME/lottery/INITIATIVE, in files
that the server's account alone may read: evaluator.share and evaluator.words, payor.share and
payor.words. Whoever is drawn is drawn once: asked again, the list gives the same answer.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from payforsuccess.deal.evaluation import Randomised
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.evaluation.lottery.shares import HOLDERS, Holder
from payforsuccess.evaluation.lottery.terms import LotteryTerms, terms_of
from payforsuccess.evaluation.lottery.told import PLACED, told_of
from payforsuccess.governance.initiative.voice import EthicsRecord
from payforsuccess.runs.assign.draw import Given, draw
from payforsuccess.runs.assign.ethics import ethics_in_force
from payforsuccess.runs.assign.kept import read_list
from payforsuccess.runs.assign.lottery import read_lottery
from payforsuccess.runs.assign.note import Writer, note_alias
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.initiatives.models import Initiative

MERGED = "found to be one person from two referrals"
WORDS = {"evaluator": sentence("evaluator"), "payor": sentence("payor")}


@dataclass(frozen=True)
class Said:
    """What an office is told of someone: placed or not, what to do today, until when it holds."""

    is_placed: bool
    today: str
    until: date | None


def is_by_lot(initiative: Initiative) -> bool:
    """Whether chance decides who is placed: a plan of the deal assigns people at random."""
    return any(isinstance(plan, Randomised) for plan in initiative.deal.evaluation.values())


def lottery_terms(initiative: Initiative) -> LotteryTerms | None:
    """The terms of the draw; None where there is none, or where its plans do not state it whole."""
    if not is_by_lot(initiative):
        return None
    try:
        return terms_of(initiative.deal.evaluation)
    except Refusal:
        return None


def ethics_record(initiative: Initiative, *, on: date) -> EthicsRecord:
    """The ethics record in force on a day; Refusal where there is none (R114)."""
    return ethics_in_force(open_folder(initiative.path), initiative.deal, on=on).record


def said_of(initiative: Initiative, *keys: str) -> Said | None:
    """What was told of the first key that is on the list; None where none of them was drawn."""
    folder = open_folder(initiative.path)
    listed = read_list(folder)
    for key in keys:
        drawn = listed.told_draw_of(key)
        if drawn is None:
            continue
        lottery = read_lottery(folder, on=drawn.on)
        record = ethics_in_force(folder, lottery.deal, on=drawn.on).record
        providers = [party.name for party in lottery.deal.parties if "provider" in party.roles]
        (told,) = told_of(
            listed,
            [drawn],
            terms=lottery.terms,
            provider=" or ".join(providers),
            others_receive=record.others_receive,
        )
        return Said(told.says == PLACED, told.today, told.until)
    return None


def arms_of(initiative: Initiative) -> dict[str, str]:
    """The arm that the sealed list says of each key; none where no lottery decides.

    For the feed that the evaluator reads: no page asks for it.
    """
    if not is_by_lot(initiative):
        return {}
    listed = read_list(open_folder(initiative.path))
    return {
        key: listed.drawn[person].arm
        for person in listed.drawn
        for key in sorted(listed.keys_of(person))
        if listed.draw_of(key) is listed.drawn[person]
    }


def decide(initiative: Initiative, *keys: str, facts: dict[str, str], by: str) -> None:
    """Have someone drawn under the last key, unless one of the keys is on the list already.

    Writes the list alone. Whoever is killed after it asks again and finds the draw. Refuses what
    `pfs assign draw` refuses: no ethics record in force, a lottery that is not open, a share that
    is missing or does not fit.
    """
    if said_of(initiative, *keys) is not None:
        return
    terms = terms_of(initiative.deal.evaluation)
    if terms.in_rounds:
        raise Refusal(
            Problem(
                sentence("The plan draws places as they open, among everyone who waits."),
                sentence("The evaluator draws when places open: pfs assign draw --places N."),
            )
        )
    home = custody(initiative)
    on = timezone.localdate()
    draw(
        initiative.path,
        Given(person=keys[-1], facts=tuple(f"{name}={facts[name]}" for name in terms.facts)),
        shares=[_private(home / f"{holder}.share") for holder in HOLDERS],
        passphrase=lambda holder: _words(home, holder),
        by=by,
        on=on,
        today=on,
    )


def join_keys(initiative: Initiative, first: str, second: str, *, by: str) -> None:
    """Tell the list that two keys are one person, where either was drawn; the first draw holds."""
    listed = read_list(open_folder(initiative.path))
    if second in listed.keys_of(first):
        return
    if listed.draw_of(first) is None and listed.draw_of(second) is None:
        return
    on = timezone.localdate()
    note_alias(initiative.path, first, second, Writer(by, on, on, MERGED))


def custody(initiative: Initiative) -> Path:
    """Where both holders keep their share on this server."""
    return Path(settings.HOME) / "lottery" / initiative.slug


def _words(home: Path, holder: Holder) -> str:
    return _private(home / f"{holder}.words").read_text("utf-8").strip()


def _private(path: Path) -> Path:
    """A file of a holder; Refusal where it is missing, or others than its owner may read it."""
    holder = path.stem
    if not path.is_file():
        raise Refusal(
            Problem(
                sentence(
                    "The draw is not set up on this server: the {holder} put no share here.",
                    holder=WORDS.get(holder, holder),
                ),
                sentence(
                    "Tell the evaluator. Nobody is drawn until both shares are in their place."
                ),
            )
        )
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Refusal(
            Problem(
                sentence(
                    "Others than its owner may read a file of the {holder}'s share.",
                    holder=WORDS.get(holder, holder),
                ),
                sentence(
                    "Tell the evaluator and the payor. Nobody is drawn until it is closed to "
                    "others."
                ),
            )
        )
    return path
