"""What `--keep` writes beside a solicitation: terms as sealed, rankings as made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.selection.held import KeptRanking, in_turn
from payforsuccess.selection.scores import scores_checksum
from payforsuccess.selection.seal import KeptSeal, standing_seals
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.selection.stored import scores_from_plain
from payforsuccess.trail import fingerprint

FOLDER = "rankings"
FORMAT = 1


def keep_terms(
    file: Path, checksum: str, terms: Mapping[str, object], *, kept_on: date, name: str
) -> Path:
    """Write the sealed terms with the day; a seal that is kept and still counts stays as it is.

    name: of the solicitation.
    """
    kept = kept_seals(file, name)
    counts = standing_seals(kept)
    if counts and counts[-1].checksum == checksum:
        return file.parent / FOLDER / _seal_name(counts[-1].kept_on, checksum)
    content = {
        "number": len(kept) + 1,
        "kept_on": kept_on.isoformat(),
        "file": file.name,
        "sealed": checksum,
        "terms": terms,
    }
    return _write(file.parent, _seal_name(kept_on, checksum), content)


def keep_ranking(folder: Path, checksum: str, made_on: date, record: Mapping[str, object]) -> Path:
    """Write the record of a ranking; one that is kept already stays as it is."""
    name = _ranking_name(made_on, checksum)
    path = folder / FOLDER / name
    if path.exists():
        return path
    return _write(folder, name, {"checksum": checksum, "made_on": made_on.isoformat(), **record})


def kept_seals(file: Path, name: str) -> tuple[KeptSeal, ...]:
    """The seals kept of this solicitation, told by the name of its file or by its own.

    Refuses one whose terms do not give its checksum.
    """
    found: list[KeptSeal] = []
    for path in sorted((file.parent / FOLDER).glob("sealed-*.json")):
        plain = read_json(path)
        try:
            assert isinstance(plain, dict)
            terms, number = plain["terms"], plain["number"]
            one = KeptSeal(number, plain["sealed"], date.fromisoformat(plain["kept_on"]), terms)
            assert isinstance(number, int) and fingerprint(terms) == one.checksum
            assert path.name == _seal_name(one.kept_on, one.checksum) and one.opens_on
            is_ours = plain["file"] == file.name or terms["solicitation"] == name
        except (AssertionError, LookupError, TypeError, ValueError, AttributeError):
            raise _changed_by_hand("a seal", path) from None
        if is_ours:
            found.append(one)
    return tuple(found)


def kept_rankings(file: Path, solicitation: SolicitationFile) -> tuple[KeptRanking, ...]:
    """The rankings of this solicitation kept after scores were locked, each in the other's place.

    The last one stands. They are told by the name of the file, by its own name, or by its seal, so
    that a new seal does not leave them behind. Refuses a record that does not give its own
    checksum, and one whose predecessor is not there.
    """
    found: list[KeptRanking] = []
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
            earlier = plain.get("supersedes") or {}
            supersedes = earlier.get("checksum", "")
            assert isinstance(supersedes, str)
            is_ours = (
                plain["sealed"] == solicitation.sealed
                or plain["solicitation"] == solicitation.solicitation
                or plain["inputs"][0]["name"] == file.name
            )
        except (AssertionError, LookupError, TypeError, ValueError, AttributeError):
            raise _changed_by_hand("a ranking", path) from None
        if is_ours and made_on > locked_on:
            found.append(KeptRanking(made_on, plain["checksum"], scores, rests_on, supersedes))
    chain = in_turn(found)
    here = {each.checksum for each in chain}
    if any(each.supersedes and each.supersedes not in here for each in found):
        raise Refusal(
            Problem(
                "A ranking that another took the place of is not here.",
                "Put its record back; rankings that were kept stay.",
                Place(str(file.parent / FOLDER)),
            )
        )
    return chain


def _changed_by_hand(what: str, path: Path) -> Refusal:
    return Refusal(
        Problem(
            f"This is not {what} that `pfs` kept, or it was changed by hand.",
            "Put the original back; records of this kind are never edited.",
            Place(str(path)),
        )
    )


def _seal_name(kept_on: date, checksum: str) -> str:
    return f"sealed-{kept_on}-{_short(checksum)}.json"


def _ranking_name(made_on: date, checksum: str) -> str:
    return f"ranking-{made_on}-{_short(checksum)}.json"


def _write(folder: Path, name: str, content: Mapping[str, object]) -> Path:
    path = folder / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json_bytes({"format": FORMAT, **content}))
    return path


def _short(checksum: str) -> str:
    return checksum.removeprefix("sha256:")[:12]
