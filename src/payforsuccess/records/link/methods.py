"""The ways to compare people, by the name that a deal gives them."""

from __future__ import annotations

from payforsuccess.records.link.job import BY_NAMES, Method
from payforsuccess.records.link.keyed_hash import BY_KEYED_HASH

METHODS: dict[str, Method] = {"names": BY_NAMES, "keyed-hash": BY_KEYED_HASH}
