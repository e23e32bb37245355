"""YAML text to a tree of text: only the plain part of YAML, every value left as it was written.

Works on the parser's events, one by one, so nothing is expanded, constructed or recursed into:
the work is bounded by the length of the file.
"""

from __future__ import annotations

import yaml

from payforsuccess.deal.reading.builder import Builder, Parsed
from payforsuccess.deal.reading.characters import decoded
from payforsuccess.deal.reading.syntax import mistake
from payforsuccess.errors import Place, Problem

# The one written in C is ten times as fast and comes with every wheel of PyYAML. Both give the same
# events, but the one in Python also refuses a tab between a key and its value.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(data: bytes | str, file: str) -> Parsed:
    """The tree of a YAML file, every scalar as text.

    Refuses what a reader could misunderstand: anchors and aliases, merge keys, tags, a key given
    twice, several documents, keys that are lists or mappings; and what is too large to be a deal:
    files over 2 MB, 50,000 values, 30 levels, a text of 20,000 characters.
    """
    text = decoded(data, file)
    if isinstance(text, tuple):
        return Parsed(None, text)
    builder = Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        builder.stop(mistake(error, text, file))
    except yaml.YAMLError:
        builder.stop(Problem("This file is not written in YAML.", "Check it.", Place(file)))
    return builder.finish()
