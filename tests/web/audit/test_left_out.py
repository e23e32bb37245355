"""What of the deals goes into no copy: every extract in which a person can be read (R143)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.runs.folder import read_deal
from payforsuccess.web.audit.left_out import left_out_of
from payforsuccess.web.demo.coaching.deal import write_deal

PUBLIC = Path(__file__).resolve().parents[3] / "examples" / "job-training"
NAMED = "given_name,family_name,arm\nSam,Ortega,services-as-usual\n"


def copied(deals: Path, to: Path) -> set[str]:
    shutil.copytree(deals, to, ignore=left_out_of(deals))
    return {str(path.relative_to(to)) for path in to.rglob("*") if path.is_file()}


def put(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(NAMED, "utf-8")


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    home = tmp_path / "deals" / "coaching"
    deal = write_deal(home, today=date(2026, 11, 22))
    for source in deal.data:
        put(home / source.path if (home / source.path).suffix else home / source.path / "one.csv")
    for other in ("feeds/old.csv", "feeds/jail/older.parquet", ".feeds-x/register.csv"):
        put(home / other)
    put(home / "vault" / "keys.key")
    put(home / "out" / "reports" / "evaluation.html")
    return tmp_path / "deals"


def test_no_extract_about_people_and_no_key_goes_into_a_copy(deals: Path, tmp_path: Path) -> None:
    names = copied(deals, tmp_path / "copy")

    assert {"coaching/deal.yaml", "coaching/out/reports/evaluation.html"} <= names
    assert not [name for name in names if "feeds" in name or "vault" in name]


def test_extracts_that_lie_elsewhere_stay_out_too(deals: Path, tmp_path: Path) -> None:
    deal = deals / "coaching" / "deal.yaml"
    text = deal.read_text("utf-8")
    deal.write_text(text.replace("file: feeds/jail\n", "file: drop/rows.csv\n"), "utf-8")
    for name in ("rows.csv", "rows.parquet", "rows.md"):
        put(deals / "coaching" / "drop" / name)

    names = copied(deals, tmp_path / "copy")

    assert [name for name in names if "drop" in name] == ["coaching/drop/rows.md"]


def test_public_data_comes_along(deals: Path, tmp_path: Path) -> None:
    (deals / "training").mkdir()
    shutil.copy(PUBLIC / "deal.yaml", deals / "training" / "deal.yaml")
    feeds = {source.path for source in read_deal(PUBLIC).data}
    for name in feeds:
        put(deals / "training" / name)

    names = copied(deals, tmp_path / "copy")

    assert feeds
    assert {name for name in names if "feeds" in name} == {f"training/{name}" for name in feeds}


def test_of_a_deal_that_cannot_be_read_all_feeds_stay_out(deals: Path, tmp_path: Path) -> None:
    (deals / "coaching" / "deal.yaml").write_text("format: [", "utf-8")

    assert not [name for name in copied(deals, tmp_path / "copy") if "feeds" in name]
