"""The mistakes of `bad/`: each is the good small deal with one thing changed.

`python -m tests.scenarios.remake` writes `bad/NAME.yaml` for each, a whole file that a person can
open, and beside it `bad/NAME.expected` with the exact message. Read every message before you
keep it: would a county analyst know what to do?
"""

# ruff: noqa: E501 - each edit is easier to read on one line

from __future__ import annotations

from dataclasses import dataclass

Edit = tuple[str, str]


@dataclass(frozen=True)
class Mistake:
    """One mistake: a file's name, what is wrong in words, and the edits that make it.

    Each edit replaces a text that stands exactly once in the good deal; a `~` at the start of the
    new text means that it is put in after the old one. `encoding` is that of the written file.
    """

    name: str
    says: str
    edits: tuple[Edit, ...]
    encoding: str = "utf-8"


def _m(name: str, says: str, *edits: Edit, encoding: str = "utf-8") -> Mistake:
    return Mistake(name, says, edits, encoding)


WRITING = (
    _m("yaml-tab", "a line is indented with a tab", ("  - name: housing\n", "\t- name: housing\n")),
    _m(
        "yaml-colon-in-text",
        "a text with a colon has no quotes",
        ("says: Days housed in the quarter", "says: Days housed: the quarter"),
    ),
    _m(
        "yaml-indentation",
        "a key is indented one space too few",
        ("    price: 15.12", "   price: 15.12"),
    ),
    _m(
        "yaml-indented-too-far",
        "a key is indented further than its neighbours",
        ("    price: 15.12", "      price: 15.12"),
    ),
    _m(
        "yaml-no-space-after-colon",
        "the space after a colon is missing",
        ("    price: 15.12", "    price:15.12"),
    ),
    _m(
        "yaml-open-quote",
        "a quote is never closed",
        ("clause: Section 4.2", 'clause: "Section 4.2'),
    ),
    _m(
        "yaml-quote-in-quotes",
        "an apostrophe ends a quoted text early",
        ("says: Days housed in the quarter", "says: 'The person's days housed'"),
    ),
    _m(
        "yaml-open-bracket",
        "a bracket is never closed",
        ("roles: [provider]}", "roles: [provider}"),
    ),
    _m(
        "yaml-bracket-over-lines",
        "a brace is still open when the next key begins",
        ("of: statement}", "of: statement"),
    ),
    _m("yaml-bracket-too-many", "a bracket too many", ("feeds: [jail]", "feeds: [jail]]")),
    _m("yaml-at-sign", "a value begins with an at sign", ("clause: Section 4.1", "clause: @4.1")),
    _m(
        "yaml-backslash",
        "a backslash inside double quotes",
        ("clause: Section 4.1", 'clause: "Section \\4.1"'),
    ),
    _m(
        "yaml-list-among-keys",
        "an item of a list begins where keys stand",
        ("ceiling: 500_000", "- ceiling: 500_000"),
    ),
    _m(
        "yaml-key-twice",
        "a key is written twice",
        ("    ceiling: 400_000", "    ceiling: 400_000\n    ceiling: 450_000"),
    ),
    _m(
        "yaml-anchor-and-alias",
        "one part is named and repeated elsewhere",
        ("  - {touches: data, of: [payor]}", "  - {touches: data, of: &us [payor]}"),
        ("  - {touches: plan, of: [payor, evaluator]}", "  - {touches: plan, of: *us}"),
    ),
    _m(
        "yaml-merge",
        "keys are copied by the merge sign",
        ("    ceiling: 400_000", "    <<: {ceiling: 400_000}"),
    ),
    _m("yaml-tag", "a value carries a tag", ("price: 15.12", "price: !!float 15.12")),
    _m(
        "yaml-python-object",
        "a tag that would run a program",
        ("deal: Harbor County Re-entry Housing", "deal: !!python/object/apply:os.system ls"),
    ),
    _m(
        "yaml-two-documents",
        "two deals in one file",
        ("overpayment: credit", "---\noverpayment: credit"),
    ),
    _m(
        "yaml-key-is-a-list",
        "a key is a list",
        ("overpayment: credit", "[overpayment]: credit"),
    ),
    _m(
        "yaml-hidden-character",
        "a space of no width hides in a key",
        ("overpayment: credit", "over\u200bpayment: credit"),
    ),
    _m(
        "yaml-turned-text",
        "a hidden mark reverses the direction of the text",
        ("clause: Section 4.1", "clause: Section \u202e4.1"),
    ),
    _m(
        "yaml-latin-1",
        "the file is saved in an old encoding",
        ("Harbor County Re-entry", "Harbor’s Re-entry"),
        encoding="cp1252",
    ),
)

