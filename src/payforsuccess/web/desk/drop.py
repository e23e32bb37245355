"""The drop folder: where holders' own transfers leave extracts, a folder for each feed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.desk.intake import PART
from payforsuccess.web.initiatives.models import Initiative

AT_REST_SECONDS = 30
"""A file that changed later than so long ago may still be coming."""
KIB = 1024


@dataclass(frozen=True)
class Dropped:
    """A file that lies there: for which feed, under which name, how large, and whether at rest."""

    feed: str
    path: Path
    size: int
    is_at_rest: bool

    @property
    def says_size(self) -> str:
        """Its size in kilobytes."""
        return f"{-(-self.size // KIB):,} KB"


def drop_folder(initiative: Initiative) -> Path:
    """Where the feeds' folders lie."""
    return Path(settings.HOME) / "drop" / initiative.slug


def dropped(initiative: Initiative, feeds: list[str]) -> Iterator[Dropped]:
    """The files that lie there for feeds of the deal; links and folders do not count."""
    for feed in feeds:
        folder = drop_folder(initiative) / feed
        if not folder.is_dir() or folder.is_symlink():
            continue
        for path in sorted(folder.iterdir()):
            if path.is_symlink() or not path.is_file() or path.name.startswith("."):
                continue
            found = path.stat()
            is_at_rest = time.time() - found.st_mtime >= AT_REST_SECONDS
            yield Dropped(feed, path, found.st_size, is_at_rest)


def parts_of(dropped: Dropped) -> Iterator[bytes]:
    """What the file holds, part by part; refuses one that the server may not read."""
    try:
        with dropped.path.open("rb") as file:
            while part := file.read(PART):
                yield part
    except PermissionError:
        raise Refusal(
            Problem(
                sentence("The server may not read this file."),
                sentence("Ask whoever runs the server to let it read what transfers leave."),
            )
        ) from None


def taken_away(dropped: Dropped) -> bool:
    """Whether the file is gone, now that it was taken."""
    try:
        dropped.path.unlink(missing_ok=True)
    except PermissionError:
        return False
    return True
