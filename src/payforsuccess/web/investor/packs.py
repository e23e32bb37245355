"""The quarter's pack on disk: made once for what it rests on, and downloaded from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.runs.folder import DealFolder
from payforsuccess.trail import fingerprint, fingerprint_bytes
from payforsuccess.web.initiatives.worked_out import checksum_of

CAPITAL = "capital.yaml"
FORMS = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


@dataclass(frozen=True)
class Pack:
    """The newest pack: its day, and the checksum of what it was made from."""

    on: date
    checksum: str
    home: Path

    def fits(self, folder: DealFolder) -> bool:
        """Whether deal, assumptions, determinations and the books of capital are as they were."""
        return self.checksum == rests_on(folder)

    def read(self, form: str) -> bytes:
        """The pack as `html` or `pdf`."""
        return (self.home / f"pack.{form}").read_bytes()


def rests_on(folder: DealFolder) -> str:
    """The checksum of all that a pack is made from."""
    books = folder.root / CAPITAL
    return fingerprint(
        [checksum_of(folder), fingerprint_bytes(books.read_bytes()) if books.is_file() else ""]
    )


def newest_pack(folder: DealFolder) -> Pack | None:
    """The pack made last; None before the first."""
    home = folder.out / "investors"
    if not (home / "pack.json").is_file():
        return None
    plain = cast("dict[str, str]", read_json(home / "pack.json"))
    return Pack(date.fromisoformat(plain["on"]), plain["checksum"], home)


def make_pack(folder: DealFolder, *, on: date, then: Callable[[], None] = lambda: None) -> Pack:
    """Forecast anew from the results to date, simulated on the draws that the payor sees.

    then: called once the forecast is made, before it is written. Refuses what `pfs capital --pack`
    refuses. It takes a minute or so: `jobs` calls it.
    """
    # What simulates is heavy: the worker loads it, and no page does.
    from payforsuccess.reports import write_html
    from payforsuccess.runs.document_file import WRITERS
    from payforsuccess.runs.finance.capital import capital
    from payforsuccess.runs.finance.investor_pack import pack_of

    checksum = rests_on(folder)
    document = pack_of(capital(folder.root, as_of=on), root=folder.root)
    then()
    home = folder.out / "investors"
    made = {"html": write_html(document), "pdf": WRITERS[".pdf"](document)}
    for form, content in made.items():
        write_whole(home / f"pack.{form}", content)
    write_whole(home / "pack.json", json_bytes({"on": str(on), "checksum": checksum}))
    return Pack(on, checksum, home)
