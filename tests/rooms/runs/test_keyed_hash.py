"""Keyed-hash linkage from the key to the links: who may hold what, and what is refused."""

from __future__ import annotations

import csv
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.records.keyed_identities import LAYOUT
from payforsuccess.records.link.bloom import FIELDS
from payforsuccess.records.simulate.registers import two_registers
from payforsuccess.runs.data.retire import retire
from payforsuccess.runs.link.filters import Filtered, link_filters
from payforsuccess.runs.link.key import make_linkage_key, read_linkage_key
from payforsuccess.runs.link.link import link_people
from payforsuccess.runs.link.review import review_links
from payforsuccess.store import Store, open_store, open_vault, write_snapshot
from tests.lib.deals import a_deal
from tests.lib.feeds import cleaned
from tests.lib.folders import write_deal
from tests.lib.identities import identities
from tests.lib.parts import parts_of
from tests.lib.pfs import pfs

ON = date(2026, 3, 1)
CLEAR = (
    "given_name",
    "middle_name",
    "family_name",
    "name_suffix",
    "born_on",
    "ssn",
    "sex",
    "street",
    "city",
    "postcode",
)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def a_keyed_deal(layout: str = "keyed-identities", **plan: Any) -> Deal:
    source = {
        "layout": layout,
        "held_by": [{"name": "Alder County"}],
        "says": "made-up people",
        "complete_through": "2026-03-31",
        "refreshed": "once",
        "public": {"licence": "none", "source": "made up for a test"},
    }
    linkage = {
        "anchor": "register",
        "feeds": ["jail"],
        "threshold": "0.9",
        "method": "keyed-hash",
        "review": {"from": "0.05", "to": "0.99"},
        "key_destroyed_on": "2026-12-31",
        **plan,
    }
    return a_deal(data=[{**source, "feed": feed} for feed in ("register", "jail")], linkage=linkage)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_deal(tmp_path / "deal.yaml", a_keyed_deal())
    return tmp_path


