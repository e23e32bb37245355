"""A solicitation with all that lies beside it: scores, the advisory group, what was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.governance.initiative import Initiative
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.selection.kept import kept_rankings, kept_seals
from payforsuccess.runs.selection.scores_file import read_scores, scores_path
from payforsuccess.selection.award import check_costs
from payforsuccess.selection.conflicts import (
    barred_of,
    bars,
    check_panel,
    nearly_barred,
    recusals,
)
from payforsuccess.selection.held import KeptRanking, check_held, new_ties
from payforsuccess.selection.panel import Barred
from payforsuccess.selection.rank import Ranking, left_out_of, ranking_of
from payforsuccess.selection.scores import Given, check_same, check_scores, check_whole
from payforsuccess.selection.seal import KeptSeal, check_seal
from payforsuccess.selection.solicitation import SolicitationFile, check_names
from payforsuccess.selection.stored import ranking_checksum
from payforsuccess.selection.told import said_of_like

Read = TypeVar("Read")
FILE = "solicitation.yaml"
INITIATIVE = "initiative.yaml"
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class RankedSolicitation:
    """A ranking with everything it was made from. checksum: of what went in and what came out.

    seals: those that were kept beside. kept: the rankings kept after the lock, the last of which
    stands.
    """

    file: Path
    scores_file: Path | None
    solicitation: SolicitationFile
    barred: tuple[Barred, ...]
    given: tuple[Given, ...]
    ranking: Ranking
    checksum: str
    seals: tuple[KeptSeal, ...] = ()
    kept: tuple[KeptRanking, ...] = ()

    @property
    def superseded(self) -> tuple[KeptRanking, ...]:
        """The kept rankings in whose place this one stands, because ties came to light since."""
        if self.kept and new_ties(self.solicitation, self.kept[-1]):
            return self.kept
        return self.kept[:-1]


def solicitation_file(path: Path) -> Path:
    """The file named, or `solicitation.yaml` of the folder named."""
    file = path / FILE if path.is_dir() else path
    if path.is_dir() and not file.is_file():
        raise Refusal(
            Problem(
                f"There is no {FILE} in this folder.",
                "Name the file, or write one: `pfs rank --template departmental` prints a start.",
                Place(str(path)),
            )
        )
    return file


def read_solicitation(file: Path) -> SolicitationFile:
    """The solicitation; refuses all that is wrong in it."""
    return read_whole(SolicitationFile, read_bytes(file), file=str(file), check=check_names)


def ranked_solicitation(path: Path, *, scores: Path | None = None) -> RankedSolicitation:
    """Rank what a solicitation's file and its scores hold; without scores, nothing is ranked yet.

    Refuses, all together: terms that are not sealed or not as sealed; scores that are unknown,
    twice, off the scale, late or changed after the lock; reviewers who did not declare.
    """
    file = solicitation_file(path)
    problems: list[Problem] = []
    solicitation = _tried(lambda: read_solicitation(file), problems)
    barred = _tried(lambda: _barred(file.parent, solicitation), problems)
    scores_file = _tried(lambda: scores_path(file.parent, scores), problems)
    given: tuple[Given, ...] = ()
    if scores_file is not None:
        named = scores_file
        given = _tried(lambda: read_scores(named, problems), problems) or ()
    if solicitation is None or barred is None:
        raise _refused(problems)
    seals = kept_seals(file, solicitation.solicitation)
    problems += check_seal(solicitation, seals)
    problems += check_scores(given, solicitation)
    kept = kept_rankings(file, solicitation)
    if kept:
        problems += check_same(given, kept[-1].scores, solicitation)
        problems += check_held(solicitation, barred, kept[-1])
    problems += check_panel(solicitation, given) if given else ()
    if problems:
        raise _refused(problems)
    found = bars(solicitation, barred)
    ranking = ranking_of(solicitation, given, found)
    if given:
        left_out = {each.proposal for each in left_out_of(solicitation, found)}
        problems += check_whole(
            given, solicitation, recused=recusals(solicitation), left_out=left_out
        )
        problems += check_costs(solicitation, ranking)
    if problems:
        # Nobody scores a proposal that may be barred, so what may bar it is said here as well.
        problems += [
            Problem(said_of_like(*each), "Name the firm as the file of those barred has it.")
            for each in nearly_barred(solicitation, barred)
        ]
        raise _refused(problems)
    return RankedSolicitation(
        file,
        scores_file,
        solicitation,
        barred,
        given,
        ranking,
        ranking_checksum(solicitation, given, barred, ranking),
        seals,
        kept,
    )


def _barred(folder: Path, solicitation: SolicitationFile | None) -> tuple[Barred, ...]:
    """Who may not compete; for the initial initiative its advisory group must be on file (R19)."""
    if solicitation is None:
        return ()
    file = folder / INITIATIVE
    if not solicitation.is_initial_initiative:
        return barred_of(solicitation)
    if not file.is_file():
        raise Refusal(
            Problem(
                "This is the first initiative, from which advisers are barred, and there is no "
                f"{INITIATIVE} beside that names them.",
                f"Put {INITIATIVE}, with its `advisory_group`, into the folder.",
                solicitation.place_of("is_initial_initiative"),
            )
        )
    group = read_whole(Initiative, read_bytes(file), file=str(file)).advisory_group
    return barred_of(solicitation, group)


def _refused(problems: Iterable[Problem]) -> Refusal:
    found = tuple(dict.fromkeys(problems))
    if len(found) <= MOST_PROBLEMS:
        return Refusal(found)
    more = Problem(
        f"There are {len(found) - MOST_PROBLEMS} more of these.",
        "Mend those above first; the rest are shown then.",
    )
    return Refusal((*found[:MOST_PROBLEMS], more))


def _tried(read: Callable[[], Read], problems: list[Problem]) -> Read | None:
    try:
        return read()
    except Refusal as refusal:
        problems.extend(refusal.problems)
        return None