KEYS = (
    _m("key-mistyped", "a key is mistyped", ("    ceiling: 400_000", "    cieling: 400_000")),
    _m(
        "key-mistyped-needed",
        "a key that is needed is mistyped",
        ("    price: 15.12", "    prize: 15.12"),
    ),
    _m(
        "key-unknown",
        "a key that does not exist",
        ("    price: 15.12", "    price: 15.12\n    colour: blue"),
    ),
    _m(
        "key-of-another-kind",
        "a key of another kind of payment",
        ("    price: 15.12", "    price: 15.12\n    bands: []"),
    ),
    _m(
        "key-at-the-wrong-level",
        "a key of the deal stands inside a payment",
        (
            "    clause: Section 4.2\nceiling",
            "    clause: Section 4.2\n    overpayment: credit\nceiling",
        ),
        ("\noverpayment: credit\nfinality", "\nfinality"),
    ),
    _m(
        "key-with-hyphen",
        "a hyphen stands for an underscore",
        ("fiscal_year_starts:", "fiscal-year-starts:"),
    ),
    _m(
        "key-of-the-program",
        "a key as the program spells it inside",
        (
            "periods: {every: quarter, from: 2026-01-01}",
            "periods: {every: quarter, from_: 2026-01-01}",
        ),
    ),
    _m(
        "comma-in-a-text-in-braces",
        "a text with a comma stands in braces without quotes",
        ("{says: Everyone who entered the lottery}", "{says: Everyone, drawn or not}"),
    ),
    _m("key-missing", "a payment without a price", ("    price: 15.12\n", "")),
    _m("key-empty", "a needed key with nothing after it", ("currency: USD", "currency:")),
    _m(
        "name-with-spaces",
        "a name with spaces and capitals",
        ("  - name: housing", "  - name: Stable Housing"),
    ),
    _m("format-later", "the file is of a later format", ("format: 1", "format: 7")),
    _m(
        "no-overpayment", "nothing says what a negative balance does", ("overpayment: credit\n", "")
    ),
    _m(
        "no-finality",
        "nothing says until when statements can be corrected",
        ("finality: {look_back: 2 years, materiality: 25, final_on: 2029-12-31}\n", ""),
    ),
    _m("no-clause", "a payment does not name its clause", ("    clause: Section 4.1\n", "")),
    _m(
        "no-better",
        "an outcome does not say which way is success",
        ("    unit: day\n    better: higher\n", "    unit: day\n"),
    ),
    _m(
        "no-no-success",
        "an outcome where lower is better does not say what no success is",
        (
            "    unit: day\n    better: higher\n    no_success: 0\n",
            "    unit: day\n    better: lower\n",
        ),
    ),
    _m("no-on-death", "a measure does not say what a death does", ("      on_death: censor\n", "")),
    _m(
        "no-jurisdiction",
        "the deal names no government",
        ("jurisdiction: {name: Harbor County}\n", ""),
    ),
)

