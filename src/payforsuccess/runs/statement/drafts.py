"""Which draft a statement is issued from."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.runs.folder import DealFolder


def newest_draft(folder: DealFolder) -> Path:
    """The draft to issue: the one for the next statement, else the last that was issued."""
    waiting = waiting_drafts(folder, len(folder.statements()) + 1)
    if waiting:
        return only_draft(folder, waiting)
    drafts = sorted((folder.out / "drafts").glob("statement-*.json"))
    if not drafts:
        raise no_draft(folder)
    newest_number = drafts[-1].name.split("-period-")[0]
    return only_draft(folder, [path for path in drafts if path.name.startswith(newest_number)])


def no_draft(folder: DealFolder) -> Refusal:
    """What is said where nothing waits to be issued."""
    return Refusal(
        Problem(
            sentence("There is no draft to issue."),
            sentence("Make one with `pfs pay`."),
            Place(str(folder.root)),
        )
    )


def waiting_drafts(folder: DealFolder, number: int) -> list[Path]:
    """The drafts there are for the statement of a number."""
    return sorted((folder.out / "drafts").glob(f"statement-{number:04d}-period-*.json"))


def only_draft(folder: DealFolder, same: list[Path]) -> Path:
    """The one draft of a statement; refuses to choose among several."""
    if len(same) > 1:
        raise Refusal(
            Problem(
                sentence(
                    "There are {number} drafts for one statement: {names}.",
                    number=len(same),
                    names=", ".join(path.name for path in same),
                ),
                sentence("Name the one to issue with --draft."),
                Place(str(folder.out / "drafts")),
            )
        )
    return same[0]
