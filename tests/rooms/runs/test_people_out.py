"""Rows by person leave in a bundle or an audit pack only where the agreements let them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.statement.audit_pack import audit_pack
from payforsuccess.runs.statement.bundle import bundle
from payforsuccess.runs.statement.statements import issue
from tests.lib.deals import a_deal
from tests.lib.folders import a_folder, draft, sign
from tests.lib.retiring import AGREEMENT, source


def a_statement(home: Path, people: str, **releases: str) -> Path:
    data = [
        source(feed, agreement={**AGREEMENT, "releases": may}) for feed, may in releases.items()
    ]
    values = {} if people else {"homes": ["2"]}
    a_folder(home, a_deal(data=data), people=people, **values)
    sign(home)
    draft(home)
    issue(home)
    return home


@pytest.mark.parametrize("may", ["nothing", "totals"])
def test_rows_that_an_agreement_keeps_in_leave_in_no_file(tmp_path: Path, may: str) -> None:
    home = a_statement(tmp_path, "homes,1,k1,1,jail:1", jail=may)
    for attempt in (lambda: bundle(home), lambda: audit_pack(home, seed="s")):
        with pytest.raises(Refusal, match="agreement for the feed jail lets no rows of people out"):
            attempt()
    assert not (home / "out" / "bundles").exists()
    assert not (home / "out" / "audit-packs").exists()


def test_every_agreement_that_forbids_it_is_named_with_what_to_do(tmp_path: Path) -> None:
    people = "homes,1,k1,1,jail/bookings:1;court:2"
    home = a_statement(tmp_path, people, jail="totals", court="totals", open="totals")
    with pytest.raises(Refusal) as refused:
        bundle(home)
    assert ["jail" in p.what or "court" in p.what for p in refused.value.problems] == [True, True]
    assert all("extended to person-rows" in p.do for p in refused.value.problems)


def test_rows_go_where_the_agreements_of_their_sources_let_them(tmp_path: Path) -> None:
    home = a_statement(tmp_path, "homes,1,k1,1,jail:1", jail="person-rows", court="totals")
    assert bundle(home).holds_people
    assert audit_pack(home, seed="s").drawn == 1


def test_rows_without_a_source_are_of_every_feed(tmp_path: Path) -> None:
    people = "homes,1,k1,1,jail:1\nhomes,1,k2,1,"
    home = a_statement(tmp_path, people, jail="person-rows", court="totals")
    with pytest.raises(Refusal, match="the feed court lets no rows"):
        bundle(home)


def test_a_parquet_file_without_sources_is_of_every_feed(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    a_folder(tmp_path, a_deal(data=[source("jail")]))
    rows = {"outcome": ["homes"], "period": [1], "person": ["k1"], "quantity": [1]}
    pq.write_table(pa.table(rows), tmp_path / "people.parquet")
    sign(tmp_path)
    draft(tmp_path)
    issue(tmp_path)
    with pytest.raises(Refusal, match="the feed jail lets no rows"):
        bundle(tmp_path)


def test_a_statement_on_totals_may_go(tmp_path: Path) -> None:
    home = a_statement(tmp_path, "", jail="totals")
    assert not bundle(home).holds_people
    assert "rests on totals" in str(audit_pack(home, seed="s"))


def test_a_pack_of_a_statement_in_which_nobody_has_a_part_says_so(tmp_path: Path) -> None:
    home = a_statement(tmp_path, "homes,1,k1,0,jail:1", jail="person-rows")
    assert "Nobody has a part in it" in str(audit_pack(home, seed="s"))
