"""One example for each public name, in the order of a deal's life: each goes on from the one above.

`tests/docs/test_python_in_docs.py` runs them as they stand on the page.
"""

# ruff: noqa: E501 - what is printed is as long as it is
from __future__ import annotations

EXAMPLES = {
    "new": """\
>>> import payforsuccess as pfs
>>> made = pfs.new("my-deal", template="rate-card")
>>> made.files
('README.md', 'deal.yaml', 'people.csv', 'assumptions.yaml')
""",
    "read_deal": """\
>>> deal = pfs.read_deal("my-deal")
>>> deal
<Deal “Work and a home after probation starts (template)”, in force from 2027-01-01, 2 payment terms>
>>> [(term.name, term.kind) for term in deal.payments]
[('work', 'milestones'), ('home', 'unit-price')]
>>> deal.outcomes["home_months"].says
"Whole months in a home of one's own"

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
>>> paid.entries[0].sentences[1]
'“job started”: USD 1,800.00.'
""",
    "diff": """\
>>> work, home = deal.payments
>>> raised = home.model_copy(update={"price": 290})
>>> amended = deal.model_copy(update={"payments": (work, raised)})
>>> changed = pfs.diff(deal, amended)
>>> changed.touches
('money',)
>>> changed.changes[0].now
('For each month of “home months”, Example County pays USD 290.00.',)
""",
    "eligible": """\
>>> from pathlib import Path
>>> sample = Path("my-deal", "sample.csv")
>>> _ = sample.write_text("age,in-work\\n18,no\\n26,no\\n,no\\n")
>>> judged = pfs.eligible(deal, sample)
>>> [row.verdict for row in judged.rows]
['yes', 'no', 'unknown']
>>> judged.rows[1].failed
('“age” is at most 25 (Section 2)',)
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
    "programmes": """\
>>> _ = Path("lines.csv").write_text('''\\
... department,programme,area,fund,fiscal_year,label,amount
... Health,Homes,housing-and-homelessness,General Fund,2027,preventive,1200000
... Sheriff,Jail,public-safety,General Fund,2027,remedial,8100000.50
... ''')
>>> added = pfs.programmes("lines.csv")
>>> added.totals.whole.preventive  # in cents
120000000
""",
    "assess": """\
>>> readiness = pfs.assess("examples/just-in-reach").readiness
>>> readiness.band.title, float(readiness.total), readiness.knock_outs
('Develop further', 62.75, ())
""",
    "rank": """\
>>> from datetime import date
>>> ranked = pfs.rank("examples/concept-competition", on=date(2026, 11, 4), draws=0)
>>> [(each.place, each.proposal) for each in ranked.found.ranking.ranked]
[(1, 'stable-homes'), (2, 'job-start'), (3, 'safe-return')]
""",
    "gate": """\
>>> gates = pfs.gate("examples/practice-initiative", on=date(2026, 6, 15), stage="board-approval")
>>> gates.stage, gates.gates[0].is_open
('idea', False)
>>> gates.gates[0].unmet[0].found.do
'Write `deal.yaml` beside the initiative.'
""",
    "register": """\
>>> harms = pfs.register("harms", "examples/practice-initiative", on=date(2026, 6, 15))
>>> [(each.harm.number, each.is_settled) for each in harms.entries]
[('H-1', True)]
""",
    "blueprint": """\
>>> draft = pfs.blueprint(
...     "examples/los-angeles-blueprint", on=date(2026, 6, 15), to=[Path("blueprint.html")]
... )
>>> draft.written[0].name, draft.issued
('blueprint.html', ())
""",
    "forecast": """\
>>> ahead = pfs.forecast("examples/just-in-reach")  # doctest: +SKIP
>>> ahead.summary.cases["base"].forecast.paid  # doctest: +SKIP
894400000
""",
    "simulate": """\
>>> worlds = pfs.simulate("examples/just-in-reach", worlds=1024, seed=7)  # doctest: +SKIP
>>> f"{worlds.payments[0].mean.value / 100:,.0f}"  # doctest: +SKIP
'8,227,964'
""",
    "price": """\
>>> solved = pfs.price("examples/just-in-reach", target="paid=9000000", worlds=1024, seed=7).solved  # doctest: +SKIP
>>> solved.factor, solved.evaluations  # doctest: +SKIP
(Fraction(10949, 10000), 14)
""",
    "sensitivity": """\
>>> found = pfs.sensitivity("examples/just-in-reach", worlds=256, seed=7)  # doctest: +SKIP
>>> found.tornado.moved[0].path  # doctest: +SKIP
'outcomes.home_12_months.each_person'
""",
    "compare": """\
>>> both = pfs.compare(["examples/just-in-reach", "my-version"], worlds=256, seed=7)  # doctest: +SKIP
>>> len(both.differences) > 1  # doctest: +SKIP
True
""",
    "tied": """\
>>> found = pfs.tied("my-deal").found
>>> f"{float(found.now):.0%}"
'100%'
>>> found.at[-1].cases["base"].working_capital  # all of the pay hangs on outcomes
11096458
""",
    "stream": """\
>>> _ = Path("stream.yaml").write_text('''
... format: 1
... name: Work after probation
... is_made_up: true
... terms: my-deal/deal.yaml
... contracts:
...   - name: north
...     provider: North Works
...     department: Probation
...     source: existing-stream
...     kind: withhold
...     tied: 20%
...     amounts: [{fiscal_year: 2028, amount: 400_000}]
...     assumptions: my-deal/assumptions.yaml
... ''')
>>> total = pfs.stream("stream.yaml").total
>>> total.under_terms, total.total
(8000000, 40000000)
""",
    "budget": """\
>>> budgeted = pfs.budget("examples/just-in-reach")  # doctest: +SKIP
>>> year = budgeted.told.years[2]  # doctest: +SKIP
>>> year.fiscal_year, year.short_of_expected  # doctest: +SKIP
(2020, 14400000)
""",
    "budget_year_end": """\
>>> ended = pfs.budget_year_end("examples/just-in-reach", 2019)  # doctest: +SKIP
>>> ended.schedule.funds[0].earned["base"]  # doctest: +SKIP
164595410
""",
    "value": """\
>>> valued = pfs.value("examples/just-in-reach", worlds=256)  # doctest: +SKIP
>>> jail = valued.value.cases["base"].lines[0]  # doctest: +SKIP
>>> jail.average, jail.cashable  # doctest: +SKIP
(506730000, 52000000)
""",
    "plan": """\
>>> planned = pfs.plan("examples/maryland-reentry", studies=20_000)  # doctest: +SKIP
>>> planned.plans[0].as_planned.treated, f"{planned.plans[0].paying.none.is_paid.value:.2f}"  # doctest: +SKIP
(216, '0.24')
""",
    "backtest": """\
>>> tested = pfs.backtest("examples/maryland-reentry", arm="no-aid", splits=2_000)  # doctest: +SKIP
>>> tested.people, tested.paid.terms[0].most  # doctest: +SKIP
(216, 7500000)
""",
    "learn": """\
>>> learned = pfs.learn("examples/los-angeles-blueprint", on=date(2026, 6, 15))
>>> learned.parts[0].title
'Homelessness, return to custody, public spending'
""",
    "capital": """\
>>> _ = pfs.new("housing", template="supportive-housing")
>>> _ = Path("housing", "capital.yaml").write_text('''
... format: 1
... is_made_up: true
... calls:
...   - name: first
...     tranche: senior
...     asked_on: 2026-12-15
...     due_on: 2027-01-04
...     amount: 900_000
...     received: [{on: 2027-01-04, amount: 900_000}]
... ''')
>>> senior = pfs.capital("housing", as_of=date(2027, 6, 30)).tranches[0]
>>> senior.principal, senior.interest
(90000000, 1745753)
""",
    "determine": """\
>>> pfs.determine(
...     "my-deal",
...     party="Example Auditors",
...     role="validator",
...     signed_by="A. Name",
...     on=date(2027, 10, 8),
... ).number
1
""",
    "pay": """\
>>> draft = pfs.pay("my-deal", as_of=date(2027, 10, 11))
>>> draft.statement.total  # in cents
1960000
>>> draft.statement.payor_totals()
{'Example County': 1960000}
""",
    "issue": """\
>>> issued = pfs.issue("my-deal")
>>> issued.statement.number, issued.statement.total
(1, 1960000)
""",
    "statements": """\
>>> [issued.statement.period for issued in pfs.statements("my-deal")]
[1]
""",
    "show": """\
>>> pfs.show("my-deal").statement.due_on
datetime.date(2027, 11, 10)
""",
    "why": """\
>>> reasons = pfs.why("my-deal", line="home", person="example-02")
>>> reasons.line.clause
'Section 4.2'
>>> reasons.words.partition(". ")[0]
'For each month of “home months”, Example County pays USD 275.00'
""",
    "audit_pack": """\
>>> pack = pfs.audit_pack("my-deal", seed="dice 4 2 6", sample=3)
>>> pack.drawn, pack.of
(3, 12)
""",
    "bundle": """\
>>> packed = pfs.bundle("my-deal")
>>> packed.holds_people
True
""",
    "verify": """\
>>> pfs.verify(packed.path).holds
True
""",
    "wind_down": """\
>>> ended = pfs.wind_down(
...     "housing",
...     event="no_appropriation",
...     by="Example County",
...     told_on=date(2028, 6, 20),
...     on=date(2028, 8, 31),
... )
>>> ended.due.total
31158000
>>> ended.served.count
110
""",
    "document": """\
>>> from payforsuccess.runs.documents.kinds import Asked
>>> asked = Asked(Path("my-deal"), date(2027, 10, 11))
>>> made = pfs.document("term-sheet", asked, to=[Path("terms.html")])
>>> made.document.title
'Term sheet: Work and a home after probation starts (template)'
""",
    "export": """\
>>> opened = pfs.export("my-deal", "csv", to=Path("open"), on=date(2027, 10, 11))
>>> [path.name for path in opened.paths][:2]
['statement-lines.csv', 'payments.csv']
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
