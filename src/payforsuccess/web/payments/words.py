"""The steps of a payment as pages name them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from payforsuccess.governance.payment_cycle import Cycle, StepName
from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.ui.cells import Tone
from payforsuccess.web.ui.components import Step
from payforsuccess.web.ui.told import told

NAMES: dict[StepName, str | Promise] = {
    "measured": _("Results measured"),
    "checked": _("Checks read by the validator"),
    "determined": _("Results signed by the evaluator"),
    "stated": _("Statement issued"),
    "objections": _("Objections"),
    "answered": _("Sent back, and answered"),
    "approved": _("Approved by two people"),
    "paid": _("Paid by warrant"),
}
WAITS_FOR: dict[StepName, str | Promise] = {
    "measured": _("The data desk loads the feeds and measures the outcomes."),
    "checked": _("The validator looks at the checks on the newest measurement."),
    "determined": _("The evaluator looks at the results and signs them."),
    "stated": _("The coordinator or the project manager issues the statement."),
    "objections": _("Parties may object to a line."),
    "answered": _("A payor sent it back. The coordinator or the project manager answers."),
    "approved": _("Two people of the payors approve it, one of each payor with a part in it."),
    "paid": _("The Auditor-Controller pays what is not in dispute, and enters the warrant."),
}


def steps_of(cycle: Cycle) -> list[Step]:
    """The step indicator: who did each step and when, and whose turn it is."""
    return [
        Step(
            NAMES[step.name],
            step.standing,
            step.by or (titles_of(step.needs) if step.standing == "current" else ""),
            step.on,
            gettext("until this day") if step.name == "objections" and step.on else "",
        )
        for step in cycle.steps
    ]


def titles_of(action: Action | None) -> str:
    """The roles that may do it."""
    return ", ".join(told(role.title) for role in ROLES.values() if action and action in role.may)


def state_of(cycle: Cycle) -> tuple[str | Promise, Tone]:
    """Where a payment is, in a few words with a tone."""
    current = cycle.current
    if current is None:
        return _("Done"), "good"
    return (
        {
            "measured": _("Waits for results"),
            "checked": _("Waits for the validator"),
            "determined": _("Waits for the evaluator"),
            "stated": _("Waits for the statement"),
            "objections": _("In dispute"),
            "answered": _("Sent back"),
            "approved": _("Waits for approval"),
            "paid": _("Waits for payment"),
        }[current.name],
        "watch" if current.name in ("approved", "paid") else "waiting",
    )
