"""The key of each person: kept from before where there was one, so that a re-run changes no key."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence


def person_keys(
    clusters: Sequence[Sequence[str]],
    *,
    is_anchor: Collection[str],
    before: Mapping[str, str],
) -> dict[str, str]:
    """For each record in a cluster, and each of the anchor that left one, its person's key.

    clusters: of two records or more, sorted. is_anchor: the record keys of the deal's own people.
    before: the person of each record in the earlier links. A cluster keeps the key its records had;
    of several, the one of an anchor record, then the smallest. Where two clusters had one key, it
    goes to the one that holds the record of that name, then to the one with the smallest record. A
    cluster without a key takes that of its smallest anchor record, else of its smallest record.
    Any other record stands for itself.
    """
    in_cluster = {key for members in clusters for key in members}
    alone = [
        (key,)
        for key, person in sorted(before.items())
        if key != person and key in is_anchor and key not in in_cluster
    ]
    groups = [tuple(members) for members in clusters] + alone
    wanted: dict[str, list[int]] = {}
    for at, members in enumerate(groups):
        had = {before[key] for key in members if key in before}
        for key in had:
            wanted.setdefault(key, []).append(at)
    keys: dict[int, str] = {}
    given: set[str] = set()
    for key in sorted(wanted, key=lambda key: (key not in is_anchor, key)):
        claims = [at for at in wanted[key] if at not in keys]
        if claims:
            keys[min(claims, key=lambda at: (key not in groups[at], groups[at]))] = key
            given.add(key)
    for at, members in enumerate(groups):
        if at not in keys:
            free = [key for key in members if key not in given] or list(members)
            keys[at] = min(free, key=lambda key: (key not in is_anchor, key))
            given.add(keys[at])
    return {key: keys[at] for at, members in enumerate(groups) for key in members}