KINDS = (
    _m("kind-mistyped", "a kind of payment is mistyped", ("kind: unit-price", "kind: unit price")),
    _m(
        "kind-unknown",
        "a kind of payment that does not exist",
        ("kind: unit-price", "kind: auction"),
    ),
    _m("kind-missing", "a payment without its kind", ("    kind: unit-price\n", "")),
    _m(
        "kind-of-measure",
        "a kind of measure that does not exist",
        ("kind: days-in-state", "kind: days-in-jail"),
    ),
    _m("design-mistyped", "a design is mistyped", ("design: randomised", "design: randomized")),
    _m(
        "word-unknown",
        "a word that cannot stand there",
        ("overpayment: credit", "overpayment: refund"),
    ),
    _m("role-unknown", "a role that does not exist", ("roles: [provider]", "roles: [landlord]")),
    _m(
        "rule-unknown",
        "a rule for deaths that does not exist",
        ("on_death: censor", "on_death: ignore"),
    ),
    _m("currency-unknown", "a currency that is not one", ("currency: USD", "currency: dollars")),
)

VALUES = (
    _m(
        "number-with-commas",
        "an amount with commas",
        ("    ceiling: 400_000", "    ceiling: 400,000"),
    ),
    _m(
        "number-with-commas-in-braces",
        "an amount with commas in braces",
        ("{from: 30, pays: 100_000}", "{from: 30, pays: 100,000}"),
    ),
    _m("number-with-dollar", "an amount with its sign", ("    price: 15.12", "    price: $15.12")),
    _m(
        "number-with-exponent",
        "a number of a billion digits",
        ("    price: 15.12", "    price: 1e999999999"),
    ),
    _m(
        "number-of-many-digits",
        "a number of too many digits",
        ("    price: 15.12", f"    price: 1{'0' * 60}"),
    ),
    _m("number-octal", "a number in base eight", ("    ceiling: 400_000", "    ceiling: 0o17")),
    _m(
        "number-sexagesimal",
        "a number that some programs read in base sixty",
        ("    price: 15.12", "    price: 1:30:00"),
    ),
    _m("number-not-a-number", "not a number", ("    price: 15.12", "    price: .nan")),
    _m("price-zero", "a price of nothing", ("    price: 15.12", "    price: 0")),
    _m("ceiling-negative", "a ceiling below zero", ("    ceiling: 400_000", "    ceiling: -1")),
    _m("whole-with-decimals", "a number of days that is not whole", ("days: 30,", "days: 30.5,")),
    _m("share-above-one", "a share above one", ("share: 60%", "share: 60")),
    _m(
        "date-impossible",
        "a day that no calendar has",
        ("in_force_from: 2026-01-01", "in_force_from: 2026-13-45"),
    ),
    _m(
        "date-american",
        "a date in another order",
        ("in_force_from: 2026-01-01", "in_force_from: 01/01/2026"),
    ),
    _m(
        "date-with-time",
        "a date with a time of day",
        ("in_force_from: 2026-01-01", "in_force_from: 2026-01-01T00:00:00"),
    ),
    _m(
        "day-of-year-in-words",
        "a day of the year in words",
        ("fiscal_year_starts: 07-01", "fiscal_year_starts: July 1"),
    ),
    _m(
        "duration-without-unit",
        "a length of time without its unit",
        ("window: 12 months", "window: 12"),
    ),
    _m(
        "duration-in-words",
        "a length of time in words",
        ("look_back: 2 years", "look_back: two years"),
    ),
    _m(
        "flag-yes",
        "yes for true",
        ("    ceiling: 100_000", "    claws_back: yes\n    ceiling: 100_000"),
    ),
    _m("text-empty", "an empty name", ("deal: Harbor County Re-entry Housing", 'deal: ""')),
    _m(
        "fingerprint-short",
        "a fingerprint that is cut off",
        (
            "overpayment: credit",
            "executed: {contract: sha256:1234, signed_on: 2025-12-01}\noverpayment: credit",
        ),
    ),
    _m(
        "money-not-whole-cents",
        "an amount of half a cent",
        ("    ceiling: 400_000", "    ceiling: 400_000.005"),
    ),
)

