"""What takes seconds to work out, kept beside the deal: performance, the look ahead, the odds.

`work_out` runs `track`, `forecast`, `simulate` and `gate`, and keeps what pages show of them in one
file. A page reads it, and says when it no longer fits what it was made from. In it are only numbers
that `track` shows to everyone of the deal: small ones are hidden, and nothing is of a control
group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar, cast

from payforsuccess.errors import Refusal, in_a_row, plain_of, text_of
from payforsuccess.errors.sentence import Plain as Kept
from payforsuccess.reports.track_facts import Performance
from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.runs.folder import DealFolder
from payforsuccess.trail import fingerprint, fingerprint_bytes

FORMAT = 2
FRESH_FOR = 31
"""Days for which standing and forecast are taken as new; feeds come once a month."""
FILE = "overview/worked-out.json"
READ = ("assumptions.yaml", "performance.yaml", "initiative.yaml")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Year:
    """Success payments that a fiscal year is expected to bring, in minor units.

    low, high: the 5th and 95th percentile of the simulated worlds; None without a simulation.
    """

    name: str
    base: int
    low: int | None
    high: int | None
    at_most: int | None


@dataclass(frozen=True)
class Odds:
    """One tranche over the simulated worlds; shares as decimal texts, money in minor units."""

    tranche: str
    party: str
    repaid: str
    error: str
    shortfall: int | None
    multiple: str
    low_multiple: str


@dataclass(frozen=True)
class NextStage:
    """A stage that may come next, and the conditions of its gate that do not hold yet."""

    title: str
    unmet: tuple[str, ...]


@dataclass(frozen=True)
class WorkedOut:
    """What was kept, and the day of it. why_not: what kept a part from being worked out."""

    on: date
    checksum: str
    data_through: date | None
    performance: tuple[Performance, ...]
    rules: str
    years: tuple[Year, ...]
    risk: tuple[str, ...]
    odds: tuple[Odds, ...]
    stage: str
    next_stages: tuple[NextStage, ...]
    why_not: Mapping[str, str]

    def fits(self, folder: DealFolder) -> bool:
        """Whether the files that it was made from are still what they were."""
        return self.checksum == checksum_of(folder)

    def is_old(self, folder: DealFolder, on: date) -> bool:
        """Whether something changed since, or so many days went by that it may have."""
        return not self.fits(folder) or (on - self.on).days > FRESH_FOR


def checksum_of(folder: DealFolder) -> str:
    """The deal, its amendments, what lies beside it, and the determinations, in one checksum."""
    files = [folder.deal_file, *folder.amendment_files]
    files += [folder.root / name for name in READ]
    files += sorted((folder.out / "determinations").glob("*.json"))
    return fingerprint(
        [[path.name, fingerprint_bytes(path.read_bytes())] for path in files if path.is_file()]
    )


def kept_in(folder: DealFolder) -> WorkedOut | None:
    """What was worked out last; None before that, and of a file of another format."""
    path = folder.out / FILE
    if not path.is_file():
        return None
    plain = cast("dict[str, object]", read_json(path))
    if plain.get("format") != FORMAT:
        return None
    return _from_plain(plain)


def work_out(
    folder: DealFolder, *, on: date, tell: Callable[[str], None] = lambda _: None
) -> WorkedOut:
    """Run them all and keep what they say; what is refused is kept as a reason, not raised.

    tell: hears each step as it begins.
    """
    from payforsuccess.runs.finance.forecast import forecast
    from payforsuccess.runs.finance.simulate import simulate
    from payforsuccess.runs.initiative.gate import gate
    from payforsuccess.runs.track.track import track

    why_not: dict[str, Kept] = {}

    def attempt(name: str, says: str, run: Callable[[], Found]) -> Found | None:
        tell(says)
        try:
            return run()
        except Refusal as refusal:
            parts = [text for each in refusal.problems[:2] for text in (each.what, each.do)]
            why_not[name] = plain_of(in_a_row(parts, between=" "))
            return None

    checksum = checksum_of(folder)
    tracked = attempt("track", "rating outcomes", lambda: track(folder.root, as_of=on))
    ahead = attempt("forecast", "forecasting anew", lambda: forecast(folder.root).as_plain())
    odds = None
    if ahead:
        odds = attempt("simulate", "simulating", lambda: simulate(folder.root).as_plain())
    has_stages = (folder.root / "initiative.yaml").is_file()
    gates = None
    if has_stages:
        gates = attempt("gate", "looking at the gates", lambda: gate(folder.root, on=on))
    plain: dict[str, object] = {
        "format": FORMAT,
        "on": str(on),
        "checksum": checksum,
        "data_through": str(tracked.data_through) if tracked else None,
        "performance": [_kept(each) for each in tracked.performance] if tracked else [],
        "rules": tracked.rules if tracked else "",
        "forecast": {
            **{key: ahead[key] for key in ("cases", "liability")},
            "risk": [plain_of(each) for each in cast("list[str]", ahead["risk"])],
        }
        if ahead
        else None,
        "simulation": odds,
        "stage": gates.stage if gates else "",
        "next_stages": [
            {
                "title": each.stage.title,
                "unmet": [judged.condition.says for judged in each.judged if not judged.is_met],
            }
            for each in (gates.gates if gates else ())
        ],
        "why_not": why_not,
    }
    write_whole(folder.out / FILE, json_bytes(plain))
    return _from_plain(cast("dict[str, object]", read_json(folder.out / FILE)))


Plain = Mapping[str, object]


def _from_plain(plain: Plain) -> WorkedOut:
    ahead = cast("Plain | None", plain["forecast"])
    odds = cast("Plain | None", plain["simulation"])
    through = cast("str | None", plain["data_through"])
    return WorkedOut(
        on=date.fromisoformat(str(plain["on"])),
        checksum=str(plain["checksum"]),
        data_through=date.fromisoformat(through) if through else None,
        performance=tuple(_performance(each) for each in _rows(plain["performance"])),
        rules=str(plain["rules"]),
        years=_years(ahead, odds) if ahead else (),
        risk=tuple(map(text_of, cast("list[Kept]", ahead["risk"]))) if ahead else (),
        odds=tuple(_odds(each) for each in _rows(odds["tranches"])) if odds else (),
        stage=str(plain["stage"]),
        next_stages=tuple(
            NextStage(str(each["title"]), tuple(map(str, cast("list[str]", each["unmet"]))))
            for each in _rows(plain["next_stages"])
        ),
        why_not={
            name: text_of(kept)
            for name, kept in cast("Mapping[str, Kept]", plain["why_not"]).items()
        },
    )


def _rows(value: object) -> list[Plain]:
    return cast("list[Plain]", value)


def _kept(one: Performance) -> dict[str, object]:
    """With what each sentence is made of, so that it is told in the reader's language."""
    own = {each.name: getattr(one, each.name) for each in fields(one)}
    return {
        name: [plain_of(text) for text in value] if name == "leading" else plain_of(value)
        for name, value in own.items()
    }


