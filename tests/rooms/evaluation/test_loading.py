"""What the room loads: nothing heavy before something is asked of it."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
import payforsuccess.evaluation
from payforsuccess.evaluation import interval_of_share
heavy = {"pyarrow", "scipy", "statsmodels", "lifelines", "pandas"} & set(sys.modules)
sys.exit(", ".join(sorted(heavy)) or 0)
"""


def test_the_room_and_an_interval_load_no_tables_and_no_models() -> None:
    """`import payforsuccess.evaluation` takes under 0.3 seconds on a quiet machine."""
    ran = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")