SHAPES = (
    _m(
        "list-wanted",
        "one payor is not written as a list",
        (
            "payors:\n  - {party: Harbor County, share: 60%}\n  - {party: State of Tidewater, share: 40%}\n",
            "payors: Harbor County\n",
        ),
    ),
    _m(
        "list-of-one-wanted",
        "keys where a list belongs",
        ("    points:\n      - {name: year-one", "    points:\n        {name: year-one"),
    ),
    _m(
        "keys-wanted",
        "a word where keys belong",
        ("periods: {every: quarter, from: 2026-01-01}", "periods: quarterly"),
    ),
    _m("value-wanted", "a list where one value belongs", ("currency: USD", "currency: [USD, EUR]")),
    _m(
        "item-empty",
        "an item of a list with nothing in it",
        (
            "    - {name: operating, within: 10 days}\n",
            "    -\n    - {name: operating, within: 10 days}\n",
        ),
    ),
)

PAYMENTS = (
    _m(
        "bands-overlap",
        "two bands overlap",
        (
            "      - {from: 10, pays: 50_000, then_per_unit: 2_500}",
            "      - {from: 10, to: 40, pays: 50_000, then_per_unit: 2_500}",
        ),
    ),
    _m(
        "bands-do-not-rise",
        "the bands are out of order",
        ("      - {from: 30, pays: 100_000}", "      - {from: 5, pays: 100_000}"),
    ),
    _m(
        "bands-off-the-tick",
        "a band begins between two steps of the outcome",
        ("      - {from: 30, pays: 100_000}", "      - {from: 30.5, pays: 100_000}"),
    ),
    _m(
        "bands-two-starts",
        "a band has two starts",
        ("{from: 10, pays: 50_000,", "{from: 10, above: 10, pays: 50_000,"),
    ),
    _m(
        "bands-end-before-start",
        "a band ends before it starts",
        ("{from: 10, pays: 50_000,", "{from: 10, to: 5, pays: 50_000,"),
    ),
    _m(
        "bands-none",
        "a schedule without bands",
        (
            "    bands:\n      - {below: 10}\n      - {from: 10, pays: 50_000, then_per_unit: 2_500}\n      - {from: 30, pays: 100_000}\n",
            "    bands: []\n",
        ),
    ),
    _m(
        "bands-jump",
        "a joined schedule jumps",
        ("    reads: points\n", "    reads: points\n    shape: joined\n"),
    ),
    _m(
        "band-negative",
        "a band pays back and nobody says who",
        ("      - {below: 10}", "      - {below: 10, pays: -5_000}"),
    ),
    _m(
        "floor-above-ceiling",
        "a floor above the ceiling",
        ("    ceiling: 400_000", "    floor_each_period: 500_000\n    ceiling: 400_000"),
    ),
    _m(
        "carry-without-ceiling",
        "carry-forward without a period ceiling",
        ("    ceiling: 400_000", "    carry_until: 2027-12-31\n    ceiling: 400_000"),
    ),
    _m(
        "claw-back-by-period",
        "a claw-back on a term that reads single periods",
        ("    ceiling: 400_000", "    claws_back: true\n    ceiling: 400_000"),
    ),
    _m(
        "points-missing",
        "a term reads points and lists none",
        ("    points:\n      - {name: year-one, determined_by: 2027-06-30}\n", ""),
    ),
    _m(
        "point-after-the-end",
        "a measurement point after the last period",
        ("determined_by: 2027-06-30", "determined_by: 2031-06-30"),
    ),
    _m(
        "payment-name-twice",
        "two payments of one name",
        ("  - name: jail\n    kind", "  - name: housing\n    kind"),
    ),
    _m(
        "outcome-not-there",
        "a payment on an outcome that is not there",
        ("    pays_for: stable_days", "    pays_for: stable_day"),
    ),
    _m(
        "payment-on-activity",
        "a payment on an activity (R2)",
        ("    type: outcome", "    type: activity"),
    ),
    _m(
        "deduct-not-there",
        "a deduction that is not there",
        ("    ceiling: 400_000", "    deduct: jail_days\n    ceiling: 400_000"),
    ),
    _m(
        "condition-on-two-things",
        "a condition on two things",
        (
            "    ceiling: 400_000",
            "    conditions: [{outcome: stable_days, at_least: 10, after: jail, otherwise: lost}]\n    ceiling: 400_000",
        ),
    ),
    _m(
        "condition-after-itself",
        "a payment that waits for itself",
        (
            "    ceiling: 400_000",
            "    conditions: [{after: housing, otherwise: lost}]\n    ceiling: 400_000",
        ),
    ),
    _m(
        "subgroup-not-there",
        "a multiplier for a group that is not there",
        (
            "    ceiling: 400_000",
            "    subgroups: [{group: veterans, times: 2}]\n    ceiling: 400_000",
        ),
    ),
    _m("shares-not-whole", "the payors' shares do not add up", ("share: 40%", "share: 30%")),
)