def _performance(plain: Plain) -> Performance:
    own = {name: text_of(cast("Kept", kept)) for name, kept in plain.items() if name != "leading"}
    leading = tuple(text_of(kept) for kept in cast("list[Kept]", plain["leading"]))
    return Performance(**own, leading=leading)


def _years(ahead: Plain, odds: Plain | None) -> tuple[Year, ...]:
    found = []
    for plain in _rows(cast("Plain", ahead["liability"])["years"]):
        name = str(plain["fiscal_year"])
        low, _middle, high = _range_of(odds, f"fiscal year {name}")
        paid = cast("Mapping[str, int]", plain["paid"])
        found.append(Year(name, paid["base"], low, high, cast("int | None", plain["at_most"])))
    return tuple(found)


def _range_of(odds: Plain | None, says: str) -> tuple[int | None, int | None, int | None]:
    """The 5th, 50th and 95th percentile of what payors pay."""
    for one in _rows(odds["payments"]) if odds else []:
        if one["says"] == says:
            at = cast("Mapping[str, Mapping[str, int]]", one["percentiles"])
            return at["5"]["value"], at["50"]["value"], at["95"]["value"]
    return None, None, None


def _odds(plain: Plain) -> Odds:
    def text(name: str, part: str = "value") -> str:
        return str((cast("Mapping[str, str | None] | None", plain[name]) or {}).get(part) or "")

    shortfall = cast("Mapping[str, int | None]", plain["shortfall_worst_5_percent"])
    return Odds(
        str(plain["name"]),
        str(plain["party"]),
        text("fully_repaid"),
        text("fully_repaid", "error"),
        shortfall["value"],
        text("multiple"),
        text("multiple_5th_percentile"),
    )
