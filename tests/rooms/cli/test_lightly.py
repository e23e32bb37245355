"""What commands leave unloaded."""

from __future__ import annotations

import subprocess
import sys

LOOKED = """
import sys
import pyarrow as pa
from payforsuccess.cli.lightly import look_for_no_pandas
look_for_no_pandas()
pa.array(["a", "b"])
pa.schema([("a", pa.string())]).empty_table()
assert "pandas" not in sys.modules
import pandas
assert pandas.DataFrame({"a": [1.5, 2]}).a.sum() == 3.5
print("done")
"""
NOT_YET = """
import sys
from payforsuccess.cli.lightly import look_for_no_pandas
look_for_no_pandas()
assert "pyarrow" not in sys.modules
print("done")
"""


def test_pyarrow_loads_no_pandas_and_others_still_can() -> None:
    assert _printed(LOOKED) == "done\n"


def test_a_command_without_pyarrow_does_not_get_it() -> None:
    assert _printed(NOT_YET) == "done\n"


def _printed(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout
