"""Single values that cannot be used, in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable

from payforsuccess.deal.nearest import nearest, shown, ticked, words_in
from payforsuccess.deal.reading.fault import Fault, Told, at, cut, write_it
from payforsuccess.deal.reading.tree import Path, Scalar
from payforsuccess.errors import Problem


def _written(fault: Fault) -> str:
    node = fault.node
    return node.text if isinstance(node, Scalar) else str(fault.error.get("input", ""))


def _deal(fault: Fault) -> Told:
    """What our own models and fields refuse, in their own words."""
    below = _steps(_said(fault, "field"))
    what = _said(fault, "what") or fault.error["msg"]
    return Told((*fault.spot.path, *below), Problem(what, _said(fault, "do")))


def _said(fault: Fault, name: str) -> str:
    """A text of `refuse` as it was given: a sentence stays one, to be told in other languages."""
    text = fault.context.get(name)
    return text if isinstance(text, str) else ""


def _steps(field: str) -> Path:
    """`bands[2].from` as a path."""
    found = re.findall(r"\[(\d+)\]|([^.\[\]]+)", field)
    return tuple(int(at) if at else key for at, key in found)


def _literal(fault: Fault) -> Told:
    words = words_in(str(fault.context.get("expected", "")))
    found = _written(fault)
    if len(words) == 1:
        return at(
            fault,
            f"Only `{words[0]}` can stand here; found {shown(found)}.",
            f"Write `{words[0]}`.",
        )
    meant = nearest(found, words)
    guess = f"Did you mean `{meant}`? " if meant else ""
    verb = "be" if isinstance(fault.spot.path[-1], str) else "hold"
    what = f"`{fault.key}` cannot {verb} {shown(found)}."
    return at(fault, what, f"{guess}It can be {ticked(words)}.")


_NAME = re.compile(r"\^?\[a-z\]")


def _pattern(fault: Fault) -> Told:
    # pydantic marks a bad key of a mapping by `[key]`; what is wrong is then the key itself.
    found = cut(fault.key) if fault.error["loc"][-1] == "[key]" else ""
    text = f"`{found}`" if found else shown(_written(fault))
    if _NAME.match(str(fault.context.get("pattern", ""))):
        return at(
            fault,
            f"{text} cannot be used as a name.",
            "Begin with a small letter, then small letters, digits, hyphens or underscores, such "
            "as `stable_days`.",
        )
    return at(fault, f"{text} is not written in the way that is needed here.", write_it(fault))


def _too_few(fault: Fault) -> Told:
    least = fault.context.get("min_length", 1)
    many = "one item" if least == 1 else f"{least} items"
    return at(fault, f"`{fault.key}` needs at least {many}.", write_it(fault))


def _too_many(fault: Fault) -> Told:
    most = fault.context.get("max_length", 1)
    many = "one item" if most == 1 else f"{most} items"
    return at(fault, f"`{fault.key}` can hold at most {many}.", "Take out the others.")


def _long(fault: Fault) -> Told:
    most = fault.context.get("max_length", "")
    found = fault.key if fault.error["loc"][-1] == "[key]" else _written(fault)
    return at(
        fault,
        f"{shown(found)} is {len(found)} characters long; {most} is the most.",
        "Shorten it.",
    )


def _limit(words: str, key: str) -> Callable[[Fault], Told]:
    def told(fault: Fault) -> Told:
        return at(
            fault,
            f"This must be {words} {fault.context.get(key)}; found {shown(_written(fault))}.",
            "Change the number.",
        )

    return told


def other(fault: Fault) -> Told:
    """An error nobody foresaw: true, if not very helpful."""
    said = str(fault.context.get("error", ""))
    if re.fullmatch(r"[A-Z].*[.?!]", said, re.DOTALL):  # a sentence of ours, raised as ValueError
        return at(fault, said, "")
    node = fault.node
    found = f"{shown(node.text)} cannot" if isinstance(node, Scalar) else "What is written cannot"
    return at(fault, f"{found} be used here.", write_it(fault))


WRONG_VALUES: dict[str, Callable[[Fault], Told]] = {
    "deal": _deal,
    "literal_error": _literal,
    "string_pattern_mismatch": _pattern,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_too_long": _long,
    "greater_than": _limit("more than", "gt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than": _limit("less than", "lt"),
    "less_than_equal": _limit("at most", "le"),
}
