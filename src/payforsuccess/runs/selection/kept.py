"""What `--keep` writes beside a solicitation: terms as sealed, rankings as made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.selection.scores import Given, scores_checksum
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.selection.stored import scores_from_plain

FOLDER = "rankings"
FORMAT = 1


def keep_terms(folder: Path, checksum: str, terms: Mapping[str, object]) -> Path:
    """Write the sealed terms; the same terms always to the same file."""
    return _write(folder, f"sealed-{_short(checksum)}.json", {"sealed": checksum, "terms": terms})


def keep_ranking(folder: Path, checksum: str, made_on: date, record: Mapping[str, object]) -> Path:
    """Write the record of a ranking; one that is kept already stays as it is."""
    name = f"ranking-{made_on}-{_short(checksum)}.json"
    path = folder / FOLDER / name
    if path.exists():
        return path
    return _write(folder, name, {"checksum": checksum, "made_on": made_on.isoformat(), **record})


def kept_terms(folder: Path, sealed: str | None) -> Mapping[str, object] | None:
    """The terms that this seal was taken of, where they were kept."""
    path = folder / FOLDER / f"sealed-{_short(sealed or '')}.json"
    if sealed is None or not path.is_file():
        return None
    plain = read_json(path)
    terms = plain.get("terms") if isinstance(plain, dict) else None
    return terms if isinstance(terms, dict) else None


def kept_scores(folder: Path, solicitation: SolicitationFile) -> Sequence[Given] | None:
    """The scores of the first ranking that was kept under this seal after scores were locked."""
    for path in sorted((folder / FOLDER).glob("ranking-*.json")):
        plain = read_json(path)
        try:
            assert isinstance(plain, dict)
            made_on = date.fromisoformat(plain["made_on"])
            is_ours = plain["sealed"] == solicitation.sealed
            scores = scores_from_plain(plain["scores"])
            assert scores_checksum(scores) == plain["scores_checksum"]
        except (AssertionError, KeyError, TypeError, ValueError, AttributeError):
            raise Refusal(
                Problem(
                    "This is not a ranking that `pfs` kept, or it was changed by hand.",
                    "Put the original back; records of this kind are never edited.",
                    Place(str(path)),
                )
            ) from None
        if is_ours and made_on > solicitation.scores_lock_on:
            return scores
    return None


def _write(folder: Path, name: str, content: Mapping[str, object]) -> Path:
    path = folder / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json_bytes({"format": FORMAT, **content}))
    return path


def _short(checksum: str) -> str:
    return checksum.removeprefix("sha256:")[:12]
