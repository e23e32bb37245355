"""What the writers left behind, as JSON: `python -m tests.web.truth.written [begin]`."""

from __future__ import annotations

import json
import sys

import django


def main(begin: bool) -> None:
    """Put the count to nothing, or tell count, entries, and whether the chain is whole."""
    django.setup()
    from payforsuccess.web.accounts.models import Organisation
    from payforsuccess.web.audit.queries import check_chain
    from tests.web.truth.writer import COUNTER

    if begin:
        Organisation.objects.create(name=COUNTER, party="0")
        return
    chain = check_chain()
    counter = Organisation.objects.get(name=COUNTER)
    found = {"count": int(counter.party), "entries": chain.length, "is_whole": chain.is_whole}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:] == ["begin"])
