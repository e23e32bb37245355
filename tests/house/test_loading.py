"""What is loaded when little is asked for: the plain install must do, and be quick."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DEAL = str(Path(__file__).resolve().parents[2] / "src/payforsuccess/library/denver-sib/deal.yaml")
HEAVY = {
    "duckdb",
    "ibis",
    "lifelines",
    "matplotlib",
    "numpy",
    "pandas",
    "pyarrow",
    "scipy",
    "splink",
    "sqlglot",
    "statsmodels",
}


def modules_after(code: str) -> list[str]:
    """Every module that a fresh Python holds after running this code, beyond those of its own."""
    script = (
        "import contextlib, io, json, sys\n"
        "before = set(sys.modules)\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    {code}\n"
        "print(json.dumps(sorted(set(sys.modules) - before)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout.splitlines()[-1]))


LITTLE = {
    "import payforsuccess": "import payforsuccess",
    "dir(payforsuccess)": "import payforsuccess; dir(payforsuccess)",
    "pfs --help": "from payforsuccess.cli import main; main(['--help'])",
    "pfs --version": "from payforsuccess.cli import main; main(['--version'])",
    "pfs check --help": "from payforsuccess.cli import main; main(['check', '--help'])",
}


@pytest.mark.parametrize("code", LITTLE.values(), ids=LITTLE.keys())
def test_little_loads_nothing_heavy(code: str) -> None:
    loaded = {name.partition(".")[0] for name in modules_after(code)}

    assert loaded & HEAVY == set()


def test_importing_the_package_loads_next_to_nothing() -> None:
    assert len(modules_after("import payforsuccess")) <= 20


def test_help_loads_no_model_and_few_modules() -> None:
    loaded = modules_after("from payforsuccess.cli import main; main(['--help'])")

    assert not {"pydantic", "yaml"} & set(loaded)
    assert len(loaded) <= 200


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="needs /proc to tell a process's own memory"
)
@pytest.mark.parametrize("arguments", [["--help"], ["check", DEAL]], ids=["help", "check"])
def test_help_and_check_take_little_memory(arguments: list[str]) -> None:
    script = (
        "import contextlib, io, pathlib\n"
        "from payforsuccess.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({arguments!r})\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(status.partition('VmHWM:')[2].split()[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert int(done.stdout) / 1024 < 80
