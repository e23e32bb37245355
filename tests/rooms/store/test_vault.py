"""The vault is private, its keys are random and kept, and what it destroys is gone as a whole."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.store import Vault, open_vault, vault_folder


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return open_vault(tmp_path / "vault")


def modes(folder: Path) -> set[tuple[bool, int]]:
    return {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in (folder, *folder.rglob("*"))}


def test_only_its_owner_can_open_the_vault_and_what_is_in_it(vault: Vault) -> None:
    vault.new_key("jail", "spells")
    vault.keys_for("jail", pa.array(["7"]))
    vault.destroy(vault.keys_of("jail")[:1], order="R1", on="2026-01-01")

    inside = modes(vault.folder) - {(False, 0o644)}  # .gitignore holds no secret

    assert inside == {(True, 0o700), (False, 0o600)}


def test_a_vault_that_others_may_read_is_refused(vault: Vault) -> None:
    vault.folder.chmod(0o750)

    with pytest.raises(Refusal, match="Others than its owner may open the vault"):
        open_vault(vault.folder)


def test_a_vault_keeps_itself_out_of_git(vault: Vault) -> None:
    assert (vault.folder / ".gitignore").read_text() == "*\n"


def test_the_vault_lies_beside_the_deal_or_where_the_setting_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PFS_VAULT", raising=False)
    assert vault_folder(Path("deal")) == Path("deal/vault")

    monkeypatch.setenv("PFS_VAULT", "/keys/of/ours")
    assert vault_folder(Path("deal")) == Path("/keys/of/ours")


def test_keys_are_random_and_kept(vault: Vault) -> None:
    one, other = vault.new_key("jail", "spells"), vault.new_key("jail", "spells")

    assert one != other and vault.key(one) != vault.key(other)
    assert len(vault.key(one)) == 32
    assert open_vault(vault.folder).key(one) == vault.key(one)
    assert vault.keys_of("jail") == tuple(sorted([one, other]))
    assert vault.keys_of("court") == ()


def test_a_missing_key_is_told_and_a_wrong_name_is_a_fault(vault: Vault) -> None:
    with pytest.raises(Refusal, match="The vault lacks the key jail/spells-x"):
        vault.key("jail/spells-x")
    with pytest.raises(ValueError, match="not the name of a key"):
        vault.key("../../etc/passwd")


def test_a_number_keeps_its_key_and_a_new_one_gets_one(vault: Vault) -> None:
    first = vault.keys_for("jail", pa.array(["7", "8", "7", None]))
    later = open_vault(vault.folder).keys_for("jail", pa.array(["9", "8", "7"]))

    assert first[0] == first[2] != first[1]
    assert not first[3].is_valid
    assert later.to_pylist()[1:] == [first[1].as_py(), first[0].as_py()]
    assert later[0].as_py() not in first.to_pylist()


def test_to_look_for_a_key_gives_none(vault: Vault) -> None:
    assert vault.known_keys("jail", pa.array(["7"])).to_pylist() == [None]
    given = vault.keys_for("jail", pa.array(["7", "8"])).to_pylist()

    assert vault.known_keys("jail", pa.array(["9", "8", None])).to_pylist() == [
        None,
        given[1],
        None,
    ]
    assert vault.keys_for("jail", pa.array(["9"])).to_pylist() != [None]


def test_a_key_for_a_number_is_sixteen_letters_of_base32(vault: Vault) -> None:
    keys = vault.keys_for("jail", pa.array([str(n) for n in range(1000)])).to_pylist()

    assert len(set(keys)) == 1000
    assert all(re.fullmatch("[a-z2-7]{16}", key) for key in keys)
    assert len({letter for key in keys for letter in key}) == 32


def test_numbers_of_two_feeds_and_of_enrolments_are_apart(vault: Vault) -> None:
    ids = pa.array(["7"])

    given = [
        vault.keys_for("jail", ids)[0].as_py(),
        vault.keys_for("court", ids)[0].as_py(),
        vault.keys_for("jail", ids, of="enrolments")[0].as_py(),
    ]

    assert len(set(given)) == 3


def test_two_vaults_give_one_number_two_keys(tmp_path: Path) -> None:
    ids = pa.array(["7"])

    assert open_vault(tmp_path / "a").keys_for("jail", ids) != open_vault(tmp_path / "b").keys_for(
        "jail", ids
    )


def test_numbers_do_not_lie_in_the_vault_in_plain_text(vault: Vault) -> None:
    vault.keys_for("jail", pa.array(["SO-1234567"] * 3))

    content = [p.read_bytes() for p in vault.folder.rglob("*") if p.is_file()]

    assert not any(b"1234567" in c for c in content)


@pytest.mark.parametrize("cut", range(0, 40, 7))
def test_many_new_and_known_numbers_mix(vault: Vault, cut: int) -> None:
    before = vault.keys_for("jail", pa.array([str(n) for n in range(20)]))
    after = vault.keys_for("jail", pa.array([str(n) for n in range(cut)] * 2)).to_pylist()

    assert after[: min(cut, 20)] == before.to_pylist()[: min(cut, 20)]
    assert after[:cut] == after[cut:] and len(set(after)) == cut


def test_an_addition_that_was_killed_leaves_the_old_numbers(vault: Vault) -> None:
    before = vault.keys_for("jail", pa.array(["7"]))
    folder = vault.folder / "numbers" / "jail" / "people"
    (folder / ".000002.locked.part").write_bytes(b"half")

    assert vault.keys_for("jail", pa.array(["7"])) == before
    assert [p.name for p in folder.iterdir()] == ["000001.locked"]


def test_a_destroyed_key_is_gone_and_says_under_which_order(vault: Vault) -> None:
    name, other = vault.new_key("jail", "spells"), vault.new_key("jail", "events")
    key = vault.key(name)

    assert vault.destroy([name], order="Order 7", on="2026-03-01") == (name,)

    with pytest.raises(Refusal, match=r"of jail that .* destroyed under Order 7 on 2026-03-01"):
        vault.key(name)
    assert not any(key in p.read_bytes() for p in vault.folder.rglob("*") if p.is_file())
    assert vault.keys_of("jail") == (other,)


def test_the_first_order_stands(vault: Vault) -> None:
    name = vault.new_key("jail", "spells")
    vault.destroy([name], order="Order 7", on="2026-03-01")

    assert vault.destroy([name], order="Order 8", on="2026-04-01") == ()
    assert str(vault.destroyed(name)) == "destroyed under Order 7 on 2026-03-01"


_KILLED = """
import os, sys
from pathlib import Path
from payforsuccess.store import vault as room
real, left = room._shred, [int(sys.argv[2])]
def killed(path):
    if not left[0]:
        os.kill(os.getpid(), 9)
    left[0] -= 1
    real(path)
