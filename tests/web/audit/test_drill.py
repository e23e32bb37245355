"""The restore drill: everything is copied, destroyed, and comes back whole (R143)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

FILL = """
import os
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "payforsuccess.web.settings"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.web.cast import make_cast
county = make_cast("homes", "Homes")
for name in ("Ortega", "Rowan", "Ash"):
    county.someone(name=name)
(county.initiative.path / "vault").mkdir()
(county.initiative.path / "vault" / "part.key").write_text("a key of a part")
for place in ("deals/homes/feeds/register.csv", "deals/homes/feeds/jail/1.csv", "uploads/a1/held"):
    extract = Path(os.environ["PFS_HOME"]) / place
    extract.parent.mkdir(parents=True)
    extract.write_text("given_name,family_name\\nSam,Ortega\\n")
"""
LOOK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "payforsuccess.web.settings"
import django
django.setup()
from payforsuccess.web.audit.queries import check_chain
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models import Participant
chain = check_chain()
names = sorted(person.family_name for person in Participant.objects.all())
print(chain.is_whole, chain.head, names, Initiative.objects.get().deal.deal)
"""


BUSY = """
import sys
from pathlib import Path
from payforsuccess.web.audit import copies
from payforsuccess.web.audit.actions import SYSTEM, record
dump = copies._dump
def after_another_entry(to):
    record(SYSTEM, "account.sign-in-failed")
    dump(to)
copies._dump = after_another_entry
copies.back_up(Path(sys.argv[1]))
"""


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database beside that of the tests; nothing where the tests run on SQLite."""
    url = os.environ.get("PFS_DATABASE", "")
    if not url:
        yield ""
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS drill")
        server.execute("CREATE DATABASE drill")
    yield urlunsplit(urlsplit(url)._replace(path="/drill"))


def run(home: Path, database: str, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PFS_HOME": str(home),
        "PFS_MODE": "test",
        "PFS_DATABASE": database,
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True
    )


def done(home: Path, database: str, *command: str) -> str:
    answer = run(home, database, *command)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def destroy(home: Path, database: str) -> None:
    shutil.rmtree(home)
    home.mkdir(mode=0o700)
    if database:
        import psycopg

        with psycopg.connect(os.environ["PFS_DATABASE"], autocommit=True) as server:
            server.execute("DROP DATABASE drill WITH (FORCE)")
            server.execute("CREATE DATABASE drill")


def files_with(word: bytes, copy: Path, to: Path) -> list[str]:
    """The files of a copy in whose bytes a word stands."""
    with tarfile.open(copy) as tar:
        tar.extractall(to, filter="data")
    found = [path for path in sorted(to.rglob("*")) if path.is_file()]
    assert len(found) > 2
    return [path.name for path in found if word in path.read_bytes()]


def test_what_is_destroyed_comes_back_whole_with_the_keys_that_were_kept(
    tmp_path: Path, database: str
) -> None:
    home, kept, copy = tmp_path / "home", tmp_path / "kept", tmp_path / "copy.tar.gz"
    web = ("-m", "payforsuccess.web")
    done(home, database, "-c", FILL)
    looked = done(home, database, "-c", LOOK)
    told = done(home, database, *web, "backup", str(copy))
    kept.mkdir()
    for key in home.glob("*.key"):
        shutil.copy(key, kept)
    with tarfile.open(copy) as tar:
        names = tar.getnames()
    assert not [name for name in names if name.endswith(".key") or "vault" in name]
    assert files_with(b"Ortega", copy, tmp_path / "opened") == []

    full = run(home, database, *web, "restore", str(copy))
    assert full.returncode and "not empty" in full.stderr
    destroy(home, database)
    for key in kept.iterdir():
        shutil.copy(key, home)
    back = done(home, database, *web, "restore", str(copy))

    head = looked.split()[1]
    assert head in told and head in back and "Every locked field opens" in back
    assert done(home, database, "-c", LOOK) == looked
    assert "True" in looked and "['Ash', 'Ortega', 'Rowan']" in looked


def test_a_copy_made_while_people_work_comes_back(tmp_path: Path, database: str) -> None:
    """The log grows between the check of its chain and the copy of the database."""
    home, copy = tmp_path / "home", tmp_path / "copy.tar.gz"
    looked = done(home, database, "-c", FILL + BUSY + LOOK, str(copy))
    keys = {key.name: key.read_bytes() for key in home.glob("*.key")}
    assert copy.stat().st_mode & 0o777 == 0o600
    destroy(home, database)
    for name, content in keys.items():
        (home / name).write_bytes(content)

    done(home, database, "-m", "payforsuccess.web", "restore", str(copy))

    assert done(home, database, "-c", LOOK) == looked


def test_without_the_keys_that_were_kept_a_restore_says_so(tmp_path: Path, database: str) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy.tar.gz"
    done(home, database, "-c", FILL)
    done(home, database, "-m", "payforsuccess.web", "backup", str(copy))
    destroy(home, database)

    answer = run(home, database, "-m", "payforsuccess.web", "restore", str(copy))

    assert answer.returncode and "open with none of the keys" in answer.stderr


def test_a_damaged_copy_is_refused(tmp_path: Path, database: str) -> None:
    home, copy, opened = tmp_path / "home", tmp_path / "copy.tar.gz", tmp_path / "opened"
    done(home, database, "-c", FILL)
    done(home, database, "-m", "payforsuccess.web", "backup", str(copy))
    with tarfile.open(copy) as tar:
        tar.extractall(opened, filter="data")
    (opened / "deals" / "homes" / "deal.yaml").write_text("format: 1\n")
    copy.unlink()
    with tarfile.open(copy, "w:gz") as tar:
        tar.add(opened, arcname=".")
    destroy(home, database)

    answer = run(home, database, "-m", "payforsuccess.web", "restore", str(copy))

    assert answer.returncode and "damaged" in answer.stderr