def write_register(path: Path, register: pa.Table) -> None:
    """A made-up register as a register of deaths would write it."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["person_ref", "died_on", *CLEAR])
        for row in register.to_pylist():
            given = [row.get(name) for name in CLEAR]
            writer.writerow([row["record"], "2026-03-01", *("" if v is None else v for v in given)])


def filters_of(folder: Path, name: str, register: pa.Table, key: Path) -> Filtered:
    write_register(folder / f"{name}.csv", register)
    to = folder / f"{name}-filters.csv"
    return link_filters(folder / f"{name}.csv", layout="deaths", key=key, to=to)


def test_people_are_found_by_filters_alone(folder: Path, store: Store) -> None:
    key = folder / "key"
    make_linkage_key(folder, key)
    [part] = two_registers(150, seed=11)
    rows = []
    for feed, register in (("register", part.one), ("jail", part.other)):
        made = filters_of(folder, feed, register, key)
        assert made.people + made.without == 150
        with made.file.open(encoding="utf-8") as file:
            sent = [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]
        assert {row.pop("known_on") for row in sent} == {"2026-03-01"}
        found = cleaned(LAYOUT, {"keyed_identities": sent}, feed=feed)["identities"]
        rows += [{k: row[k] for k in ("person", "filters", "feed", "row")} for row in found]
    snapshot = write_snapshot(
        parts_of({"identities": identities(*rows)}), folder / "s", store=store
    )

    home = folder / "out" / "links"
    linked = link_people(a_keyed_deal(), snapshot, store=store, folder=home)

    jail = linked.feeds[1]
    assert 70 <= jail.matched <= 95
    assert review_links(folder).waiting == linked.waiting


def test_the_file_of_filters_holds_no_identifier(folder: Path) -> None:
    key = folder / "key"
    make_linkage_key(folder, key)
    [part] = two_registers(30, seed=11)
    made = filters_of(folder, "register", part.one, key)
    text = made.file.read_text()
    header, *rows = list(csv.reader(text.splitlines()))

    assert header == ["person_ref", "known_on", *(f"{name}_filter" for name in FIELDS)]
    for row in rows:
        for cell in row[2:]:
            assert cell == "" or (len(cell) == 256 and set(cell) <= set("0123456789abcdef"))
    names = {name for name in part.one["family_name"].to_pylist() if name}
    assert not any(name.upper() in text.upper() for name in names)


def test_other_keys_give_other_filters(folder: Path) -> None:
    [part] = two_registers(10, seed=11)
    texts = []
    for name in ("one", "other"):
        home = folder / name
        write_deal(home / "deal.yaml", a_keyed_deal())
        make_linkage_key(home, home / "key")
        texts.append(filters_of(home, "register", part.one, home / "key").file.read_text())

    assert texts[0] != texts[1]


def test_the_key_is_made_once_and_is_its_owners_alone(folder: Path) -> None:
    first = make_linkage_key(folder, folder / "one")
    second = make_linkage_key(folder, folder / "two")

    assert (first.is_new, second.is_new) == (True, False)
    assert read_linkage_key(folder / "one") == read_linkage_key(folder / "two")
    assert stat.S_IMODE((folder / "one").stat().st_mode) == 0o600
    assert first.destroyed_on == date(2026, 12, 31)
    assert read_linkage_key(folder / "one").hex() not in str(first)
    with pytest.raises(Refusal, match="such a file already"):
        make_linkage_key(folder, folder / "one")


def test_a_vault_that_opens_records_may_not_keep_the_key(folder: Path) -> None:
    """Whoever has both filters and key can look names up."""
    open_vault(folder / "vault").new_key("jail", "identities")

    with pytest.raises(Refusal, match="can look names up"):
        make_linkage_key(folder, folder / "key")


def test_a_destroyed_key_is_not_made_again(folder: Path) -> None:
    make_linkage_key(folder, folder / "key")
    order = "plan, section 9"
    gone = retire(folder, feed="linkage-key", order=order, by="A. Clerk", on=ON, as_of=ON)

    assert len(gone.certificate.keys) == 1
    assert open_vault(folder / "vault").keys_of("linkage-key") == ()
    with pytest.raises(Refusal, match="linkage key was destroyed"):
        make_linkage_key(folder, folder / "another")
    with pytest.raises(Refusal, match="Nothing is kept of linkage-key"):
        retire(folder, feed="linkage-key", order="plan, section 9", by="A. Clerk", on=ON, as_of=ON)


def test_a_legal_hold_keeps_the_key(folder: Path) -> None:
    hold = {"feeds": ["jail"], "ordered_by": "the court", "reference": "Case 7"}
    deal = a_keyed_deal().model_dump(mode="json", by_alias=True, exclude_none=True)
    held = Deal.model_validate({**deal, "legal_holds": [{**hold, "from": "2026-01-01"}]})
    write_deal(folder / "deal.yaml", held)
    make_linkage_key(folder, folder / "key")

    with pytest.raises(Refusal, match="legal hold forbids"):
        retire(folder, feed="linkage-key", order="plan, section 9", by="A. Clerk", on=ON, as_of=ON)


def test_what_is_no_key_is_refused(folder: Path) -> None:
    (folder / "key").write_text("payforsuccess linkage key 1\n00ff\n")

    with pytest.raises(Refusal, match="not a linkage key"):
        read_linkage_key(folder / "key")


def test_victim_service_records_are_refused_before_a_filter_is_made(folder: Path) -> None:
    """R118: hashed or not."""
    make_linkage_key(folder, folder / "key")
    deal = a_keyed_deal("deaths").model_dump(mode="json", by_alias=True, exclude_none=True)
    deal["data"][1]["is_victim_service"] = True
    write_deal(folder / "deal.yaml", Deal.model_validate(deal))
    (folder / "x.csv").write_text("person_ref,died_on,given_name\nP-1,2026-01-01,Alex\n")

    with pytest.raises(Refusal, match="never enter matching, hashed or not"):
        link_filters(
            folder / "x.csv",
            layout="deaths",
            key=folder / "key",
            to=folder / "out.csv",
            deal=folder,
            feed="jail",
        )
    assert not (folder / "out.csv").exists()


@pytest.mark.parametrize(
    ("deal", "said"),
    [
        (a_keyed_deal("deaths"), "clear identifiers, and people are matched by keyed hash"),
        (a_keyed_deal(method="names"), "holds keyed filters, and people are matched by names"),
    ],
)
def test_filters_are_compared_with_filters_alone(
    deal: Deal, said: str, store: Store, tmp_path: Path
) -> None:
    snapshot = write_snapshot(parts_of({"identities": identities()}), tmp_path / "s", store=store)

    with pytest.raises(Refusal, match=said):
        link_people(deal, snapshot, store=store, folder=tmp_path / "links")


def test_the_commands_write_the_key_and_the_filters(folder: Path) -> None:
    (folder / "x.csv").write_text(
        "person_ref,died_on,given_name,family_name\nP-1,2026-01-01,Alex,Example\nP-2,2026-01-02,,\n"
    )
    assert pfs("link", "key", folder, "--to", folder / "key").code == 0
    made = pfs(
        *("link", "filters", folder / "x.csv", "--layout", "deaths"),
        *("--key", folder / "key", "--to", folder / "out.csv"),
    )

    assert (made.code, made.err) == (0, "")
    assert "1 rows of filters for 1 people" in made.out
    assert (
        pfs(
            "link",
            "filters",
            folder / "x.csv",
            "--layout",
            "none",
            "--key",
            folder / "key",
            "--to",
            folder / "y.csv",
        ).code
        == 10
    )
