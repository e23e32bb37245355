"""The ranking of a solicitation, how firm it is, its memo, its letters and its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.reports.debrief import debrief_letter
from payforsuccess.reports.selection_memo import selection_memo
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.selection.kept import keep_ranking
from payforsuccess.runs.selection.rank_text import plain_of, text_of
from payforsuccess.runs.selection.solicitations import RankedSolicitation, ranked_solicitation
from payforsuccess.selection.award import check_award
from payforsuccess.selection.calendar import what_holds
from payforsuccess.selection.held import new_ties
from payforsuccess.selection.scores import scores_checksum
from payforsuccess.selection.seal import told_of_seals
from payforsuccess.selection.stored import scores_as_plain, what_it_rests_on
from payforsuccess.selection.told import findings_of
from payforsuccess.trail import fingerprint_bytes

if TYPE_CHECKING:
    from payforsuccess.selection.sensitivity import Firmness

DRAWS = 10_000
WEIGHTS_MOVE, SCORES_MOVE = 0.2, 0.5
LETTERS_AS = ("docx",)
"""The forms of letters where none is asked for; officials finish them."""


@dataclass(frozen=True, repr=False)
class Ranked:
    """The ranking in words, with what stands on record and must not be among the `problems`.

    firmness: None where nothing is ranked, or the packages for it are not installed. holds: why
    no award may be made on the day.
    """

    found: RankedSolicitation
    on: date
    firmness: Firmness | None
    findings: tuple[Finding, ...]
    holds: tuple[str, ...]
    problems: tuple[Problem, ...]
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return text_of(
            self.found, self.firmness, self.findings, self.holds, self.written, on=self.on
        )

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """The ranking with exact scores, what was left out, and how firm it is."""
        return {
            **plain_of(self.found, self.firmness),
            "on": self.on,
            "holds": self.holds,
            "findings": self.findings,
            "problems": self.problems,
            "written": self.written,
        }


def rank(
    path: str | Path,
    *,
    on: date,
    scores: Path | None = None,
    to: Sequence[Path] = (),
    debrief: Path | None = None,
    debrief_as: Sequence[str] = LETTERS_AS,
    keep: bool = False,
    draws: int = DRAWS,
    weights_move: float = WEIGHTS_MOVE,
    scores_move: float = SCORES_MOVE,
) -> Ranked:
    """Rank the proposals of a solicitation by its sealed method (R56, R57, R149).

    on: the day for which it is told what holds an award. scores: the file of scores, else the one
    beside. to: files for the decision memo. debrief: a folder for a letter to each proposal not
    selected, in the forms of `debrief_as`: docx, pdf, html. keep: write a record beside, to which
    later scores are held. weights_move, scores_move: how far each weight, as a share of itself, and
    each score, on its scale, may move in a draw. The draws follow from the checksum of the ranking,
    so that the same scores give the same answer.
    """
    check_endings((*to, *(Path(f"letter.{form}") for form in debrief_as)))
    found = ranked_solicitation(Path(path), scores=scores)
    solicitation, ranking = found.solicitation, found.ranking
    firmness = _firmness(found, draws, weights_move, scores_move)
    result = Ranked(
        found,
        on,
        firmness,
        (
            *told_of_seals(found.seals),
            *findings_of(solicitation, found.given, found.barred, ranking, on=on),
        ),
        tuple(what_holds(solicitation, on)),
        tuple(
            check_award(solicitation, ranking, checksum=found.checksum, superseded=found.superseded)
        ),
    )
    if result.problems and (to or debrief):
        raise Refusal(result.problems)
    award = solicitation.award
    if award is not None and award.on > on and (to or debrief):
        raise Refusal(
            Problem(
                f"The award is of {award.on}, and this is made for {on}, when there was none.",
                "Give the day of the award or a later one with --as-of, or correct the day.",
                solicitation.place_of("award", "on"),
            )
        )
    if to or debrief or keep:
        _check_day(found, on)
    written: list[Path] = []
    if to:
        memo = selection_memo(
            solicitation,
            ranking,
            firmness,
            result.findings,
            found.checksum,
            superseded=found.superseded,
        )
        written += write_document(memo, to)
    if debrief is not None:
        written += _letters(found, debrief, debrief_as or LETTERS_AS, on)
    if keep:
        written.append(_kept(found, firmness, on))
    return replace(result, written=tuple(written))


def _firmness(
    found: RankedSolicitation, draws: int, weights_move: float, scores_move: float
) -> Firmness | None:
    names = [each.proposal for each in found.ranking.ranked]
    if not names or not draws or find_spec("numpy") is None:
        return None
    from payforsuccess.selection.sensitivity import Bounds, firmness_of

    return firmness_of(
        found.solicitation,
        found.ranking.counted,
        names,
        bounds=Bounds(weights_move, scores_move),
        seed=int(found.checksum.removeprefix("sha256:"), 16),
        draws=draws,
    )


def _letters(
    found: RankedSolicitation, folder: Path, forms: Sequence[str], on: date
) -> tuple[Path, ...]:
    """A letter for each proposal that is not selected; refused before there is a selection."""
    solicitation = found.solicitation
    chosen = solicitation.award.proposal if solicitation.award else None
    if chosen is None and not solicitation.intent_on:
        raise Refusal(
            Problem(
                "Nothing is selected yet, so there is nobody to write to.",
                "Announce the intended award (`intent_on`), or record the award.",
                solicitation.place_of("award"),
            )
        )
    if chosen is None and len(found.ranking.first) != 1:
        raise Refusal(
            Problem(
                "It is open who is first, so it cannot be said who was not selected.",
                "Record the award with the panel's vote.",
                solicitation.place_of("award"),
            )
        )
    chosen = chosen or found.ranking.first[0]
    written: list[Path] = []
    folder.mkdir(parents=True, exist_ok=True)
    for proposal in solicitation.proposals:
        if proposal.name != chosen:
            letter = debrief_letter(solicitation, found.ranking, proposal, chosen, on=on)
            files = [folder / f"{proposal.name}.{form}" for form in dict.fromkeys(forms)]
            written += write_document(letter, files)
    return tuple(written)


def _kept(found: RankedSolicitation, firmness: Firmness | None, on: date) -> Path:
    from payforsuccess import __version__

    before = found.superseded
    record: dict[str, object] = {
        "sealed": found.solicitation.sealed,
        "code_version": __version__,
        "inputs": [
            {"name": each.name, "fingerprint": fingerprint_bytes(read_bytes(each))}
            for each in (found.file, found.scores_file)
            if each is not None
        ],
        **{key: _days(it) for key, it in plain_of(found, firmness).items()},
        "rests_on": what_it_rests_on(found.solicitation, found.given, found.barred, found.ranking),
        "scores_checksum": scores_checksum(found.given),
        "scores": scores_as_plain(found.given),
    }
    if before:
        earlier = before[-1]
        record["supersedes"] = {
            "checksum": earlier.checksum,
            "made_on": earlier.made_on.isoformat(),
            "ties": [tie.as_plain() for _, _, tie in new_ties(found.solicitation, earlier)],
        }
    return keep_ranking(found.file.parent, found.checksum, on, record)


def _check_day(found: RankedSolicitation, on: date) -> None:
    """Nothing is written for a day on which a tie that the ranking rests on was not known."""
    days = [tie.on for reviewer in found.solicitation.panel for tie in reviewer.late_ties]
    if days and max(days) > on:
        raise Refusal(
            Problem(
                f"A later tie is of {max(days)}, and this is made for {on}, when it was not known.",
                "Give that day or a later one with --as-of.",
                found.solicitation.place_of("panel"),
            )
        )


def _days(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
