"""Check a deal: every problem, or what is proved about it and what a careful reader should know."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from payforsuccess.deal.checks import check_deal, deal_findings
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem, Proved, Refusal
from payforsuccess.payments.proofs import prove
from payforsuccess.runs.folder import DealPath, open_folder, read_deal

_WIDTH = 96
TITLES = {
    "no-success": "Without success",
    "ceiling": "Ceilings",
    "liability": "What can fall due",
    "monotone": "Better results",
    "cliff": "Jumps",
    "bands": "Bands",
    "certification": "Certification",
    "standing": "Standing",
    "assumption": "Assumptions",
    "consent": "Consents",
    "evidence": "Evidence",
    "person": "One person, enrolled twice",
    "waterfall": "Order of repayment",
    "agreement": "Agreements",
}
"""The heading under which findings of one topic are printed."""


@dataclass(frozen=True, repr=False)
class CheckResult:
    """A deal without problems: what is proved about it, and its findings.

    Of a deal with amendments it is about the latest version; `versions` counts them all.
    `terms_fingerprint` is what a certification of these terms quotes.
    """

    deal: Deal
    proofs: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    terms_fingerprint: str
    versions: int = 1

    @property
    def expected_results(self) -> int:
        """How many results of made-up people the measures were held to; all came out."""
        return sum(len(patient.expects) for patient in self.deal.assurance)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """None: a deal with problems raises Refusal, which holds them all."""
        return ()

    def as_plain(self) -> dict[str, object]:
        """The result in plain parts, without the deal's own text."""
        return {
            "deal": self.deal.deal,
            "standing": self.deal.standing,
            "versions": self.versions,
            "terms_fingerprint": self.terms_fingerprint,
            "is_certified": self.deal.is_certified,
            "expected_results": self.expected_results,
            "problems": [],
            "proofs": list(self.proofs),
            "findings": list(self.findings),
        }

    def __str__(self) -> str:
        found = counted(len(self.findings), "finding")
        lines = [self.deal.deal, "=" * min(len(self.deal.deal), _WIDTH)]
        lines.append(f"No problems, {len(self.proofs)} proofs, {found}.")
        if self.deal.assurance:
            people = counted(len(self.deal.assurance), "made-up person")
            results = counted(self.expected_results, "result")
            lines.append(f"The measures give what is expected of {people}: {results}.")
        if self.versions > 1:
            lines.append(f"The latest of {self.versions} versions.")
        file = self.deal.place_of().file
        if file:
            lines.append(f"File: {file}")
        lines.append(f"Terms: {self.terms_fingerprint}")
        for heading, shown in (("Proved", self.proofs), ("Findings", self.findings)):
            if shown:
                lines += ["", heading, "-" * len(heading), *_grouped(shown)]
        return "\n".join(lines)

    __repr__ = __str__


def check(deal: Deal | DealPath) -> CheckResult:
    """What is certain about a deal, in a file, in a folder with its amendments, or already read.

    Raises Refusal with every problem when there is one; also when the measures say something else
    of the deal's made-up people than it expects.
    """
    if isinstance(deal, Deal):
        problems = check_deal(deal)
        if problems:
            raise Refusal(problems)
        return _checked(deal)
    folder = open_folder(deal)
    is_whole_folder = folder.deal_file.name == "deal.yaml"
    if is_whole_folder and folder.amendment_files:
        history = folder.history()
        return _checked(history.latest, history.versions[:-1])
    return _checked(read_deal(deal))


def _checked(deal: Deal, earlier: tuple[Deal, ...] = ()) -> CheckResult:
    if deal.assurance:
        from payforsuccess.measures.assurance import check_patients

        problems = check_patients(deal)
        if problems:
            raise Refusal(problems)
    found = (*prove(deal, earlier), *deal_findings(deal))
    return CheckResult(
        deal=deal,
        proofs=tuple(one for one in found if isinstance(one, Proved)),
        findings=tuple(one for one in found if not isinstance(one, Proved)),
        terms_fingerprint=deal.terms_fingerprint,
        versions=len(earlier) + 1,
    )


def _grouped(findings: Iterable[Finding]) -> list[str]:
    """Findings under the heading of their topic, each with its place."""
    topics: dict[str, list[Finding]] = {}
    for finding in findings:
        topics.setdefault(finding.topic, []).append(finding)
    lines: list[str] = []
    for topic, listed in topics.items():
        lines.append(TITLES.get(topic, topic.capitalize()))
        for finding in listed:
            lines += _wrapped(finding)
    return lines


def _wrapped(finding: Finding) -> list[str]:
    where = finding.where
    place = f"line {where.line}" if where.line else ""
    place = ", ".join(part for part in (place, where.field) if part)
    return textwrap.wrap(
        f"{finding.what}  [{place}]" if place else finding.what,
        _WIDTH,
        initial_indent="  - ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
