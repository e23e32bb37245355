"""Ibis, loaded when the first expression is built: the plain-Python references need none of it.

The made-up people of a deal are checked by the references alone, on the plain install.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir
else:

    class _Ibis:
        """Stands for the library until something is asked of it."""

        def __getattr__(self, name: str) -> object:
            import ibis

            return getattr(ibis, name)

    ibis = _Ibis()
    ir = None  # types only, in annotations that are never evaluated

__all__ = ["ibis", "ir"]
