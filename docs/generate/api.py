"""The reference page of the Python API, from the public names and their docstrings."""

from __future__ import annotations

import inspect
import re

import payforsuccess
from docs.generate.api_examples import EXAMPLES
from docs.generate.deal_pages import MADE

OPENING = """\
What `import payforsuccess` offers. Each function does what the command of the same name does;
the command line calls these. Nothing heavy is loaded before a function that needs it runs.

A refusal is raised as `payforsuccess.errors.Refusal`, which carries every problem found. What a
function returns prints as the command prints it, in a terminal and in a notebook.

The examples go on from each other, from a new deal to a statement that someone outside checks."""


def api_page() -> str:
    """One section a public name, in the order in which the package lists them."""
    lines = ["# Python API", "", MADE, "", OPENING, ""]
    for name in payforsuccess.__all__:
        offered = getattr(payforsuccess, name)
        if inspect.isfunction(offered) or inspect.isclass(offered):
            lines += [f"## {name}", "", "```python", _signature(name, offered), "```", ""]
            lines += [_fenced(inspect.getdoc(offered) or ""), ""]
            lines += _example(EXAMPLES.get(name, ""))
    return "\n".join(lines).rstrip() + "\n"


def _example(text: str) -> list[str]:
    """Prompts and what they print as code, sentences between them as they are."""
    lines: list[str] = []
    for part in filter(None, text.strip().split("\n\n")):
        lines += ["```python", part, "```", ""] if part.startswith(">>>") else [part, ""]
    return lines


def _signature(name: str, offered: object) -> str:
    """The call as code, one argument a line where it is long."""
    if inspect.isclass(offered):
        return f"class {name}"
    signature = _without_addresses(inspect.signature(offered))  # type: ignore[arg-type]
    one_line = f"{name}{signature}".replace("'", "")
    if len(one_line) <= 88:
        return one_line
    returns = one_line.rpartition(" -> ")[2]
    parts: list[str] = []
    star = False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not star:
            parts.append("*")
            star = True
        parts.append(str(parameter).replace("'", ""))
    inner = "".join(f"    {part},\n" for part in parts)
    return f"{name}(\n{inner}) -> {returns}"


class _Function:
    """Stands for a function given as a default, which Python prints with its address in memory."""

    def __repr__(self) -> str:
        return "..."


def _without_addresses(signature: inspect.Signature) -> inspect.Signature:
    return signature.replace(
        parameters=[
            parameter.replace(default=_Function())
            if inspect.isfunction(parameter.default)
            else parameter
            for parameter in signature.parameters.values()
        ]
    )


def _fenced(docstring: str) -> str:
    """A docstring as Markdown: its indented or prompted blocks become code."""
    out: list[str] = []
    in_code = False
    for line in docstring.splitlines():
        is_code = bool(re.match(r"\s{4}|>>> |\.\.\. ", line)) or (in_code and line.strip() != "")
        if is_code and not in_code:
            out.append("```python")
        if in_code and not is_code:
            out.append("```")
        in_code = is_code
        out.append(line.removeprefix("    ") if is_code else line)
    if in_code:
        out.append("```")
    return "\n".join(out)