CONTRACT = (
    _m(
        "payor-not-a-party",
        "a payor that is not a party",
        ("{party: State of Tidewater, share: 40%}", "{party: State of Tidewter, share: 40%}"),
    ),
    _m(
        "payor-without-the-role",
        "a payor whose party lacks the role",
        (
            "  - {name: State of Tidewater, roles: [payor], level: state}",
            "  - {name: State of Tidewater, roles: [data-holder], level: state}",
        ),
    ),
    _m("party-without-role", "a party without a role", ("roles: [provider]", "roles: []")),
    _m(
        "party-twice",
        "a party listed twice",
        (
            "  - {name: Open Door Housing, roles: [provider]}\n",
            "  - {name: Open Door Housing, roles: [provider]}\n  - {name: Open Door Housing, roles: [investor]}\n",
        ),
    ),
    _m(
        "evaluation-missing",
        "an effect without its evaluation plan",
        ("    estimate: jail_days", "    estimate: jail_day"),
    ),
    _m(
        "feed-missing",
        "a measure reads data the deal does not list",
        ("feeds: [jail]", "feeds: [jail, courts]"),
    ),
    _m(
        "agreement-missing",
        "data without an agreement",
        (
            "    agreement:\n      kind: dsa\n      parties: [Harbor County, Tidewater University]\n      purpose: To evaluate this deal\n      permitted_columns: [person, booked_on, released_on]\n      regime: none\n      signed_on: 2025-11-03\n      expires_on: 2028-12-31\n",
            "",
        ),
    ),
    _m(
        "significance-without-level",
        "a decision by significance without a level",
        ("pays_on: point-estimate", "pays_on: significance"),
    ),
    _m("test-missing", "a plan that names no test", ("    test: welch\n", "")),
    _m(
        "ends-before-it-starts",
        "the deal ends before it starts",
        ("in_force_from: 2026-01-01", "in_force_from: 2028-01-01"),
    ),
    _m(
        "amendment-inside-a-period",
        "an amendment in force from the middle of a period",
        (
            "in_force_from: 2026-01-01",
            "in_force_from: 2026-05-15\namendment: {number: 1, says: A higher price, touches: [data], consents: [{of: payor, party: Harbor County, on: 2026-03-02}, {of: payor, party: State of Tidewater, on: 2026-03-02}]}",
        ),
    ),
    _m(
        "amendment-back-in-time-unsigned",
        "an amendment that reaches back has no date of signature",
        (
            "in_force_from: 2026-01-01",
            "in_force_from: 2026-04-01\namendment: {number: 1, says: A higher price, touches: [money], retroactive: true}",
        ),
    ),
    _m(
        "recovered-from-nobody",
        "overpayments are recovered from nobody",
        ("overpayment: credit", "overpayment: recover"),
    ),
    _m(
        "excused-baseline-missing",
        "a baseline is reset and not stated",
        (
            "overpayment: credit",
            "excused:\n  - {from: 2026-03-15, to: 2026-06-30, says: Flood, decision: Board minute 12, effect: baseline-reset}\noverpayment: credit",
        ),
    ),
    _m(
        "capital-from-a-stranger",
        "capital from someone who is not a party",
        (
            "overpayment: credit",
            "capital:\n  - {name: senior, party: Harbor Bank, kind: senior-loan, amount: 300_000, rate: 4%}\noverpayment: credit",
        ),
    ),
    _m(
        "termination-called-by-a-stranger",
        "an event called by someone who is not a party",
        (
            "overpayment: credit",
            "termination:\n  - {name: low-intake, says: Fewer than 20 people in a year, called_by: [Harbour County], sum_due: earned-to-date}\noverpayment: credit",
        ),
    ),
    _m(
        "head-count-turned-round",
        "the fewest people are more than the most",
        ("head_count: {least: 0, most: 200}", "head_count: {least: 200, most: 0}"),
    ),
    _m(
        "arms-one-label",
        "the arms of the plan have one label",
        (
            "arms: {treated: offered, control: not-offered}",
            "arms: {treated: offered, control: offered}",
        ),
    ),
    _m(
        "effect-in-another-unit",
        "an outcome in percent rests on an effect in days",
        ("    as: percent-reduction", "    as: difference"),
    ),
)
TERM = "  - name: bonus\n    clause: Section 4.3\n"
LAST = "    clause: Section 4.2\nceiling"


