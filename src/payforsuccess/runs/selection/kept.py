"""What `--keep` writes beside a solicitation: terms as sealed, rankings as made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.selection.held import KeptRanking
from payforsuccess.selection.scores import scores_checksum
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.selection.stored import scores_from_plain
from payforsuccess.trail import fingerprint

FOLDER = "rankings"
FORMAT = 1


def keep_terms(folder: Path, checksum: str, terms: Mapping[str, object]) -> Path:
    """Write the sealed terms; the same terms always to the same file."""
    return _write(folder, f"sealed-{_short(checksum)}.json", {"sealed": checksum, "terms": terms})


def keep_ranking(folder: Path, checksum: str, made_on: date, record: Mapping[str, object]) -> Path:
    """Write the record of a ranking; one that is kept already stays as it is."""
    name = _ranking_name(made_on, checksum)
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


def kept_ranking(file: Path, solicitation: SolicitationFile) -> KeptRanking | None:
    """The first ranking of this solicitation that was kept after scores were locked.

    It is told by the name of its file, by its own name, or by its seal, so that a new seal does
    not leave it behind. Refuses a record that does not give its own checksum.
    """
    for path in sorted((file.parent / FOLDER).glob("ranking-*.json")):
        plain = read_json(path)
        try:
            assert isinstance(plain, dict)
            made_on = date.fromisoformat(plain["made_on"])
            scores = scores_from_plain(plain["scores"])
            rests_on = plain["rests_on"]
            locked_on = date.fromisoformat(rests_on["terms"]["scores_lock_on"])
            assert path.name == _ranking_name(made_on, plain["checksum"])
            assert fingerprint(rests_on) == plain["checksum"]
            assert scores_checksum(scores) == plain["scores_checksum"] == rests_on["scores"]
            is_ours = (
                plain["sealed"] == solicitation.sealed
                or plain["solicitation"] == solicitation.solicitation
                or plain["inputs"][0]["name"] == file.name
            )
        except (AssertionError, LookupError, TypeError, ValueError, AttributeError):
            raise _changed_by_hand("a ranking", path) from None
        if is_ours and made_on > locked_on:
            return KeptRanking(made_on, scores, rests_on)
    return None


def _changed_by_hand(what: str, path: Path) -> Refusal:
    return Refusal(
        Problem(
            f"This is not {what} that `pfs` kept, or it was changed by hand.",
            "Put the original back; records of this kind are never edited.",
            Place(str(path)),
        )
    )


def _ranking_name(made_on: date, checksum: str) -> str:
    return f"ranking-{made_on}-{_short(checksum)}.json"


def _write(folder: Path, name: str, content: Mapping[str, object]) -> Path:
    path = folder / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json_bytes({"format": FORMAT, **content}))
    return path


def _short(checksum: str) -> str:
    return checksum.removeprefix("sha256:")[:12]
