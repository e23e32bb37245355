"""The folder of a request: written whole or not at all, and never over something else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import folder_at_once


def write_new_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the folder whole; one that holds exactly these files is left as it is."""
    try:
        if target.is_dir() and any(target.iterdir()):
            there = {
                path.relative_to(target).as_posix(): path.read_bytes()
                for path in target.rglob("*")
                if path.is_file()
            }
            if there == files:
                return
        elif not target.exists() or target.is_dir():
            with folder_at_once(target) as filling:
                for name, content in files.items():
                    (filling / name).parent.mkdir(parents=True, exist_ok=True)
                    (filling / name).write_bytes(content)
            return
    except OSError as error:
        raise Refusal(
            Problem(
                f"The folder cannot be written: {error.strerror}.",
                "Check the name and the rights to it, or name another folder.",
                Place(str(target)),
            )
        ) from None
    raise Refusal(
        Problem(
            "This is a file."
            if not target.is_dir()
            else "The folder holds something else, and nothing in it is overwritten.",
            "Name a new folder with --to.",
            Place(str(target)),
        )
    )
