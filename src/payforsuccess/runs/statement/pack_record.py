"""What the auditor's pack says of itself: its README, and pack.json with all that was signed."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.deal.results import Determination
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.statement.approvals import read_approvals, standing_of
from payforsuccess.runs.statement.source_rows import SourceRows
from payforsuccess.runs.statement.statements import Issued
from payforsuccess.trail import fingerprint_bytes

README = """\
What lies here, for the audit of one success-payment statement:

pack.json          the contract's fingerprint and certifications, the determinations and who signed
                   them, who prepared, approved and returned the statement, payments, the run behind
                   the results, and how the sample was drawn
bundle.zip         the statement and all it was computed from: `pfs verify bundle.zip` computes it
                   again without any of the payor's systems
people.csv         the people who were drawn, under their keys, and what each adds to each line
estimates/         where a result rests on an estimate: the estimate and the value that payments
                   read of it, as the run wrote them; pack.json says which plan, and whether the
                   same records gave the same estimate when this pack was made
estimate_people.csv
                   of the people who were drawn, each one's result in the plans of these estimates,
                   of both arms: whom the programme did not serve decides the amount too
source_rows.csv    for each of them, the rows of the agencies' files that earned it, as read: which
                   file, and what it says; “record of” is the key that stands for the person in
                   that file alone, so that the files cannot be joined on it

How to draw the sample again: for every person key with a part in the statement, or in an estimate
that it rests on, take the SHA-256
of the seed, a line break and the key; order by it; take the first ones. Choose the seed yourself,
and tell it to no one before the pack is made.

How to replay the run, where the records are: pfs replay RUN
"""


def determined_for(folder: DealFolder, issued: Issued) -> tuple[Determination, ...]:
    """The determinations that the statement pays on, in order."""
    numbers = {used.determination for used in issued.statement.results}
    return tuple(record for record in folder.determinations() if record.number in numbers)


def pack_json(
    folder: DealFolder,
    issued: Issued,
    seed: str,
    drawn: Sequence[str],
    of: int,
    found: SourceRows,
    files: dict[str, bytes],
    estimates: dict[str, object] | None,
) -> bytes:
    """The contract, determinations, approvals, payments, the run, and how the sample was drawn."""
    statement = issued.statement
    deal = folder.history().latest
    executed = deal.executed
    return json_bytes(
        {
            "format": 1,
            "deal": statement.deal,
            "contract": {
                "fingerprint": executed.contract if executed else None,
                "signed_on": executed.signed_on.isoformat() if executed else None,
                "terms": deal.terms_fingerprint,
                "is_certified": deal.is_certified,
                "certified_by": [
                    certification.as_plain()
                    for certification in (executed.certified_by if executed else ())
                ],
            },
            "statement": {
                "number": statement.number,
                "fingerprint": statement.fingerprint,
                "period": statement.period,
                "as_of": statement.as_of.isoformat(),
                "total_minor": statement.total,
                "currency": statement.currency,
                "why_not_approvable": list(issued.why_not_approvable),
            },
            "determinations": [
                {"determination": record.as_plain(), "fingerprint": record.fingerprint}
                for record in determined_for(folder, issued)
            ],
            "approvals": _approvals(folder, issued),
            "payments": [
                payment.as_plain()
                for payment in folder.paid()
                if payment.statement == statement.number
            ],
            **({} if estimates is None else {"estimates": estimates}),
            "run": found.run,
            "destroyed": list(found.destroyed),
            "sample": {"seed": seed, "drawn": list(drawn), "of": of},
            "files": {name: fingerprint_bytes(files[name]) for name in sorted(files)},
        }
    )


def _approvals(folder: DealFolder, issued: Issued) -> dict[str, object]:
    """What people said of the statement, whether it is approved, and if not, why not."""
    standing = standing_of(folder, issued.statement)
    return {
        "is_approved": standing.is_approved,
        "why_not_approved": standing.why_not,
        "records": [
            {"approval": record.as_plain(), "fingerprint": record.fingerprint}
            for record in read_approvals(folder)
            if record.statement == issued.statement.number
        ],
    }
