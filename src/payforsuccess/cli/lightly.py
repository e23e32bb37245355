"""What a command spares the processor before it begins."""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from types import ModuleType


class _NoPandas(MetaPathFinder):
    """Says of pandas what Python says where it is not installed."""

    def find_spec(self, name: str, path: object, target: ModuleType | None = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def look_for_no_pandas() -> None:
    """Let pyarrow find no pandas, which it would load to look at the first list it is handed.

    That takes a twentieth of a whole run on small files, and nothing here hands pandas to pyarrow.
    It looks once; whoever imports pandas later, as some estimates do, has it as ever. Spark has
    Ibis make Arrow tables of pandas', so there it is left alone.
    """
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is None or "pandas" in sys.modules or "PFS_SPARK" in os.environ:
        return
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pyarrow.array([0])
    finally:
        sys.meta_path.remove(finder)