def _term(name: str, says: str, keys: str) -> Mistake:
    """A mistake in one more payment term at the end of the list."""
    return _m(name, says, (LAST, f"    clause: Section 4.2\n{TERM}{keys}ceiling"))


MORE_TERMS = (
    _term(
        "pot-weights",
        "the weights of a pot do not add up",
        "    kind: pot\n    amount: 10_000\n    parts:\n"
        "      - {outcome: stable_days, weight: 50%, none_at: 0, all_at: 100}\n"
        "      - {outcome: jail_reduction, weight: 40%, none_at: 0, all_at: 10}\n",
    ),
    _term(
        "pot-one-value",
        "nothing and all of a pot are paid at one value",
        "    kind: pot\n    amount: 10_000\n    parts:\n"
        "      - {outcome: stable_days, weight: 1, none_at: 100, all_at: 100}\n",
    ),
    _term(
        "milestones-none",
        "milestones without a milestone",
        "    kind: milestones\n    milestones: []\n",
    ),
    _term(
        "milestone-twice",
        "one outcome is two milestones",
        "    kind: milestones\n    milestones:\n"
        "      - {outcome: stable_days, price: 5}\n      - {outcome: stable_days, price: 6}\n",
    ),
    _term(
        "milestone-needs-earlier",
        "the first milestone needs an earlier one",
        "    kind: milestones\n    milestones:\n"
        "      - {outcome: stable_days, price: 5, needs_earlier: true}\n",
    ),
    _term(
        "threshold-pays-twice",
        "a share threshold pays a sum and a price",
        "    kind: share-threshold\n    passed: stable_days\n    out_of: stable_days\n"
        "    at_least: 50%\n    amount: 100\n    price: 5\n",
    ),
    _term(
        "savings-second-share",
        "a second share without the sum at which it starts",
        "    kind: savings-share\n    pays_for: stable_days\n    share: 50%\n    then_share: 20%\n",
    ),
    _term(
        "coupon-day-count",
        "a day count that does not exist",
        "    kind: coupon\n    pays_for: stable_days\n    balance: 100_000\n"
        "    day_count: actual/366\n    bands: [{from: 0, rate: 2%}]\n",
    ),
    _term(
        "withhold-pays-money",
        "a withheld fee earns money instead of a share",
        "    kind: withhold\n    pays_for: stable_days\n    fee: 1_000\n    at_risk: 10%\n"
        "    bands: [{from: 0, pays: 100}]\n",
    ),
    _term(
        "index-two-forms",
        "an index with a rate and with factors",
        "    kind: unit-price\n    pays_for: stable_days\n    price: 1\n"
        "    index: {yearly: 1.02, factors: [{year: 1, factor: 1}]}\n",
    ),
    _term(
        "condition-without-limit",
        "a condition on an outcome without a limit",
        "    kind: unit-price\n    pays_for: stable_days\n    price: 1\n"
        "    conditions: [{outcome: jail_reduction, otherwise: lost}]\n",
    ),
    _term(
        "condition-says-nothing-otherwise",
        "a condition that does not say what happens while it is not met",
        "    kind: unit-price\n    pays_for: stable_days\n    price: 1\n"
        "    conditions: [{outcome: stable_days, at_least: 3}]\n",
    ),
    _term(
        "payor-of-line-unknown",
        "a line that is paid by someone who is not a payor",
        "    kind: unit-price\n    pays_for: stable_days\n    price: 1\n"
        "    payors: [Open Door Housing]\n",
    ),
)

