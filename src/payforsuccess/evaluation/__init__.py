"""Rows of people to an Estimate: one file a design, numbers in free functions, no identifier.

Nothing below is loaded before it is asked for: an interval needs no table of rows.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from payforsuccess.evaluation.designs.estimating import estimate_effect
    from payforsuccess.evaluation.estimable import check_estimable
    from payforsuccess.evaluation.payable import payable_of
    from payforsuccess.evaluation.proportions import interval_of_share

_MODULES = {
    "check_estimable": "estimable",
    "estimate_effect": "designs.estimating",
    "interval_of_share": "proportions",
    "payable_of": "payable",
}

__all__ = ["check_estimable", "estimate_effect", "interval_of_share", "payable_of"]


def __getattr__(name: str) -> object:
    """The function of this name, loaded now and kept."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    function: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = function
    return function
