"""The links of a deal on disk: a folder named by its rows, written whole, read with a check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from payforsuccess.deal.tables import LINKED_PEOPLE, LINKS
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.records.link.job import Job
from payforsuccess.records.link.linking import Group, GroupJob
from payforsuccess.records.link.parameters import parameters_from_plain
from payforsuccess.records.link.quality import Unseen
from payforsuccess.runs.files import folder_at_once, json_bytes, read_json, write_whole
from payforsuccess.store import arrow_schema, joined, rows_fingerprint
from payforsuccess.trail import fingerprint

MANIFEST = "links.json"
LATEST = "latest.json"
_FILES = {LINKS.name: "links.parquet", LINKED_PEOPLE.name: "linked-people.parquet"}
_GROUPS = "groups.parquet"


@dataclass(frozen=True)
class KeptLinks:
    """Links as they lie in their folder: the tables, the jobs, and the snapshot they are of.

    `group_of` says for each key in a link whose number it is.
    """

    folder: Path
    fingerprint: str
    snapshot: str
    links: pa.Table
    people: pa.Table
    jobs: tuple[GroupJob, ...]
    group_of: Mapping[str, str]


def links_fingerprint(
    snapshot: str, plan: Mapping[str, object], links: pa.Table, people: pa.Table
) -> str:
    """What names the links: the snapshot, the plan, and every row of both tables."""
    return fingerprint(
        {
            "snapshot": snapshot,
            "plan": plan,
            "links": rows_fingerprint(links),
            "people": rows_fingerprint(people),
        }
    )


def write_links(
    home: Path,
    *,
    snapshot: str,
    plan: Mapping[str, object],
    links: pa.Table,
    people: pa.Table,
    jobs: Sequence[GroupJob],
    group_of: Mapping[str, str],
    versions: Mapping[str, str],
) -> KeptLinks:
    """Keep links under `home`, in a folder named by them, and make them the latest.

    The same links are not written twice.
    """
    name = links_fingerprint(snapshot, plan, links, people)
    folder = home / name.removeprefix("sha256:")
    if not (folder / MANIFEST).is_file():
        manifest = {
            "format": 1,
            "fingerprint": name,
            "snapshot": snapshot,
            "plan": plan,
            "versions": dict(versions),
            "jobs": [_job_plain(job) for job in jobs],
        }
        groups = pa.table(
            {
                "record": pa.array(sorted(group_of), pa.string()),
                "group": pa.array([group_of[key] for key in sorted(group_of)], pa.string()),
            }
        )
        with folder_at_once(folder) as filling:
            pq.write_table(links, filling / _FILES[LINKS.name], compression="zstd")
            pq.write_table(people, filling / _FILES[LINKED_PEOPLE.name], compression="zstd")
            pq.write_table(groups, filling / _GROUPS, compression="zstd")
            write_whole(filling / MANIFEST, json_bytes(manifest))
    write_whole(home / LATEST, json_bytes({"format": 1, "fingerprint": name}))
    return KeptLinks(folder, name, snapshot, links, people, tuple(jobs), group_of)


def latest_links(home: Path) -> KeptLinks | None:
    """The links that were made last; None before the first."""
    path = home / LATEST
    if not path.is_file():
        return None
    plain = read_json(path)
    name = plain.get("fingerprint") if isinstance(plain, dict) else None
    if not isinstance(name, str):
        raise _changed(path)
    return read_links(home / name.removeprefix("sha256:"))


def read_links(folder: Path) -> KeptLinks:
    """The links in a folder; refuses those that were changed after they were written."""
    path = folder / MANIFEST
    plain = read_json(path)
    try:
        assert isinstance(plain, dict)
        tables = {
            layout.name: joined(layout, [pq.read_table(folder / _FILES[layout.name])])
            for layout in (LINKS, LINKED_PEOPLE)
        }
        groups = pq.read_table(folder / _GROUPS)
        group_of = dict(
            zip(
                groups.column("record").to_pylist(), groups.column("group").to_pylist(), strict=True
            )
        )
        links, people = tables[LINKS.name], tables[LINKED_PEOPLE.name]
        name, snapshot, plan = str(plain["fingerprint"]), str(plain["snapshot"]), plain["plan"]
        anchor = str(plain["jobs"][0]["group"])
        jobs = tuple(_job_from_plain(job, links, group_of, anchor) for job in plain["jobs"])
    except (AssertionError, OSError, ValueError, LookupError, TypeError, pa.ArrowException):
        raise _changed(path) from None
    if links_fingerprint(snapshot, plan, links, people) != name:
        raise _changed(path)
    return KeptLinks(folder, name, snapshot, links, people, jobs, group_of)


def _changed(path: Path) -> Refusal:
    return Refusal(
        Problem(
            sentence("These links cannot be read, or were changed after they were written."),
            sentence(
                "Put the originals back, or take the folder away and match again with `pfs link`."
            ),
            Place(str(path)),
        )
    )


def _job_plain(found: GroupJob) -> dict[str, object]:
    job = found.job
    return {
        "group": found.group.name,
        "feeds": list(found.group.feeds),
        "inputs": found.inputs,
        "trained_on": found.trained_on,
        "people": list(job.people),
        "compared": job.compared,
        "links": job.links.num_rows,
        "model": None if job.parameters is None else job.parameters.as_plain(),
        "below": str(job.unseen.below),
        "coverage": None if job.unseen.coverage is None else str(job.unseen.coverage),
    }


def _job_from_plain(
    plain: Mapping[str, object], links: pa.Table, group_of: Mapping[str, str], anchor: str
) -> GroupJob:
    """The job as it was; its links are those between the anchor's people and its own."""
    model, coverage, people = plain["model"], plain["coverage"], plain["people"]
    feeds = plain["feeds"]
    assert isinstance(people, list) and isinstance(feeds, list)
    name = str(plain["group"])
    job = Job(
        links=_undecided(links, {anchor, name}, group_of),
        people=(int(people[0]), int(people[1])),
        compared=int(str(plain["compared"])),
        parameters=parameters_from_plain(model) if isinstance(model, dict) else None,
        unseen=Unseen(
            Decimal(str(plain["below"])), None if coverage is None else Decimal(str(coverage))
        ),
    )
    group = Group(name, tuple(str(feed) for feed in feeds))
    return GroupJob(group, str(plain["inputs"]), str(plain["trained_on"]), job)


def _undecided(links: pa.Table, groups: set[str], group_of: Mapping[str, str]) -> pa.Table:
    """The links between these groups as their job gave them: scores alone, none taken."""
    ones, others = links.column("one").to_pylist(), links.column("other").to_pylist()
    is_own = [
        {group_of[one], group_of[other]} == groups for one, other in zip(ones, others, strict=True)
    ]
    own = links.filter(pa.array(is_own, pa.bool_()))
    nobody, none = pa.nulls(own.num_rows, pa.string()), pc.multiply(own.column("is_taken"), 0)
    own = own.set_column(own.column_names.index("decided"), "decided", nobody)
    own = own.set_column(own.column_names.index("is_taken"), "is_taken", none)
    return own.cast(arrow_schema(LINKS))
