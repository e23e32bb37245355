"""Do a run again from the files it names and compare, name by name."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import payforsuccess
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.data.certificates import what_destroyed
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.finance.again import KINDS, look_again, main_file, terms_now
from payforsuccess.runs.folder import OUT, DealFolder, deal_root
from payforsuccess.runs.record import RECORD, library_versions, read_record
from payforsuccess.runs.run.run import run
from payforsuccess.store import open_vault, read_manifest, vault_folder
from payforsuccess.trail import RunRecord, fingerprint_bytes


@dataclass(frozen=True)
class Compared:
    """One thing of a run, then and now."""

    name: str
    is_same: bool
    difference: str = ""

    def __str__(self) -> str:
        return f"{'same     ' if self.is_same else 'DIFFERENT'}  {self.name}" + (
            f": {self.difference}" if self.difference else ""
        )


@dataclass(frozen=True)
class Replayed:
    """Every input, version and output of a run compared, in the order in which they act."""

    run: str
    compared: tuple[Compared, ...]

    @property
    def is_same(self) -> bool:
        """Whether every output came out again."""
        return all(item.is_same for item in self.compared if item.name.startswith("output"))

    @property
    def first_difference(self) -> Compared | None:
        """The first thing that differs, inputs and versions before outputs."""
        return next((item for item in self.compared if not item.is_same), None)

    def __str__(self) -> str:
        first = self.first_difference
        if first is None:
            end = f"{self.run}: every result came out again."
        elif self.is_same:
            end = f"{self.run}: every result came out again, though {first.name} differs."
        else:
            end = f"{self.run}: not reproduced. The first difference is {first.name}."
        return "\n".join([*map(str, self.compared), end])

    __repr__ = __str__


def replay(path: Path | str, *, tell: Callable[[str], None] = lambda _: None) -> Replayed:
    """Reproduce every result of a run, or name the first difference (input, code, deal version).

    A look ahead is done again with the settings, the seed and the sizes on record.
    `path` is the run's folder or its record. The run is done again in a folder of its own from the
    deal and feeds as they lie there now; nothing of the old run is touched. Refuses a run whose
    records were destroyed, with the order and the day.
    """
    record_file = Path(path) / RECORD if Path(path).is_dir() else Path(path)
    record = read_record(record_file)
    root = deal_root(record_file.parent / RECORD, main=main_file(record))
    _refuse_destroyed(record, DealFolder(root / main_file(record)))
    compared = [*_inputs(record, root), *_versions(record, root)]
    is_run = record.kind not in KINDS
    as_of, period = _settings(record, record_file) if is_run else (date.min, 0)
    with tempfile.TemporaryDirectory(prefix="pfs-replay-") as scratch:
        copy = Path(scratch) / "deal"
        left = shutil.ignore_patterns("runs", "snapshots", "bundles", "vault")
        shutil.copytree(root, copy, ignore=left)
        beside = root / "vault"
        if beside.is_dir():  # people keep the keys they have, and no key is copied
            (copy / "vault").symlink_to(beside.resolve(), target_is_directory=True)
        runs = root / OUT / "runs"
        if not is_run and runs.is_dir():  # what was signed of a run is read there, and not copied
            (copy / OUT / "runs").symlink_to(runs.resolve(), target_is_directory=True)
        try:
            if is_run:
                again = run(copy, as_of=as_of, period=period, tell=tell)
                made, made_in = again.record, again.folder
            else:
                made, made_in = look_again(record, copy, beside=root)
        except Refusal as refusal:
            problem = refusal.problems[0]
            compared.append(
                Compared("output: the run", False, f"it is refused now: {problem.what}")
            )
            return Replayed(record_file.parent.name, tuple(compared))
        finally:
            _forget_keys(copy)
        compared += _outputs(record, record_file.parent, made, made_in)
    return Replayed(record_file.parent.name, tuple(compared))


def _refuse_destroyed(record: RunRecord, folder: DealFolder) -> None:
    """Refuse, with each order, a run on records that were destroyed since."""
    used = {item.fingerprint for item in record.inputs if item.name == "snapshot"}
    problems = [problem for name in sorted(used) for problem in what_destroyed(folder, name)]
    if problems:
        raise Refusal(problems)


def _forget_keys(copy: Path) -> None:
    """Take the keys of the copy's own snapshots out of the vault: nothing else is under them."""
    manifests = list((copy / "out" / "snapshots").glob("*/snapshot.json"))
    if not manifests or not vault_folder(copy).is_dir():
        return
    found = [part.key for path in manifests for part in read_manifest(path.parent).parts]
    open_vault(vault_folder(copy)).forget(key for key in found if key is not None)


