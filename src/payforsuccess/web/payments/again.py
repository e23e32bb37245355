"""What is signed in place of a determination that a newer measurement does not bear out."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.reading.reader import read_as
from payforsuccess.deal.results import Determination, Result, Results
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.payments.measured_anew import Differs
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.statement.measured_anew import measured_otherwise
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.trail import fingerprint
from payforsuccess.web.payments.results import PEOPLE, RESULTS

Slot = tuple[str, int]


@dataclass(frozen=True)
class Again:
    """The determination, what was found otherwise, and all that is signed in its place.

    The new one takes all values of the first away, so it states each of them: as the run found it,
    or, where no run of the records finds it (an estimate), as it was signed.
    """

    run: Path
    was: Determination
    differs: tuple[Differs, ...]
    results: tuple[Result, ...]

    @property
    def periods(self) -> tuple[int, ...]:
        """The periods of all values."""
        return tuple(sorted({each.period for each in self.results if each.period is not None}))

    @property
    def checksum(self) -> str:
        """What is signed by whoever saw it: others in its place have another."""
        return fingerprint(
            {
                "in_place_of": self.was.fingerprint,
                "run": self.run.name,
                "results": [each.as_plain() for each in self.results],
            }
        )

    def files(self, folder: DealFolder) -> tuple[Path, Path | None]:
        """The results, and their rows by person, written below `out/measured/`."""
        home = folder.out / "measured" / self.run.name
        results = home / f"in-place-of-{self.was.number}.json"
        plain = [each.as_plain() for each in self.results]
        write_whole(results, json_bytes({"results": plain}))
        if not (self.run / PEOPLE).is_file():
            return results, None
        people = home / f"people-in-place-of-{self.was.number}.csv"
        write_whole(people, _people_of(self.run / PEOPLE, self._slots))
        return results, people

    @property
    def _slots(self) -> set[Slot]:
        """The outcomes and periods whose rows by person are signed too."""
        signed = {(rows.outcome, rows.period) for rows in self.was.rows}
        return signed | {(each.outcome, each.period) for each in self.differs}


def again_of(folder: DealFolder, period: int) -> Again | None:
    """What is to be signed anew for a period; None where the newest run bears out what was."""
    differs = measured_otherwise(folder)
    first = next((each for each in differs if each.period == period), None)
    run = newest_run(folder)
    if first is None or run is None:
        return None
    was = next(each for each in folder.determinations() if each.number == first.determination)
    own = tuple(each for each in differs if each.determination == was.number)
    now = {each.signed.slot: each.measured for each in own}
    path = run / RESULTS
    outcomes = folder.history().latest.outcomes
    for found in read_as(Results, path.read_bytes(), file=str(path)).results:
        outcome = outcomes.get(found.outcome)
        if outcome is not None and outcome.estimate is None:
            now.setdefault(found.slot, found)
    results = tuple(now.get(each.slot, each) for each in was.results)
    return Again(run, was, own, results)


def refuse_other(again: Again | None, seen: str | None) -> Again:
    """What is to be signed; refuses where it is not what someone looked at."""
    if again is None or again.checksum != seen:
        raise Refusal(
            Problem(
                sentence("The results changed since you looked."),
                sentence("Look again, and then say whether to go on."),
            )
        )
    return again


def refuse_found_otherwise(folder: DealFolder, period: int) -> None:
    """Refuse to state a period while a result it rests on waits to be signed anew."""
    waits = sorted({each.period for each in measured_otherwise(folder) if each.period <= period})
    if waits:
        raise Refusal(
            Problem(
                sentence(
                    "The newest measurement does not bear out what was signed for period "
                    "{periods}.",
                    periods=", ".join(map(str, waits)),
                ),
                sentence("The evaluator looks at it and signs in its place; then state it."),
            )
        )


def _people_of(people: Path, slots: Collection[Slot]) -> bytes:
    """The rows by person of some outcomes and periods."""
    rows = list(csv.reader(io.StringIO(people.read_text("utf-8"))))
    outcome, period = rows[0].index("outcome"), rows[0].index("period")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [rows[0], *(row for row in rows[1:] if (row[outcome], int(row[period])) in slots)]
    )
    return text.getvalue().encode()
