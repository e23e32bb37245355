"""Every spec table as one Markdown page; `python -m tests.spec` prints it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.spec.drawing import Spec, drawn
from tests.spec.specs import ACROSS_ARMS, KINDS


def page() -> str:
    """The page: a heading for each kind, a heading for each rule, its tables below."""
    lines = [
        "# Measures by example",
        "",
        "<!-- Made from the code by `make generated`; do not edit. -->",
        "",
        "Each rule with the records it is shown on and what comes out; `?` is unknown. These",
        "tables are tests: SQL on DuckDB and a plain-Python reference must both give them.",
    ]
    for module in KINDS:
        title = getattr(module, "TITLE", f"`{module.SHARED['kind']}`")
        lines += ["", f"## {title}"]
        for spec in module.SPECS:
            lines += ["", f"### {spec.rule}", "", *_body(spec)]
    lines += ["", "## `mean-difference` and `percent-reduction`"]
    for across in ACROSS_ARMS:
        lines += ["", f"### {across.rule}", "", *_body(across.of), ""]
        lines.append(f"The {across.kind} of `aid` against `none` is **{across.gives}**.")
    return "\n".join(lines) + "\n"


def _body(spec: Spec) -> Iterator[str]:
    stated = {**spec.defaults, **spec.measure}
    yield "```yaml"
    yield from (f"{key}: {_plain(value)}" for key, value in stated.items())
    yield "```"
    for label, pairs in (
        ("Excused, not counted", spec.not_counted),
        ("Excused, window extended", spec.extended_by),
    ):
        if pairs:
            yield ""
            yield f"{label}: {'; '.join(f'{first} to {last}' for first, last in pairs)}."
    if spec.seen_through != "2030-12-31":
        yield ""
        yield f"The feed is complete through {spec.seen_through}."
    for feed, day in spec.feeds_seen.items():
        yield ""
        yield f"The feed {feed} is complete through {day}."
    for label, text in (
        ("Enrolments", spec.enrolments),
        ("Events", spec.events),
        ("Spells", spec.spells),
        ("Traits", spec.traits),
        ("What comes out", spec.expected),
    ):
        rows = drawn(text)
        if rows:
            yield from ("", f"{label}:", "", *_table(rows))


def _table(rows: list[dict[str, str]]) -> list[str]:
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines]


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return str(value)


if __name__ == "__main__":
    sys.stdout.write(page())
