"""One example for each public name, in the order of a deal's life: each goes on from the one above.

`tests/docs/test_python_in_docs.py` runs them as they stand on the page.
"""

# ruff: noqa: E501 - what is printed is as long as it is
from __future__ import annotations

EXAMPLES = {
    "new": """\
>>> import payforsuccess as pfs
>>> made = pfs.new("my-deal", template="supportive-housing")
>>> made.files
('README.md', 'deal.yaml', 'results.yaml')
""",
    "read_deal": """\
>>> deal = pfs.read_deal("my-deal")
>>> deal
<Deal “Supportive housing for people leaving jail (template)”, in force from 2027-01-01, 2 payment terms>
>>> [(term.name, term.kind) for term in deal.payments]
[('housing', 'unit-price'), ('jail', 'schedule')]
>>> deal.outcomes["jail_reduction"].says
'By how many percent the days in jail of people offered a home are below those of people whom the lottery did not draw'

What cannot be read is refused with every problem at once:

>>> from payforsuccess.errors import Refusal
>>> try:
...     pfs.read_deal("nowhere")
... except Refusal as refusal:
...     for problem in refusal.problems:
...         print(problem)
nowhere
  There is no such file.
  Check the name.
""",
    "check": """\
>>> checked = pfs.check(deal)
>>> checked.problems
()
>>> for proof in checked.proofs:
...     if proof.topic == "no-success":
...         print(proof.what)
Nothing is due without success: with every outcome at 0, no line pays anything, however many people are served.
""",
    "explain": """\
>>> explained = pfs.explain(deal)
>>> paid = next(part for part in explained.sections if part.title == "What is paid")
>>> paid.entries[0].sentences[0]
'For each day of “stable days”, the payors together pay USD 18.00.'
""",
    "diff": """\
>>> raised = deal.payments[0].model_copy(update={"price": 19})
>>> amended = deal.model_copy(update={"payments": (raised, *deal.payments[1:])})
>>> changed = pfs.diff(deal, amended)
>>> changed.touches
('money',)
>>> changed.changes[0].now
('For each day of “stable days”, the payors together pay USD 19.00.',)
""",
    "library": """\
>>> found = pfs.library(place="Denver")
>>> [deal.id for deal in found.comparators]
['denver-sib']
""",
    "library_check": """\
>>> checked = pfs.library_check(deal="denver-sib")
>>> checked.rows[0].published, checked.rows[0].computed, checked.rows[0].verdict
('620978.4', '620978.4', 'exact')
>>> checked.is_as_expected
True
""",
    "determine": """\
>>> from datetime import date
>>> pfs.determine(
...     "my-deal",
...     party="Example University",
...     role="evaluator",
...     signed_by="A. Name",
...     on=date(2028, 8, 15),
... ).number
1
""",
    "pay": """\
>>> draft = pfs.pay("my-deal", period=3, as_of=date(2028, 8, 20))
>>> draft.statement.total  # in cents
31158000
>>> draft.statement.payor_totals()
{'Example County': 18694800, 'Example State': 12463200}
""",
    "issue": """\
>>> issued = pfs.issue("my-deal")
>>> issued.statement.number, issued.statement.total
(1, 31158000)
""",
    "statements": """\
>>> [issued.statement.period for issued in pfs.statements("my-deal")]
[3]
""",
    "show": """\
>>> pfs.show("my-deal").statement.due_on
datetime.date(2028, 9, 29)
""",
    "why": """\
>>> reasons = pfs.why("my-deal", line="3")
>>> reasons.line.clause
'Section 5.1'
>>> reasons.words.partition(". ")[0]
'For each day of “stable days”, the payors together pay USD 18.00'
""",
    "bundle": """\
>>> packed = pfs.bundle("my-deal")
>>> packed.holds_people
False
""",
    "verify": """\
>>> pfs.verify(packed.path).holds
True
""",
    "run": """\
>>> done = pfs.run("examples/maryland-reentry")  # doctest: +SKIP
>>> done.statement.total  # doctest: +SKIP
15630000
>>> done.report  # doctest: +SKIP
PosixPath('examples/maryland-reentry/out/runs/run-5ee11d85c5ad/report.html')
""",
    "replay": """\
>>> pfs.replay(done.folder).is_same  # doctest: +SKIP
True
""",
}
