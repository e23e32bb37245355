"""What one version of a deal changes in another: payment terms in sentences, the rest by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from payforsuccess.deal.contract import Touches
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.whole_file import FieldPath, path_text
from payforsuccess.deal.words.phrases import named
from payforsuccess.errors import Place
from payforsuccess.payments.words.sections import sentences_of

_LEFT_OUT = ("amendment", "in_force_from", "executed", "format", "payments")
_TOUCHES: dict[Touches, tuple[str, ...]] = {
    "money": (
        *("ceiling", "ceilings", "payors", "overpayment", "overpayment_paid_by", "currency"),
        *("pays_within_days", "capital", "budget", "finality", "periods", "excused", "ends_on"),
        *("outcomes", "jurisdiction", "people"),
    ),
    "data": ("data",),
    "plan": ("evaluation",),
    "duty": ("parties", "disputes", "termination", "governance", "consents"),
}
_OF_AN_OUTCOME: dict[str, Touches | None] = {
    "measure": "data",
    "estimate": "plan",
    "says": None,
    "clause": None,
    "disclosure_threshold": "data",
}
_NAMES = ("name", "party", "feed", "part", "touches")


@dataclass(frozen=True)
class Change:
    """One thing that differs: where, whose concern it is, and how it was and is."""

    what: str
    touches: Touches | None
    was: tuple[str, ...]
    now: tuple[str, ...]
    where: Place

    def lines(self) -> list[str]:
        """The change as text: its name, then what goes (-) and what comes (+)."""
        return [
            self.what,
            *(f"  - {text}" for text in self.was),
            *(f"  + {text}" for text in self.now),
        ]


def changes_between(old: Deal, new: Deal) -> tuple[Change, ...]:
    """Everything that `new` changes in `old`, payment terms first."""
    return (*_terms(old, new), *_rest(old, new))


def _terms(old: Deal, new: Deal) -> Iterator[Change]:
    before = {term.name: term for term in old.payments}
    after = {term.name: (number, term) for number, term in enumerate(new.payments)}
    for name, term in before.items():
        said = sentences_of(term, old)
        if name not in after:
            yield Change(
                f"The line {named(name)} is taken away.",
                "money",
                said,
                (),
                new.place_of("payments"),
            )
            continue
        number, other = after[name]
        says = sentences_of(other, new)
        if said != says:
            yield Change(
                f"The line {named(name)} changes.",
                "money",
                tuple(text for text in said if text not in says),
                tuple(text for text in says if text not in said),
                new.place_of("payments", number),
            )
    for name, (number, term) in after.items():
        if name not in before:
            yield Change(
                f"The line {named(name)} is new.",
                "money",
                (),
                sentences_of(term, new),
                new.place_of("payments", number),
            )
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield Change(
            "The lines stand in another order; a ceiling over several lines cuts the last first.",
            "money",
            (", ".join(named(term.name) for term in old.payments),),
            (", ".join(named(term.name) for term in new.payments),),
            new.place_of("payments"),
        )


def _rest(old: Deal, new: Deal) -> Iterator[Change]:
    before = old.model_dump(mode="json", by_alias=True, exclude_none=True)
    after = new.model_dump(mode="json", by_alias=True, exclude_none=True)
    for key in dict.fromkeys((*before, *after)):
        if key in _LEFT_OUT:
            continue
        for path, was, now in _differences(before.get(key), after.get(key), (key,)):
            yield Change(
                path_text(path),
                _touched(path),
                () if was is None else (_said(was),),
                () if now is None else (_said(now),),
                new.place_of(*path),
            )


def _touched(path: FieldPath) -> Touches | None:
    if path[0] == "outcomes" and len(path) > 2 and str(path[2]) in _OF_AN_OUTCOME:
        return _OF_AN_OUTCOME[str(path[2])]
    return next((touched for touched, keys in _TOUCHES.items() if path[0] in keys), None)


def _differences(
    was: object, now: object, path: FieldPath
) -> Iterator[tuple[FieldPath, object, object]]:
    if was == now:
        return
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys((*was, *now)):
            yield from _differences(was.get(key), now.get(key), (*path, str(key)))
    elif isinstance(was, list) and isinstance(now, list):
        yield from _in_lists(was, now, path)
    else:
        yield path, was, now


def _in_lists(
    was: list[object], now: list[object], path: FieldPath
) -> Iterator[tuple[FieldPath, object, object]]:
    """Items are matched by their name where they have one, else by their position."""
    before, after = _keyed(was), _keyed(now)
    if before is None or after is None:
        for number in range(max(len(was), len(now))):
            yield from _differences(
                was[number] if number < len(was) else None,
                now[number] if number < len(now) else None,
                (*path, number),
            )
        return
    for key in dict.fromkeys((*before, *after)):
        yield from _differences(before.get(key), after.get(key), (*path, key))


def _keyed(items: list[object]) -> dict[str, object] | None:
    keyed: dict[str, object] = {}
    for item in items:
        if not isinstance(item, Mapping):
            return None
        name = next((str(item[key]) for key in _NAMES if key in item), "")
        if not name or name in keyed:
            return None
        keyed[name] = item
    return keyed


def _said(value: object) -> str:
    """A value on one line: text as it is, parts as `key: value`."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_said(item)}" for key, item in value.items() if item != [])
    if isinstance(value, list):
        return ", ".join(_said(item) for item in value) or "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
