"""Good deal files made wrong in ways that people, editors and enemies make files wrong.

`mutated(seed)` is the same bytes for the same seed, so a failure is found again by its number.
"""

# ruff: noqa: E501 - the hostile words stand close together

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TypeAlias

from payforsuccess.deal.reading import parse
from payforsuccess.deal.reading.tree import Plain, plain

GOOD = Path(__file__).parents[1] / "scenarios" / "good"

Text: TypeAlias = str

HOSTILE = (
    "", "~", "null", "yes", "NaN", ".inf", "-0", "0", "-1", "1e999999999", "9" * 60, "9" * 5_000,
    "1/0", "1/3", "0.005", "1_000_000", "1,000", "$5", "40%", "-5%", "1000%", "0x1F", "0o17", "1:30",
    "2026-01-01", "2026-02-30", "0001-01-01", "9999-12-31", "02-29", "12-31", "12 months",
    "9999 years", "0 days", "true", "false", "housing", "stable_days", "unit-price", "schedule",
    "randomised", "to-date", "points", "Harbor County", "a b", "A", "x" * 70, "é", "٣", "１", "²",
    "\u00a0", "sha256:" + "0" * 64, "[]", "{}", "- a", "a: b", "*a", "&a b", "!!int 3", "<<", "|", ">",
    "'", '"', "#", "---", "...", "%YAML 1.1", "@", "`", "?", ": ", "[" * 40, "{" * 40, "\t", "\\x00",
    "[key]", "kind", "from_", "as_", "None", "__class__",
)  # fmt: skip
CHARACTERS = ":-#'\"[]{},&*!|>%@`?\t \n\r\x00\x1b\x85\u2028\u202e\ufeff\ud800é0_.~="


def good_texts() -> tuple[str, ...]:
    """The deals that are made wrong."""
    return tuple(file.read_text(encoding="utf-8") for file in sorted(GOOD.glob("*.yaml")))


def good_trees(texts: tuple[str, ...]) -> tuple[Plain, ...]:
    """The same deals as keys, lists and texts."""
    trees = [parse(text, "good.yaml").tree for text in texts]
    return tuple(plain(tree) for tree in trees if tree is not None)


def mutated(seed: int, texts: tuple[str, ...], trees: tuple[Plain, ...]) -> bytes:
    """One file: a good one with one to four things changed."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        tree = json.loads(json.dumps(chance.choice(trees)))
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            tree = _changed_tree(tree, trees, chance)
        text = json.dumps(tree, indent=chance.choice((None, 1)), ensure_ascii=False)
    else:
        text = chance.choice(texts)
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            text = _changed_text(text, chance)
    data = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.02:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + bytes([chance.randrange(256)]) + data[at:]
    return data


def _changed_text(text: Text, chance: random.Random) -> Text:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(12):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, chance.choice(lines))
        case 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = " " * chance.randrange(9) + lines[at].lstrip()
        case 4:
            key, colon, _ = lines[at].partition(": ")
            lines[at] = f"{key}{colon}{chance.choice(HOSTILE)}"
        case 5:
            lines[at] = lines[at].replace(":", chance.choice(("", ": :", "::", " :")), 1)
        case 6:
            lines[at] = f"{chance.choice(HOSTILE)}{lines[at]}"
        case 7:
            return text[: chance.randrange(len(text) + 1)]
        case 8:
            begin = chance.randrange(len(text) + 1)
            return text[:begin] + text[begin + chance.randrange(60) :]
        case 9:
            words = lines[at].replace(",", " ,").split(" ")
            words[chance.randrange(len(words))] = chance.choice(HOSTILE)
            lines[at] = " ".join(words)
        case _:
            begin = chance.randrange(len(text) + 1)
            return text[:begin] + chance.choice(CHARACTERS) + text[begin + chance.randrange(2) :]
    return "\n".join(lines)


def _changed_tree(tree: Plain, trees: tuple[Plain, ...], chance: random.Random) -> Plain:
    """The tree with one place in it replaced, taken away, wrapped, copied or renamed."""
    places = list(_places(tree)) if isinstance(tree, dict | list) else []
    if not places:
        return chance.choice(HOSTILE)
    parent, key = chance.choice(places)
    if chance.random() < 0.5 and isinstance(parent[key], str):
        parent[key] = _alike(parent[key], trees, chance)
        return tree
    match chance.randrange(9):
        case 0:
            del parent[key]
        case 1 | 2 | 3:
            parent[key] = chance.choice(HOSTILE)
        case 4:
            parent[key] = [parent[key]]
        case 5:
            parent[key] = {chance.choice(HOSTILE): parent[key]}
        case 6:
            other, other_key = chance.choice(list(_places(chance.choice(trees))))
            parent[key] = json.loads(json.dumps(other[other_key]))
        case 7 if isinstance(parent, dict):
            other, other_key = chance.choice(list(_places(chance.choice(trees))))
            parent[str(other_key)] = json.loads(json.dumps(other[other_key]))
        case 8 if isinstance(parent, dict):
            parent[chance.choice(HOSTILE) or key] = parent.pop(key)
        case _:
            parent[key] = chance.choice(([], {}, None, ""))
    return tree


LOOKS = (
    (re.compile(r"\d{4}-\d\d-\d\d"), ("0001-01-01", "9999-12-31", "2024-02-29", "2026-01-31", "2027-07-01")),
    (re.compile(r"-?[\d_]+(\.\d+)?%?"), ("0", "1", "-1", "0.5", "1/3", "100%", "0.001", "9" * 38, "12", "365")),
    (re.compile(r"\d+ [a-z]+"), ("1 day", "9999 years", "12 months", "52 weeks")),
    (re.compile(r"true|false"), ("true", "false")),
)  # fmt: skip


def _alike(word: str, trees: tuple[Plain, ...], chance: random.Random) -> str:
    """Another value that looks like this one: a day for a day, a number for a number."""
    for look, others in LOOKS:
        if look.fullmatch(word):
            return chance.choice(others)
    words = [parent[key] for parent, key in _places(chance.choice(trees))]
    return chance.choice([other for other in words if isinstance(other, str)])


def _places(node):  # type: ignore[no-untyped-def]
    """Every place below a node, as its parent and the key or position there."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, below in list(pairs):
        yield node, key
        if isinstance(below, dict | list):
            yield from _places(below)
