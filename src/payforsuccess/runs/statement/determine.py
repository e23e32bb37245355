"""Record an evaluator's or validator's signed word on results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from payforsuccess.deal.results import Determination
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.runs.files import json_bytes, locked, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.people_rows import read_people
from payforsuccess.runs.people_names import names_of
from payforsuccess.runs.statement.determination_problems import determination_problems
from payforsuccess.runs.statement.elsewhere import from_elsewhere
from payforsuccess.runs.statement.run_behind import inputs_of, newest_run
from payforsuccess.runs.statement.to_sign import (
    chosen_of,
    not_yet_signed,
    rows_behind,
    with_people,
)
from payforsuccess.runs.study.standing import problems_of_results, seals_behind

Role = Literal["evaluator", "validator"]


def determine(
    path: DealPath,
    *,
    party: str,
    role: Role,
    signed_by: str,
    on: date,
    results: Path | None = None,
    people: Path | None = None,
    only: Sequence[str] = (),
    supersedes: int | None = None,
    reason: str | None = None,
    signature: str | None = None,
    made_elsewhere: Path | None = None,
    document: Path | None = None,
) -> Determination:
    """Sign the values of a results file (of the outcomes in `only`, or all) and put it on record.

    Where there are rows by person, their totals are signed too, for outcomes and periods that the
    results file does not state. `results` may be the folder of a run: what it found is signed, and
    the rows by person that it left.

    made_elsewhere: a file of results made elsewhere, and document the paper signed for it; both are
    kept beside the record, which says that the chain ends there.

    The values are kept as decimal text: that text is what payments read. Refuses a party without
    the role, unknown outcomes, values in slots that a standing determination already gives, and a
    value that arrives after its measurement point's last day, and one that rests on a plan which is
    not the sealed one. Returns the record, which lies in
    `out/determinations/` and is chained to the one before.
    """
    _refuse_blanks(party=party, signed_by=signed_by, reason=reason, signature=signature)
    folder = open_folder(path)
    history = folder.history()
    given = inputs_of(results, people)
    outside = from_elsewhere(history, made_elsewhere, document, signed_by, results, people, on)
    with locked(folder.out / "determinations"):
        earlier = folder.determinations()
        people_file = None if outside else folder.people_file(given.people)
        rows = None if people_file is None else read_people(people_file, names_of(history))[0]
        found = (
            outside.results
            if outside is not None
            else with_people(folder.results(given.results), rows, history.latest)
        )
        if found is None:
            raise Refusal(
                Problem(
                    sentence("There are no results to determine."),
                    sentence(
                        "Name a results file with --results{folder}, or put results.yaml "
                        "beside the deal.",
                        folder=_or_a_run(folder),
                    ),
                    Place(str(folder.root)),
                )
            )
        chosen = not_yet_signed(chosen_of(found, only), rows, earlier, supersedes)
        record = Determination(
            format=1,
            number=len(earlier) + 1,
            party=party,
            role=role,
            signed_by=signed_by,
            on=on,
            # What is determined is stated in digits, however it was computed.
            results=tuple(
                r.model_copy(update={"is_approximate": False})
                for r in sorted(chosen, key=lambda r: r.slot)
            ),
            rows=rows_behind(chosen, rows),
            results_fingerprint=found.fingerprint,
            supersedes=supersedes,
            reason=reason,
            signature=signature,
            elsewhere=None if outside is None else outside.said,
            seals=seals_behind(folder, history, (r.outcome for r in chosen)),
            previous=earlier[-1].fingerprint if earlier else None,
        )
        problems = determination_problems(history, record, earlier, folder.statements())
        problems += problems_of_results(folder, history, (r.outcome for r in record.results))
        if problems:
            raise Refusal(problems)
        if outside is not None:
            outside.keep(folder.out / "determinations", record.number)
        _write(folder, record)
    return record


def _refuse_blanks(**texts: str | None) -> None:
    blank = [name for name, text in texts.items() if text is not None and not text.strip()]
    if blank:
        raise Refusal(
            [
                Problem(
                    sentence("Nothing is written for --{name}.", name=name.replace("_", "-")),
                    sentence("Write a text."),
                )
                for name in blank
            ]
        )


def _or_a_run(folder: DealFolder) -> str:
    """The words that name the newest run, where there is one."""
    run = newest_run(folder)
    if run is None:
        return ""
    return sentence(", such as the newest run's folder, {run}", run=str(run))


def _write(folder: DealFolder, record: Determination) -> None:
    path = folder.out / "determinations" / f"{record.number:04d}.json"
    content = {
        "determination": record.as_plain(),
        "fingerprint": record.fingerprint,
    }
    write_whole(path, json_bytes(content))
