"""The rates by group that were given out, kept as they were shown: no hidden number is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from payforsuccess.errors import Place, Problem, Refusal, plain_of, sentence, text_of
from payforsuccess.reports.equity import Breakdown, ShownRate
from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.trail import fingerprint

_FOLDER = Path("equity") / "given-out"


@dataclass(frozen=True)
class EquityGiven:
    """A release of `pfs equity`: its number in the register, its day, and the tables."""

    number: int
    as_of: date
    breakdowns: tuple[Breakdown, ...]


def equity_given(path: DealPath) -> EquityGiven | None:
    """The last release of rates by group; None where none was given out yet.

    Refuses one that was changed after it was written.
    """
    written = sorted((open_folder(path).out / _FOLDER).glob("[0-9][0-9][0-9][0-9].json"))
    if not written:
        return None
    plain = read_json(written[-1])
    body = plain.get("given") if isinstance(plain, dict) else None
    if (
        not isinstance(plain, dict)
        or not isinstance(body, dict)
        or plain.get("fingerprint") != fingerprint(body)
    ):
        raise Refusal(
            Problem(
                sentence("These rates by group were changed after they were written."),
                sentence("Put the original back; what was given out is never edited."),
                Place(str(written[-1])),
            )
        )
    tables = tuple(_breakdown(each) for each in body["tables"])
    return EquityGiven(int(body["number"]), date.fromisoformat(body["as_of"]), tables)


def keep_given(out: Path, given: EquityGiven) -> None:
    """Keep a release beside the results of its deal."""
    body = {
        "number": given.number,
        "as_of": given.as_of.isoformat(),
        "tables": [
            {
                "did": plain_of(each.did),
                "of": plain_of(each.of),
                "by": each.by,
                "rows": [[row.group, row.did, row.of, row.rate] for row in each.rows],
                "caution": plain_of(each.caution),
            }
            for each in given.breakdowns
        ],
    }
    content = json_bytes({"given": body, "fingerprint": fingerprint(body)})
    write_whole(out / _FOLDER / f"{given.number:04d}.json", content)


def _breakdown(plain: Mapping[str, Any]) -> Breakdown:
    did, of, caution = (text_of(plain[name]) for name in ("did", "of", "caution"))
    rows = tuple(ShownRate(*row) for row in plain["rows"])
    return Breakdown(did, of, plain["by"], rows, caution)
