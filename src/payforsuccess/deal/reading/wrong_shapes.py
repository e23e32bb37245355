"""A list where a value belongs, a value where keys belong, and so on, in plain words."""

from __future__ import annotations

from payforsuccess.deal.nearest import shown
from payforsuccess.deal.reading.fault import Fault, Told, at, cut, ended, lower
from payforsuccess.deal.reading.shape import kinds_of
from payforsuccess.deal.reading.tree import Mapping, Node, Scalar, Sequence

_KEYS = (Mapping,)
_LIST = (Sequence,)
_ONE = (Scalar,)
SHAPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type", "mapping_type", "dataclass_type"),
        _KEYS,
    ),
    **dict.fromkeys(
        ("tuple_type", "list_type", "set_type", "frozen_set_type", "iterable_type"), _LIST
    ),
    **dict.fromkeys(("string_type", "literal_error", "int_type", "date_type", "bool_type"), _ONE),
}


def wrong_shape(fault: Fault, node: Node | None) -> Told:
    """A list where keys belong, a single value where a list belongs, and so on."""
    wanted = SHAPES.get(fault.sort, _ONE)
    subject = "here"
    if fault.spot.path and isinstance(fault.spot.path[-1], str):
        subject = f"after `{cut(fault.key)}`"
    found = {Mapping: "a set of keys", Sequence: "a list"}.get(type(node), "")
    if isinstance(node, Scalar):
        found = f"the single value {shown(node.text)}"
    if wanted == _LIST:
        return at(
            fault,
            f"A list belongs {subject}; found {found}.",
            "Begin each item on a line of its own with `- `, even if there is only one.",
        )
    if wanted == _KEYS:
        keys = _required(fault)
        such = f", such as `{keys[0]}: …`" if keys else ""
        do = f"Write each key on a line of its own, indented{such}."
        if isinstance(node, Sequence):
            do = f"Take the `- ` away, and write each key on a line of its own{such}."
        return at(fault, f"A set of keys belongs {subject}; found {found}.", do)
    do = "Write one value on the line of its key."
    if fault.spot.field is not None and fault.spot.field.description:
        do = ended(f"Write one value: {lower(fault.spot.field.description)}")
    return at(fault, f"A single value belongs {subject}; found {found}.", do)


def _required(fault: Fault) -> list[str]:
    kinds = kinds_of(fault.spot.here)
    if len(kinds) != 1:
        return ["kind"] if kinds else []
    return [
        field.alias or name for name, field in kinds[0].model_fields.items() if field.is_required()
    ]
