"""What is remembered of the last load of each feed, so that the next can be compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.changes import LoadProfile
from payforsuccess.runs.files import json_bytes, read_json, write_whole

FILE = "last-load.json"


def read_last_load(out: Path) -> dict[str, LoadProfile]:
    """What was remembered, by feed; nothing before the first load."""
    path = out / FILE
    if not path.is_file():
        return {}
    try:
        plain = read_json(path)
        assert isinstance(plain, dict)
        return {feed: LoadProfile.from_plain(found) for feed, found in plain["feeds"].items()}
    except (AssertionError, KeyError, TypeError, ValueError, AttributeError):
        raise Refusal(
            Problem(
                "What was remembered of the last load cannot be read.",
                "Take the file away; the next load is then compared with nothing.",
                Place(str(path)),
            )
        ) from None


def keep_last_load(
    out: Path, before: Mapping[str, LoadProfile], now: Mapping[str, LoadProfile]
) -> None:
    """Remember a load. Feeds that were not in it are remembered as they were."""
    profiles = {**before, **now}
    plain = {feed: profile.as_plain() for feed, profile in sorted(profiles.items())}
    write_whole(out / FILE, json_bytes({"format": 1, "feeds": plain}))
