"""Opening an initiative here, and working out what its overview shows."""

from __future__ import annotations

from datetime import date

from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.study.look import Looked
from payforsuccess.runs.study.look import look as look_at
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Actor, Subject, record
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.initiatives.parties import organisations_for
from payforsuccess.web.initiatives.worked_out import WorkedOut


@action
def open_initiative(
    *, by: Actor, slug: str, name: str, folder: str, is_synthetic: bool = False
) -> Initiative:
    """An initiative whose deal lies in a folder under PFS_HOME/deals; refuses a faulty deal."""
    initiative = Initiative(slug=slug, name=name, folder=folder, is_synthetic=is_synthetic)
    initiative.full_clean()
    deal = initiative.deal
    initiative.save()
    record(by, "initiative.opened", initiative, after={"deal": deal.fingerprint})
    return initiative


@action
def note_worked_out(*, by: Access, found: WorkedOut) -> None:
    """Tell the log that standing and forecast were worked out; reasons stand for what was not."""
    by.require("keep-initiative")
    record(
        by.actor("keep-initiative"),
        "initiative.worked-out",
        Subject("worked-out", found.checksum),
        after={"on": found.on, "not_worked_out": ", ".join(found.why_not)},
    )


@action
def read_look(*, by: Access, look: str, due_on: date, on: date) -> Looked:
    """Outcomes by arm at a planned look, for the evaluator or the named board.

    Refuses what `pfs look` refuses: a plan that is not sealed, a reader whom it does not name.
    """
    by.require("see-outcomes-by-arm", Case(is_planned_look=due_on <= on))
    organisation = organisations_for(by, "see-outcomes-by-arm")[0]
    found = look_at(
        by.initiative.path,
        look,
        reader=organisation.party or organisation.name,
        by=by.user.full_name,
        on=on,
        today=on,
    )
    record(
        by.actor("see-outcomes-by-arm"),
        "outcomes-by-arm.read",
        Subject("look", found.releases[-1].fingerprint),
        after={"look": look, "on": on, "number": found.releases[-1].number},
        basis="a planned look",
    )
    return found
