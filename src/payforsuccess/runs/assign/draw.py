"""Draw people who were referred, and tell the referrer what to do today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.errors import Place, Problem, sentence
from payforsuccess.evaluation.lottery.drawing import (
    Occasion,
    Referral,
    draw_on_referral,
    draw_places,
    referral_problems,
)
from payforsuccess.evaluation.lottery.entries import Entry
from payforsuccess.evaluation.lottery.shares import HOLDERS, combined_seed, fits
from payforsuccess.evaluation.lottery.told import Told, told_of
from payforsuccess.governance.after import after
from payforsuccess.runs.assign.ethics import ethics_in_force
from payforsuccess.runs.assign.kept import add_entries, assignments_folder
from payforsuccess.runs.assign.lottery import (
    Lottery,
    open_problems,
    read_lottery,
    refuse,
    seal_problems,
    writing_problems,
)
from payforsuccess.runs.assign.referrals import (
    key_problems,
    named_referral,
    read_referrals,
    unknown_facts,
)
from payforsuccess.runs.assign.share_file import Passphrase, holder_of, open_share
from payforsuccess.runs.files import locked
from payforsuccess.runs.folder import DealPath, open_folder

NO_CONDITION = "Being drawn, or not, is no condition of a plea, a sentence or a release."


@dataclass(frozen=True)
class Given:
    """Whom to draw: a file of referrals, or one person with facts as `name=value`.

    places: how many places opened, where the plan draws them as they open.
    """

    file: Path | None = None
    person: str | None = None
    facts: tuple[str, ...] = ()
    places: int | None = None


@dataclass(frozen=True, repr=False)
class Drawn:
    """What the referrer is told, and the head of the list to note; no arm, no chance, no block."""

    told: tuple[Told, ...]
    head: str

    def __str__(self) -> str:
        return "\n".join([*map(str, self.told), NO_CONDITION, f"Head of the list: {self.head}"])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: what is said of each person, and nothing of arms."""
        return {
            "people": [
                {
                    "person": each.person,
                    "says": each.says,
                    "today": each.today,
                    "until": each.until,
                    "met_again": each.met_again,
                }
                for each in self.told
            ],
            "note": NO_CONDITION,
            "head": self.head,
        }


def draw(
    path: DealPath,
    given: Given,
    *,
    shares: Sequence[Path],
    passphrase: Passphrase,
    by: str,
    on: date,
    today: date,
) -> Drawn:
    """Draw the people given, each once and for ever, and put it at the end of the list.

    shares: the files of both holders; they are unlocked and combined in memory alone. Refuses
    before both commitments and the opening, after a share was published, without an ethics record
    in force, after a plan was changed, and every row that cannot be drawn. Then nobody is.
    """
    folder = open_folder(path)
    with locked(assignments_folder(folder)):
        lottery = read_lottery(folder, on=on)
        problems = writing_problems(lottery.listed, by=by, on=on, today=today)
        problems += open_problems(lottery.listed) or seal_problems(lottery)
        problems += _way_problems(lottery, given)
        refuse(problems)
        ethics = ethics_in_force(folder, lottery.deal, on=on)
        referrals = _referrals(given, lottery, on=on)
        refuse(list(referral_problems(lottery.listed, referrals, terms=lottery.terms, on=on)))
        seed = _seed(lottery, shares, passphrase)
        occasion = Occasion(on, by, ethics.fingerprint, after(on, lottery.terms.excluded_for))
        entries = _entries(lottery, referrals, given, seed=seed, occasion=occasion)
        listed = add_entries(folder, lottery.listed, entries)
    told = told_of(
        listed,
        entries,
        terms=lottery.terms,
        provider=_provider(lottery),
        others_receive=ethics.record.others_receive,
    )
    return Drawn(told, listed.head or "")


def _entries(
    lottery: Lottery,
    referrals: Sequence[Referral],
    given: Given,
    *,
    seed: bytes,
    occasion: Occasion,
) -> tuple[Entry, ...]:
    if lottery.terms.in_rounds:
        return draw_places(
            lottery.listed,
            referrals,
            places=given.places or 0,
            seed=seed,
            terms=lottery.terms,
            occasion=occasion,
        )
    return draw_on_referral(
        lottery.listed, referrals, seed=seed, terms=lottery.terms, occasion=occasion
    )


def _referrals(given: Given, lottery: Lottery, *, on: date) -> tuple[Referral, ...]:
    if given.file is not None:
        return read_referrals(given.file, lottery.terms)
    one = named_referral(given.person or "", given.facts, referred_on=on)
    cluster = one.facts.get(lottery.terms.cluster or "")
    refuse(
        unknown_facts(one.facts, lottery.terms)
        + (key_problems(cluster, "The cluster") if cluster else [])
    )
    return (one,)


def _way_problems(lottery: Lottery, given: Given) -> list[Problem]:
    if lottery.terms.in_rounds == (given.places is not None):
        return []
    if lottery.terms.in_rounds:
        how_many = sentence("The plan draws places as they open: say how many.")
        return [Problem(how_many, sentence("Give --places N."))]
    people = sentence("The plan draws people as they are referred, not places.")
    return [Problem(people, sentence("Leave --places out."))]


def _seed(lottery: Lottery, shares: Sequence[Path], passphrase: Passphrase) -> bytes:
    """The seed in memory: it is returned to the draw, and never printed or written."""
    by_holder = {holder_of(path): path for path in shares}
    missing = [holder for holder in HOLDERS if holder not in by_holder]
    if missing or len(shares) != len(HOLDERS):
        refuse(
            [
                Problem(
                    sentence("A draw takes two shares: the evaluator's and the payor's."),
                    sentence("Name both files: --share FILE --share FILE."),
                )
            ]
        )
    opened = {
        holder: open_share(path, passphrase(holder)) for holder, path in sorted(by_holder.items())
    }
    for holder, path in by_holder.items():
        one = opened[holder]
        committed = lottery.listed.commitments[holder].commitment
        if not fits(holder, one.share, one.salt, committed):
            refuse(
                [
                    Problem(
                        sentence(
                            "This is not the share that the {holder} committed to.", holder=holder
                        ),
                        sentence("Name the file that was written when the commitment was made."),
                        Place(str(path)),
                    )
                ]
            )
    return combined_seed(
        opened["evaluator"].share, opened["payor"].share, terms=lottery.terms.fingerprint
    )


def _provider(lottery: Lottery) -> str:
    names = [party.name for party in lottery.deal.parties if "provider" in party.roles]
    return " or ".join(names) or "the provider"
