"""What was given out is kept, chained, and holds back what would tell a difference."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.disclosure import HIDDEN, Facts, suppress, suppress_next
from payforsuccess.errors import Refusal
from payforsuccess.runs.measure.equity_rates import Counted, breakdowns, facts_of
from payforsuccess.runs.measure.releases import releases_of, write_release

ON = date(2026, 1, 1)


def counted(enrolled: int, referred: int) -> list[Counted]:
    return [
        Counted("enrolled", "referred", "sex", {"f": (40, 100), "m": (enrolled, referred)}),
        Counted("enrolled", "referred", "language", {"en": (enrolled + 40, referred + 100)}),
    ]


def given_out(folder: Path, *tables: Facts) -> None:
    for facts in tables:
        earlier = releases_of(folder)
        write_release(folder, "equity", facts, suppress_next(earlier, facts), as_of=ON)


def test_a_release_comes_back_as_it_was_written(tmp_path: Path) -> None:
    facts = facts_of(counted(5, 60))
    release = suppress(facts)
    assert write_release(tmp_path, "equity", facts, release, as_of=ON) == 1
    [(again, given)] = releases_of(tmp_path)
    assert again == facts
    assert dict(given.shown) == dict(release.shown)
    assert given.hidden == release.hidden
    # it holds the hidden numbers too
    assert (tmp_path / "0001-equity.json").stat().st_mode & 0o077 == 0


def test_the_next_release_hides_what_would_tell_a_difference_of_three(tmp_path: Path) -> None:
    """R112: two releases that differ by three people do not show it."""
    given_out(tmp_path, facts_of(counted(30, 60)))
    facts = facts_of(counted(33, 90))
    release = suppress_next(releases_of(tmp_path), facts)
    assert release.text_of("enrolled/sex/m") == HIDDEN
    assert release.text_of("enrolled") == HIDDEN


def test_the_first_table_of_two_is_shown_whole() -> None:
    tables = breakdowns(counted(30, 60), suppress(facts_of(counted(30, 60))))
    by_sex = {row.group: (row.did, row.of, row.rate) for row in tables[0].rows}
    assert by_sex["m"] == ("30", "60", "50% (38% to 62%)")
    assert by_sex["everyone"] == ("70", "160", "44% (36% to 51%)")


def test_a_rate_is_hidden_with_its_numerator() -> None:
    tables = breakdowns(counted(5, 60), suppress(facts_of(counted(5, 60))))
    row = next(row for row in tables[0].rows if row.group == "m")
    assert (row.did, row.rate) == (HIDDEN, HIDDEN)


@pytest.mark.parametrize("what", ["changed", "missing"])
def test_a_changed_or_missing_release_is_told(tmp_path: Path, what: str) -> None:
    given_out(tmp_path, facts_of(counted(30, 60)), facts_of(counted(30, 60)))
    first = tmp_path / "0001-equity.json"
    if what == "missing":
        first.unlink()
    else:
        plain = json.loads(first.read_text("utf-8"))
        plain["release"]["shown"] = []
        first.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(Refusal, match="changed after it was written, or one before"):
        releases_of(tmp_path)
