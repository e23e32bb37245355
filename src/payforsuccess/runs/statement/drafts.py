"""Which draft a statement is issued from."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.folder import DealFolder


def newest_draft(folder: DealFolder) -> Path:
    """The draft to issue: the one for the next statement, else the last that was issued."""
    waiting = waiting_drafts(folder, len(folder.statements()) + 1)
    if waiting:
        return only_draft(folder, waiting)
    drafts = sorted((folder.out / "drafts").glob("statement-*.json"))
    if not drafts:
        raise Refusal(
            Problem(
                "There is no draft to issue.",
                "Make one with `pfs pay`.",
                Place(str(folder.root)),
            )
        )
    newest_number = drafts[-1].name.split("-period-")[0]
    return only_draft(folder, [path for path in drafts if path.name.startswith(newest_number)])


def waiting_drafts(folder: DealFolder, number: int) -> list[Path]:
    """The drafts there are for the statement of a number."""
    return sorted((folder.out / "drafts").glob(f"statement-{number:04d}-period-*.json"))


def only_draft(folder: DealFolder, same: list[Path]) -> Path:
    """The one draft of a statement; refuses to choose among several."""
    if len(same) > 1:
        raise Refusal(
            Problem(
                f"There are {len(same)} drafts for one statement: "
                f"{', '.join(path.name for path in same)}.",
                "Name the one to issue with --draft.",
                Place(str(folder.out / "drafts")),
            )
        )
    return same[0]
