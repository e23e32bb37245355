"""Where a key of a file stands in its text, so that one part can be written anew."""

from __future__ import annotations

import yaml

from payforsuccess.errors import Problem, Refusal


def with_part(text: str, key: str, block: str) -> str:
    """The text with `block`, one line, in the place of a key with its value; the rest as it was.

    Comments within the part go with it. Raises Refusal where the file has no such key at its edge.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        root = None
    for named, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if named.value == key:
            between = "" if getattr(value, "flow_style", True) else "\n"
            end = value.end_mark.index
            return f"{text[: named.start_mark.index]}{block}{between}{text[end:]}"
    raise Refusal(Problem(f"The file has no key `{key}`.", f"Add `{key}` at the left edge."))
