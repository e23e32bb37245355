"""A name without capitals, accents and wide letters: what every comparison of names starts from."""

from __future__ import annotations

import unicodedata


def bare_name(name: str) -> str:
    """`José  DÍAZ` and `Jose  Diaz` as `jose  diaz`; spaces and signs stay for the caller.

    Letters of other alphabets stay what they are: a Greek one that looks like ours is another.
    """
    parted = unicodedata.normalize("NFKD", name).casefold()
    return "".join(one for one in parted if not unicodedata.combining(one))
