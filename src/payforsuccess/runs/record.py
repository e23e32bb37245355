"""What a run read and made, kept beside its outputs so that it can be done again and compared."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import json_bytes, read_json
from payforsuccess.trail import RunInput, RunOutput, RunRecord

RECORD = "run.json"
# The libraries whose versions can change a number or a byte of an output.
LIBRARIES = (
    "duckdb",
    "ibis-framework",
    "matplotlib",
    "numpy",
    "pyarrow",
    "scipy",
    "splink",
    "statsmodels",
)


def library_versions() -> tuple[tuple[str, str], ...]:
    """The versions of Python and of the libraries that are installed."""
    found = [("python", platform.python_version())]
    for name in LIBRARIES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def is_run(path: Path) -> bool:
    """Whether a path is the folder of a run."""
    return (path / RECORD).is_file()


def machine_text() -> str:
    """System and processor, as context: floats may differ in the last digits between processors."""
    return f"{platform.system()} {platform.machine()}"


def record_bytes(record: RunRecord) -> bytes:
    """The record as it is kept."""
    return json_bytes(record.as_plain())


def read_record(path: Path) -> RunRecord:
    """The record that `record_bytes` wrote; refuses anything else."""
    plain = read_json(path)
    try:
        assert isinstance(plain, dict)
        return RunRecord(
            kind=str(plain["kind"]),
            deal_fingerprint=str(plain["deal_fingerprint"]),
            code_version=str(plain["code_version"]),
            library_versions=tuple((str(k), str(v)) for k, v in plain["library_versions"].items()),
            settings=tuple((str(k), str(v)) for k, v in plain["settings"].items()),
            inputs=tuple(RunInput(**item) for item in plain["inputs"]),
            outputs=tuple(RunOutput(**item) for item in plain["outputs"]),
            started_at=str(plain["started_at"]),
            machine=str(plain["machine"]),
        )
    except (AssertionError, KeyError, TypeError, AttributeError):
        raise Refusal(
            Problem(
                "This is no run record.",
                "Name a run's folder, such as out/runs/run-0123456789ab.",
                Place(str(path)),
            )
        ) from None
