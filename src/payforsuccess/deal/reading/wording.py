"""One pydantic error as a Problem in plain words: what was wrong, what was found, what to do.

What pydantic itself would say never shows: no names of types, no addresses of pages.
"""

from __future__ import annotations

from collections.abc import Callable

from payforsuccess.deal.reading.fault import Fault, Told, at, write_it
from payforsuccess.deal.reading.tree import Mapping, Scalar, Sequence
from payforsuccess.deal.reading.wrong_keys import extra, missing, no_kind, wrong_kind
from payforsuccess.deal.reading.wrong_shapes import SHAPES, wrong_shape
from payforsuccess.deal.reading.wrong_values import WRONG_VALUES, other

_WRONG_KEYS: dict[str, Callable[[Fault], Told]] = {
    "missing": missing,
    "extra_forbidden": extra,
    "union_tag_not_found": no_kind,
    "union_tag_invalid": wrong_kind,
}


def told(fault: Fault) -> Told:
    """The fault in plain words."""
    if fault.sort in _WRONG_KEYS:
        return _WRONG_KEYS[fault.sort](fault)
    node = fault.node
    if isinstance(node, Scalar) and node.is_nothing:
        return at(fault, "Nothing is written here.", write_it(fault))
    if fault.sort in SHAPES and not isinstance(node, SHAPES[fault.sort]):
        return wrong_shape(fault, node)
    if fault.spot.shape == "value" and isinstance(node, Mapping | Sequence):
        return wrong_shape(fault, node)
    return WRONG_VALUES.get(fault.sort, other)(fault)
