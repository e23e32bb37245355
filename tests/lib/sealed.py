"""A deal's folder with a sealed lottery on disk, and the runs on it in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from payforsuccess.evaluation.lottery.shares import Holder
from payforsuccess.runs.assign.commit import CommittedTo, OpenedLottery, commit_share, open_lottery
from payforsuccess.runs.assign.draw import Drawn, Given, draw
from payforsuccess.runs.assign.note import Writer
from payforsuccess.runs.assign.reveal import RevealedShare, reveal_share

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "src/payforsuccess/templates/randomised-reentry/deal.yaml"
TODAY = date(2026, 6, 1)
OPENED = date(2026, 3, 2)
DRAWN = date(2026, 3, 9)
PARTIES: dict[Holder, str] = {"evaluator": "Example University", "payor": "Example County"}
PEOPLE: dict[Holder, str] = {"evaluator": "Eve Name", "payor": "Pat Other"}
WORDS: dict[Holder, str] = {
    "evaluator": "five words chosen at random",
    "payor": "other words chosen by dice",
}
LOTTERY = "    lottery: {block_sizes: [4, 6, 8], excluded_for: 12 months}\n"
INITIATIVE = """\
format: 1
initiative: Coaching after prison (made up)
standing: practice
department: Example Probation
jurisdiction: Example County
contract_type: without-investors
policy_areas: [public-safety]
population: Adults released from prison who asked for a coach
started_on: 2026-01-05
uses_random_assignment: true
ethics:
- board: Example Review Board
  decision: approved
  basis: 45 CFR 46.111
  on: 2026-02-01
  expires_on: 2026-12-31
  consent: consent
  anyone_in_custody: false
  scarcity: 200 places for about 400 people who ask
  others_receive: the open job centre
  outside_lottery: people whom a court orders to be coached
  paper: {title: Decision (made up), where: file 7}
"""


@dataclass(frozen=True)
class Sealed:
    """A deal's folder, and beside it where each holder keeps its share."""

    deal: Path

    def share(self, holder: Holder) -> Path:
        return self.deal.parent / f"{holder}.share"

    @property
    def shares(self) -> tuple[Path, ...]:
        return tuple(self.share(holder) for holder in PARTIES)

    def edit(self, old: str, new: str, file: str = "deal.yaml") -> None:
        """Put another text into a file, in the place of one that stands there."""
        path = self.deal / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def commit(self, holder: Holder, **changes: Any) -> CommittedTo:
        usual: dict[str, Any] = {
            "holder": holder,
            "party": PARTIES[holder],
            "by": PEOPLE[holder],
            "to": self.share(holder),
            "passphrase": WORDS.__getitem__,
            "on": OPENED,
            "today": TODAY,
        }
        return commit_share(self.deal, **{**usual, **changes})

    def open(self, **changes: Any) -> OpenedLottery:
        usual: dict[str, Any] = {"by": "Pat Other", "on": OPENED, "today": TODAY}
        return open_lottery(self.deal, **{**usual, **changes})

    def rows(self, *people: str, on: date = DRAWN, **facts: Sequence[str]) -> Path:
        """A file of referrals, with a column for each fact."""
        path = self.deal.parent / "referrals.csv"
        lines = [",".join(("person", "referred_on", *facts))]
        for number, person in enumerate(people):
            told = [values[number % len(values)] for values in facts.values()]
            lines.append(",".join((person, str(on), *told)))
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    def draw(self, *people: str, given: Given | None = None, **changes: Any) -> Drawn:
        usual: dict[str, Any] = {
            "shares": self.shares,
            "passphrase": WORDS.__getitem__,
            "by": "Dee Third",
            "on": DRAWN,
            "today": TODAY,
        }
        given = given or Given(self.rows(*people))
        return draw(self.deal, given, **{**usual, **changes})

    def reveal(self, holder: Holder, **changes: Any) -> RevealedShare:
        usual: dict[str, Any] = {
            "passphrase": WORDS.__getitem__,
            "by": PEOPLE[holder],
            "on": TODAY,
            "today": TODAY,
        }
        return reveal_share(self.deal, self.share(holder), **{**usual, **changes})


def writer(on: date = DRAWN, **changes: Any) -> Writer:
    """Who writes an entry."""
    usual: dict[str, Any] = {"by": "Dee Third", "on": on, "today": TODAY, "reason": "a reason"}
    return Writer(**{**usual, **changes})


def a_folder_for_draws(
    path: Path, *, assignment: str = "blocked", lottery: str = LOTTERY, initiative: str = INITIATIVE
) -> Sealed:
    """The randomised template with a lottery, and an initiative with an ethics record."""
    deal = path / "deal"
    deal.mkdir(parents=True)
    text = TEMPLATE.read_text("utf-8")
    stated = f"    assignment: {assignment}\n{lottery}"
    (deal / "deal.yaml").write_text(text.replace("    assignment: individual\n", stated), "utf-8")
    if initiative:
        (deal / "initiative.yaml").write_text(initiative, "utf-8")
    return Sealed(deal)


def an_open_lottery(path: Path, **changes: Any) -> Sealed:
    """The same after both commitments and the opening."""
    sealed = a_folder_for_draws(path, **changes)
    for holder in PARTIES:
        sealed.commit(holder)
    sealed.open()
    return sealed
