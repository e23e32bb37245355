"""What people do with their own account."""

from __future__ import annotations

from payforsuccess.web.accounts.access import action
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import Actor, record


@action
def change_password(*, by: Actor, user: User) -> None:
    """Someone chose a new password: a temporary one is done with."""
    user.is_password_temporary = False
    user.save(update_fields=["is_password_temporary"])
    record(by, "account.password-changed", user)
