"""`pfs run` on Spark from end to end: the files that DuckDB's run writes, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from payforsuccess.runs.simulate_county import simulate_county
from tests.lib.pfs import pfs

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "just-in-reach"
pytestmark = [
    pytest.mark.spark,
    pytest.mark.needs(program="java", package="openjdk-17-jre-headless"),
]


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def on_both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What two runs of one folder wrote under `out/runs/`: DuckDB's, then Spark's.

    People are matched, outcomes measured and paid; the review band is left out, for time.
    """
    folder = tmp_path_factory.mktemp("just-in-reach")
    text = (EXAMPLE / "deal.yaml").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("  review:")]
    (folder / "deal.yaml").write_text("\n".join(kept) + "\n", "utf-8")
    simulate_county(folder, people=1_000, seed=2017, enrolled=100)
    runs = folder / "out" / "runs"

    assert pfs("run", folder).code == 0
    duckdb = files_of(runs)
    shutil.rmtree(runs)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PFS_SPARK", "local[2]")
        assert pfs("run", folder).code == 0
    return duckdb, files_of(runs)


def test_both_engines_pay_and_report_the_same(
    on_both: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    duckdb, spark = on_both
    own = {name for name in duckdb if name.endswith((".sql", "/run.json"))}

    assert set(spark) == set(duckdb)
    assert {Path(name).name for name in duckdb} >= {
        "results.json",
        "statement.json",
        "ledger.csv",
        "links.json",
        "report.html",
    }
    assert [name for name in duckdb if duckdb[name] != spark[name] and name not in own] == []


def test_the_sql_that_is_filed_is_each_engines_own(
    on_both: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    """Or Spark measured nothing."""
    duckdb, spark = on_both
    filed = [name for name in duckdb if name.endswith(".sql")]

    assert filed
    assert [name for name in filed if duckdb[name] == spark[name]] == []