room._shred = killed
opened = room.open_vault(Path(sys.argv[1]))
opened.destroy(opened.keys_of("jail"), order="Order 7", on="2026-03-01")
"""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_destruction_killed_half_way_is_finished_by_the_next_to_come(
    vault: Vault, after: int
) -> None:
    names = [vault.new_key("jail", "spells") for _ in range(3)]
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(vault.folder), str(after)])

    assert killed.returncode == -9
    assert open_vault(vault.folder).keys_of("jail") == ()
    assert all(vault.destroyed(name) for name in names)


def test_two_runs_at_once_give_one_number_one_key(vault: Vault) -> None:
    program = (
        "import sys, pyarrow as pa; from pathlib import Path;"
        "from payforsuccess.store import open_vault;"
        "v = open_vault(Path(sys.argv[1]));"
        "print(*v.keys_for('jail', pa.array([str(n) for n in range(500)])).to_pylist())"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(vault.folder)], stdout=subprocess.PIPE)
        for _ in range(3)
    ]

    assert len({run.communicate()[0] for run in runs}) == 1


def test_a_forgotten_key_leaves_no_note(vault: Vault) -> None:
    name = vault.new_key("jail", "spells")

    vault.forget([name])

    assert vault.keys_of("jail") == () and vault.destroyed(name) is None