MORE_CONTRACT = (
    _m(
        "consents-not-recorded",
        "an amendment without the consents it needs",
        (
            "in_force_from: 2026-01-01",
            "in_force_from: 2026-04-01\namendment: {number: 1, says: A higher price, touches: [money]}",
        ),
    ),
    _m(
        "certified-by-a-stranger",
        "a certification for someone who is not a party",
        (
            "overpayment: credit",
            f"executed:\n  contract: sha256:{'ab' * 32}\n  signed_on: 2025-12-01\n  certified_by:\n"
            f"    - {{name: A. Reyes, party: Harbor Bank, on: 2025-12-02, terms: sha256:{'cd' * 32}}}\n"
            "overpayment: credit",
        ),
    ),
    _m(
        "payor-steps-in-for-itself",
        "a payor steps in for itself",
        (
            "{party: State of Tidewater, share: 40%}",
            "{party: State of Tidewater, share: 40%, ceiling: 9_000, steps_in: State of Tidewater}",
        ),
    ),
    _m(
        "no-success-off-the-tick",
        "the value of no success lies between two steps",
        (
            "    unit: day\n    better: higher\n    no_success: 0",
            "    unit: day\n    better: higher\n    no_success: 0.5",
        ),
    ),
    _m(
        "measured-and-estimated",
        "an outcome is both measured and estimated",
        (
            "    estimate: jail_days\n",
            "    estimate: jail_days\n    measure:\n      {kind: percent-reduction, treated: offered, "
            "control: not-offered, of: {kind: event-count, event: jail-day, counts: days, population: "
            "{says: All}, starts_at: assignment, window: 12 months, on_death: censor, on_move: censor, "
            "on_custody: succeed, feeds: [jail]}}\n",
        ),
    ),
    _m(
        "bounds-turned-round",
        "the least value of an outcome is above the most",
        ("{least: 0, most: 18400}", "{least: 18400, most: 0}"),
    ),
    _m(
        "cohorts-share-days",
        "two cohorts share days",
        (
            "  head_count: {least: 0, most: 200}\n",
            "  head_count: {least: 0, most: 200}\n  cohorts:\n"
            "    - {name: First, from: 2026-01-01, to: 2026-12-31}\n"
            "    - {name: Second, from: 2026-10-01, to: 2027-12-31}\n",
        ),
    ),
    _m(
        "final-before-the-end",
        "corrections end before the deal does",
        ("final_on: 2029-12-31", "final_on: 2027-06-30"),
    ),
    _m(
        "agreement-of-one-party",
        "an agreement that one party signed alone",
        (
            "      parties: [Harbor County, Tidewater University]\n",
            "      parties: [Harbor County]\n",
        ),
    ),
    _m(
        "excused-outside-the-deal",
        "excused days before the deal began",
        (
            "overpayment: credit",
            "excused:\n  - {from: 2025-12-15, to: 2026-03-31, says: Flood, decision: Board minute 12, "
            "effect: days-not-counted}\noverpayment: credit",
        ),
    ),
    _m(
        "strata-missing",
        "a stratified assignment without its strata",
        ("    assignment: individual", "    assignment: stratified"),
    ),
    _m(
        "lottery-wait-without-end",
        "a lottery that does not say how long people not drawn wait",
        (
            "    assignment: individual",
            "    assignment: individual\n    lottery: {block_sizes: [4, 6]}",
        ),
    ),
    _m(
        "lottery-values-of-no-stratum",
        "a lottery lists the values of a fact that makes no strata",
        (
            "    assignment: individual",
            "    assignment: individual\n    lottery: {values: {site: [north, south]}, excluded_for: 12 months}",
        ),
    ),
    _m(
        "lottery-draws-in-another-way",
        "a lottery draws in a way that is not known",
        (
            "    assignment: individual",
            "    assignment: individual\n    lottery: {draws: every-month, excluded_for: 12 months}",
        ),
    ),
)

