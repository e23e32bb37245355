"""How ready a concept is, by a versioned set of criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.reports.readiness import doubt_text, readiness_document
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.selection.sets import criteria_set
from payforsuccess.selection.concept import ConceptFile
from payforsuccess.selection.readiness import Readiness, check_assessments, readiness_of
from payforsuccess.trail import fingerprint
from payforsuccess.units import exact_text

FILE = "concept.yaml"


@dataclass(frozen=True, repr=False)
class Assessed:
    """The readiness of a concept in words. checksum: of the concept with its scores and the set."""

    readiness: Readiness
    checksum: str
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        found = self.readiness
        criteria = found.criteria
        top = len(criteria.scale) - 1
        rows = [("", "weight", f"mean (0-{top})", "from, to", "floor")]
        rows += [
            (
                one.criterion.title,
                f"{float(one.criterion.weight):g}",
                f"{float(one.mean):.2f}",
                f"{one.lowest}, {one.highest}",
                ("-" if one.criterion.floor is None else str(one.criterion.floor))
                + (" BELOW" if one.is_below_floor else ""),
            )
            for one in found.found
        ]
        lines = [
            f"{found.concept.concept} ({found.concept.standing}), {found.concept.department}",
            f"{criteria.title}, version {criteria.version}. {criteria.says}",
            "",
            f"{found.standing}: {float(found.total):.1f} of 100; "
            f"{float(found.good_share):.0%} of the weight on evidence of grade A or B",
            f"Assessors: {', '.join(f'{n} {float(t):.1f}' for n, t in found.by_assessor)}; "
            f"spread {float(found.spread):.1f}",
            *(f"Knock-out: {each}" for each in found.knock_outs),
            *(f"Assessors differ: {doubt_text(one)}" for one in found.doubts),
            "“Ready” says nothing of a mechanism: an approved path to contract and finance is a "
            "condition of its own.",
            "",
            *in_columns(rows, right=(1, 2)),
        ]
        if found.weak:
            lines += ["", "What to do next, the heaviest loss first"]
            lines += [f"  {one.criterion.title}: {one.criterion.advice}" for one in found.weak]
        lines += ["", f"Checksum  {self.checksum}", *(f"Written  {each}" for each in self.written)]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Totals and means as exact texts."""
        found = self.readiness
        return {
            "concept": found.concept.concept,
            "standing": found.concept.standing,
            "criteria": found.criteria.name,
            "criteria_version": found.criteria.version,
            "result": found.standing,
            "is_suitable": found.is_suitable,
            "total": exact_text(found.total),
            "band": found.band.name,
            "knock_outs": found.knock_outs,
            "share_of_weight_on_good_evidence": exact_text(found.good_share),
            "assessors": [
                {"assessor": name, "total": exact_text(total)} for name, total in found.by_assessor
            ],
            "criteria_found": [
                {
                    "criterion": one.criterion.name,
                    "mean": exact_text(one.mean),
                    "lowest": one.lowest,
                    "highest": one.highest,
                    "is_below_floor": one.is_below_floor,
                    "below_floor_by": one.below,
                    "advice": one.criterion.advice if one in found.weak else "",
                }
                for one in found.found
            ],
            "checksum": self.checksum,
            "written": self.written,
        }


def assess(path: str | Path, *, to: Sequence[Path] = ()) -> Assessed:
    """The readiness of the concept in a file, or in the `concept.yaml` of a folder (R32).

    Computed again each time from the scores and the version of the set that the file names: an old
    assessment gives what it gave. to: files to write the report to, as HTML, PDF or DOCX.
    """
    check_endings(to)
    found = read_readiness(Path(path))
    written = write_document(readiness_document(found), to) if to else ()
    checksum = fingerprint([found.concept.as_plain(), found.criteria.as_plain()])
    return Assessed(found, checksum, written)


def read_readiness(path: Path) -> Readiness:
    """The readiness of a concept on file; refuses all that is wrong in it."""
    file = path / FILE if path.is_dir() else path
    if not file.exists():
        raise Refusal(
            Problem(
                f"There is no {FILE} in this folder." if path.is_dir() else "No such file.",
                "Name the file of a concept, or its folder.",
                Place(str(path)),
            )
        )
    concept = read_whole(ConceptFile, read_bytes(file), file=str(file))
    criteria = criteria_set(
        concept.criteria,
        concept.criteria_version,
        beside=file.parent,
        where=concept.place_of("criteria"),
    )
    problems = tuple(check_assessments(concept, criteria))
    if problems:
        raise Refusal(problems)
    return readiness_of(concept, criteria)
