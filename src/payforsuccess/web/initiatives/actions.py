"""Opening an initiative here."""

from __future__ import annotations

from payforsuccess.web.accounts.access import action
from payforsuccess.web.audit.actions import Actor, record
from payforsuccess.web.initiatives.models import Initiative


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
