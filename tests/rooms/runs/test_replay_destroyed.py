"""A run on records that were destroyed says so; everything else is left as it was (R127)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.data.retire import retire
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.record import record_bytes
from payforsuccess.runs.run import replay as room
from payforsuccess.runs.run.replay import replay
from payforsuccess.store import Snapshot, open_vault
from payforsuccess.trail import RunInput, RunRecord
from tests.lib.retiring import TODAY, events, home, keep

__all__ = ["home"]


def recorded(home: DealFolder, snapshot: Snapshot) -> Path:
    """A run's record that rests on a snapshot."""
    record = RunRecord(
        kind="run",
        deal_fingerprint=home.history().latest.terms_fingerprint,
        code_version="0",
        library_versions=(),
        settings=(("as of", "2028-02-01"), ("period", "1")),
        inputs=(RunInput("snapshot", "", snapshot.fingerprint),),
        outputs=(),
        started_at="2028-02-01T00:00:00Z",
        machine="any",
    )
    folder = home.out / "runs" / "run-000000000000"
    folder.mkdir(parents=True)
    (folder / "record.json").write_bytes(record_bytes(record))
    return folder / "record.json"


def test_replay_says_under_which_order_and_when(home: DealFolder) -> None:
    run = recorded(home, keep(home, events("jail", 1)))
    retire(home.root, feed="jail", order="clause 9", by="A. Clerk", on=TODAY, as_of=TODAY)

    with pytest.raises(Refusal) as refused:
        replay(run)

    (problem,) = refused.value.problems
    assert problem.what == (
        "The records of jail in this snapshot were destroyed under clause 9 on 2028-02-01."
    )


def test_a_replay_leaves_no_key_of_its_own_in_the_vault(
    home: DealFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = recorded(home, keep(home, events("jail", 1)))
    before = open_vault(home.vault).keys_of("jail")

    def runs(copy: Path, *, as_of: date, **_: object) -> None:
        keep(DealFolder(copy / "deal.yaml"), events("jail", 1))
        assert len(open_vault(home.vault).keys_of("jail")) == 2
        raise KeyboardInterrupt

    monkeypatch.setattr(room, "run", runs)
    with pytest.raises(KeyboardInterrupt):
        replay(run)

    assert open_vault(home.vault).keys_of("jail") == before
