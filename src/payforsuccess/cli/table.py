"""The commands in the order of a deal's life, with the line that `pfs --help` prints for each.

`pfs --help` is made from this table alone, so that it loads no command. A test holds each line to
the command itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One command: its name, its line in the help, and its module under `cli.commands`."""

    name: str
    says: str

    @property
    def module(self) -> str:
        """The module that holds the command as `command`."""
        return f"payforsuccess.cli.commands.{self.name.replace('-', '_')}"


@dataclass(frozen=True)
class Stage:
    """A stage in the life of a deal and its commands."""

    title: str
    entries: tuple[Entry, ...]


STAGES = (
    Stage(
        "Start a deal",
        (
            Entry("new", "Write a new deal folder from a template."),
            Entry("check", "Check a deal, and prove what it can pay."),
            Entry("explain", "Print a whole deal in plain words."),
            Entry("diff", "Say what an amendment changes, in words and in money."),
            Entry("library", "List, show and recompute real deals."),
            Entry("lesson", "Teach how outcomes contracts work, with a check at the end."),
            Entry("schema", "Print the JSON Schema of the deal file, for editors."),
            Entry("migrate", "Bring a deal file to the present format."),
            Entry("simulate-county", "Write the records of a made-up county."),
        ),
    ),
    Stage(
        "Choose and prepare",
        (
            Entry("programmes", "Add up programme and funding lines, preventive and remedial."),
            Entry("assess", "Say how ready a concept is, by a versioned set of criteria."),
            Entry("rank", "Rank the proposals of a solicitation by its sealed method."),
            Entry("gate", "Say what each gate still needs before an initiative may move on."),
            Entry("registers", "Show a register of an initiative as it stands on a day."),
            Entry("blueprint", "Write the blueprint report, or issue it once it is whole."),
        ),
    ),
    Stage(
        "Plan the money and the study",
        (
            Entry("forecast", "Look ahead: people, payments, cash, returns and liability."),
            Entry("simulate", "Simulate what payors, investors and provider may see."),
            Entry("price", "Solve for the price that meets a target, or say why none does."),
            Entry("tied", "Show the provider's cash as more of its pay hangs on outcomes."),
            Entry("stream", "Look ahead over a funding stream: one set of terms, many contracts."),
            Entry("sensitivity", "Show which assumption matters most."),
            Entry(
                "compare",
                "Compare two deals, assumptions or versions on the same draws.",
            ),
            Entry("budget", "Set what payors may owe against what is provided for it."),
            Entry("value", "Say what outcomes are worth to each budget, and what was realised."),
            Entry("plan", "Say what a study can show, and how likely the deal pays rightly on it."),
            Entry("backtest", "Pay a deal's terms on people who had no programme."),
        ),
    ),
    Stage(
        "Deliver and measure",
        (
            Entry("request", "Write what to ask each agency for."),
            Entry("eligible", "Try the eligibility rule on sample records."),
            Entry("ingest", "Read the agencies' files into a snapshot."),
            Entry("link", "Match the people of the agencies' files."),
            Entry("assign", "Draw who is placed, by a sealed lottery that nobody owns."),
            Entry("measure", "Measure the outcomes in the records."),
            Entry("track", "Show how the deal is going."),
            Entry("evaluate", "Estimate the effects as the plans say."),
            Entry("equity", "Show referral, draw, take-up, exit, match and outcomes by group."),
            Entry("learn", "Say what was learned, of one initiative or of many."),
        ),
    ),
    Stage(
        "Settle a period",
        (
            Entry("determine", "Record the results that an evaluator or validator signs."),
            Entry("pay", "Draft the statement of a period."),
            Entry("statement", "Issue, show, approve and list statements."),
            Entry("why", "Follow an amount back to its clause, steps, people and rows."),
            Entry("bundle", "Put a statement and all it rests on into one file."),
            Entry("verify", "Compute a statement again from its bundle."),
            Entry("audit-pack", "Write what an auditor needs to test a statement."),
            Entry("capital", "Show where capital stands: balances, next draw, defaults, the bank."),
            Entry("wind-down", "Say what the early end of a deal brings, and who is still served."),
        ),
    ),
    Stage(
        "Show and repeat",
        (
            Entry("document", "Write one of the documents about a deal or an initiative."),
            Entry("export", "Write a deal in an open format, without anything about a person."),
            Entry("run", "Do all of it: from agency records to statement and report."),
            Entry("serve", "Serve the web application to browsers, until it is stopped."),
            Entry("replay", "Do a recorded run again and name the first difference."),
            Entry("retire", "Destroy the records of a feed and leave a certificate."),
        ),
    ),
)

ENTRIES = {entry.name: entry for stage in STAGES for entry in stage.entries}