def _settings(record: RunRecord, file: Path) -> tuple[date, int]:
    """The day and the period the run was done for."""
    settings = dict(record.settings)
    try:
        return date.fromisoformat(settings["as of"]), int(settings["period"])
    except (KeyError, ValueError):
        raise Refusal(
            Problem(
                "This record does not say for which day and period the run was done.",
                "Put the original back; records of this kind are never edited.",
                Place(str(file)),
            )
        ) from None


def _inputs(record: RunRecord, root: Path) -> list[Compared]:
    compared: list[Compared] = []
    for item in record.inputs:
        if not item.path:
            continue
        path = root / item.path
        if not path.is_file():
            compared.append(Compared(f"input {item.path}", False, "it is no longer there"))
            continue
        now = fingerprint_bytes(read_bytes(path, largest=1 << 40))
        same = now == item.fingerprint
        compared.append(
            Compared(f"input {item.path}", same, "" if same else "its content has changed")
        )
    return compared


def _versions(record: RunRecord, root: Path) -> list[Compared]:
    now = dict(library_versions())
    compared = [_version("payforsuccess", record.code_version, payforsuccess.__version__)]
    for name, then in record.library_versions:
        compared.append(_version(name, then, now.get(name, "not installed")))
    try:
        deal = terms_now(record, root).terms_fingerprint
    except Refusal:
        deal = "unreadable"
    same = deal == record.deal_fingerprint
    compared.append(Compared("deal version", same, "" if same else "its terms have changed"))
    return compared


def _version(name: str, then: str, now: str) -> Compared:
    return Compared(f"code {name}", then == now, "" if then == now else f"{then} then, {now} now")


def _outputs(
    then: RunRecord, then_folder: Path, now: RunRecord, now_folder: Path
) -> list[Compared]:
    compared: list[Compared] = []
    made = {item.name: item.fingerprint for item in now.outputs}
    for item in then.outputs:
        again = made.get(item.name)
        said = ""
        kept = then_folder / item.path
        if not kept.is_file() or fingerprint_bytes(kept.read_bytes()) != item.fingerprint:
            said = "the file kept with the run was changed or removed"
        elif again is None:
            said = "it is not made any more"
        elif again != item.fingerprint:
            said = _first_difference(kept, now_folder / item.path)
        compared.append(Compared(f"output {item.name}", not said, said))
    return compared


def _first_difference(then: Path, now: Path) -> str:
    """The first key of two JSON files, or the first line of two texts, that differs."""
    if then.suffix == ".json":
        path = _differs(json.loads(then.read_bytes()), json.loads(now.read_bytes()), "")
        return f"it differs at {path}" if path else "its spelling differs"
    old, new = then.read_bytes().splitlines(), now.read_bytes().splitlines()
    for number, (one, other) in enumerate(zip(old, new, strict=False), 1):
        if one != other:
            return f"it differs from line {number} on"
    return f"it has {len(new)} lines; it had {len(old)}"


def _differs(old: object, new: object, path: str) -> str:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(k for k in new if k not in old)]:
            if key not in old or key not in new:
                return f"{path}.{key}".lstrip(".")
            found = _differs(old[key], new[key], f"{path}.{key}")
            if found:
                return found
        return ""
    if isinstance(old, list) and isinstance(new, list):
        for at, (one, other) in enumerate(zip(old, new, strict=False)):
            found = _differs(one, other, f"{path}[{at}]")
            if found:
                return found
        return "" if len(old) == len(new) else f"{path} (its length)".lstrip(".")
    return "" if old == new else path.lstrip(".")
