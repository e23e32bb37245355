"""What of the deals' folders stays out of a copy: keys, and every extract with rows about people.

An extract lies as it came, with names, dates of birth and groups that everyone can read. What was
read of it is kept apart, locked; the register and the homes are written anew from the database.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Refusal
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.runs.folder import open_folder

KEYS = "vault"
"""The folder of keys inside a deal's folder."""
FEEDS = "feeds"
BEING_WRITTEN = ".feeds-"
"""How the folders begin in which our own feeds are written before they take their place."""


FORMS = (".csv", ".parquet", ".xlsx", ".zip", ".gz", ".tsv", ".txt")


def left_out_of(deals: Path) -> Callable[[str, list[str]], set[str]]:
    """Says for a folder and the names in it which of them stay out, as `shutil.copytree` asks."""
    rules = {folder: _Rule(folder) for folder in deals.iterdir() if folder.is_dir()}

    def ignore(at: str, names: list[str]) -> set[str]:
        here = Path(at)
        rule = next((rules[each] for each in (here, *here.parents) if each in rules), None)
        return {name for name in names if rule and rule.leaves_out(here / name)}

    return ignore


class _Rule:
    """For one deal's folder. Of `feeds` only what is known to be public goes into a copy.

    Of a deal that cannot be read nothing is known: all of `feeds` stays out.
    """

    def __init__(self, root: Path) -> None:
        self.feeds = root / FEEDS
        try:
            versions = open_folder(root).history().versions
        except (Refusal, OSError):
            versions = ()
        sources = [source for deal in versions for source in deal.data]
        self.public = {root / each.path for each in sources if not _is_about_people(each)}
        self.personal = {root / each.path for each in sources if _is_about_people(each)}

    def leaves_out(self, path: Path) -> bool:
        if path.name == KEYS or path.name.startswith(BEING_WRITTEN):
            return True
        if any(_is_at(path, stated) for stated in self.personal):
            return True
        if self.feeds not in path.parents:
            return False
        return not any(_is_at(path, stated) or path in stated.parents for stated in self.public)


def _is_about_people(source: DataSource) -> bool:
    layout = LAYOUTS.get(source.layout)
    return layout is None or any(
        column.sensitivity != "public" for file in layout.files for column in file.columns
    )


def _is_at(path: Path, stated: Path) -> bool:
    """Whether a file or folder is the one that a deal states, in it, or written in another form."""
    if stated in (path, *path.parents):
        return True
    is_beside = path.parent == stated.parent and path.suffix.lower() in FORMS
    return is_beside and path.name.split(".")[0] == stated.name.split(".")[0]
