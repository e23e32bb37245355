"""What of a deal may be shown to everyone on a day."""

from __future__ import annotations

from payforsuccess.reports.open_data.shown import Opened, opened
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.documents.of_deal import deal_in_force
from payforsuccess.runs.folder import open_folder


def opened_deal(asked: Asked) -> Opened:
    """The deal in force with the statements issued by the day, and the payments made on them."""
    deal = deal_in_force(asked.path, on=asked.on)
    folder = open_folder(asked.path)
    statements = [each for each in folder.statements() if each.as_of <= asked.on]
    numbers = {each.number for each in statements}
    payments = [each for each in folder.paid() if each.on <= asked.on and each.statement in numbers]
    return opened(deal, statements, payments, on=asked.on)
