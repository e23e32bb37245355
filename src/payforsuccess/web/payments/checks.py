"""The look at the checks that comes before a signature, where the deal names a validator."""

from __future__ import annotations

from django.utils.translation import gettext as _

from payforsuccess.deal.approvals import same_person
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.track.looked import are_of_newest, look_at_newest
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.initiatives.parties import parties_being
from payforsuccess.web.ui import cells


def refuse_unread(by: Access, folder: DealFolder) -> None:
    """Refuse a signature on a measurement whose checks no validator has read (R120).

    Nothing is asked where the deal names no validator. Whoever signs has not read them for both.
    """
    if not parties_being(by, "validator"):
        return
    look = look_at_newest(folder)
    if look is None:
        raise Refusal(
            Problem(
                sentence("The validator has not read the checks on this measurement."),
                sentence("Have them made and read first; then sign."),
            )
        )
    if same_person(look.by) == same_person(by.user.full_name):
        raise Refusal(
            Problem(
                sentence("You read the checks yourself; someone else must sign."),
                sentence("Let another person of the evaluator sign."),
            )
        )


def checks_words(by: Access, folder: DealFolder) -> str:
    """What a signer is told of the checks on the measurement: whether they ran, and who looked."""
    look = look_at_newest(folder)
    if look is not None:
        return _("Made on this measurement, and read by %(who)s on %(day)s") % {
            "who": look.by,
            "day": cells.day_words(look.on),
        }
    if are_of_newest(folder):
        return _("Made on this measurement, and read by nobody yet")
    return _("Not made on this measurement")