_LOAN = "capital:\n  - {name: senior, party: Harbor County, kind: senior-loan, amount: 300_000, order: 1}\n"
CAPITAL = (
    _m(
        "capital-does-not-add-up",
        "the tranches add up to less than what is stated of all",
        ("overpayment: credit", _LOAN + "capital_in_all: 400_000\noverpayment: credit"),
    ),
    _m(
        "waterfall-names-no-tranche",
        "a step of the waterfall pays a tranche that is not there",
        (
            "overpayment: credit",
            _LOAN + "waterfall:\n  - {pays: principal, to: [junior]}\noverpayment: credit",
        ),
    ),
    _m(
        "waterfall-shares-above-one",
        "the shares of what is left add up to more than all of it",
        (
            "overpayment: credit",
            _LOAN
            + "waterfall:\n  - {pays: principal, to: [senior]}\n  - {pays: return, to: [senior, Harbor County], shares: [70%, 40%]}\noverpayment: credit",
        ),
    ),
    _m(
        "waterfall-pays-a-guarantee",
        "a step repays a guarantee, on which nothing is owed",
        (
            "overpayment: credit",
            "capital:\n  - {name: senior, party: Harbor County, kind: senior-loan, amount: 300_000, order: 1}\n  - {name: cover, party: Harbor County, kind: guarantee, amount: 100_000, covers: 50%, guarantees: [senior]}\nwaterfall:\n  - {pays: principal, to: [senior, cover]}\noverpayment: credit",
        ),
    ),
    _m(
        "triggers-in-a-circle",
        "two triggers wait for each other",
        (
            "overpayment: credit",
            "triggers:\n  - {name: first, says: Ten people, on: 2026-07-01, enrolled_at_least: 10, after: second}\n  - {name: second, says: Twenty people, on: 2026-10-01, enrolled_at_least: 20, after: first}\noverpayment: credit",
        ),
    ),
    _m(
        "trigger-before-the-deal",
        "a trigger is tested before the deal begins",
        (
            "overpayment: credit",
            "triggers:\n  - {name: first, says: Ten people, on: 2020-07-01, enrolled_at_least: 10}\noverpayment: credit",
        ),
    ),
    _m(
        "tranche-draws-on-no-trigger",
        "a tranche waits for a trigger that is not there",
        (
            "overpayment: credit",
            "capital:\n  - {name: senior, party: Harbor County, kind: senior-loan, amount: 300_000, order: 1, draws_if: on_track}\noverpayment: credit",
        ),
    ),
)

MISTAKES = (
    *WRITING,
    *KEYS,
    *KINDS,
    *VALUES,
    *SHAPES,
    *PAYMENTS,
    *MORE_TERMS,
    *CONTRACT,
    *MORE_CONTRACT,
    *CAPITAL,
)
