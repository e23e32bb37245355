"""A letter to the governing body of a payor, as a draft for officials to finish."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.nearest import ticked
from payforsuccess.deal.parties import Payor
from payforsuccess.errors import Problem, Refusal
from payforsuccess.reports import Document
from payforsuccess.reports.board_letter import BoardLetterFacts, board_letter
from payforsuccess.runs.documents.beside import initiative_beside
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.finance.budget import budget_told
from payforsuccess.runs.finance.budget_files import open_budget
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.finance.recorded import inputs_of


def document(asked: Asked) -> Document:
    """The letter to the body of the payor that is named, or of the one the jurisdiction names.

    Reads the deal, its assumptions, `budget.yaml`, and `initiative.yaml` where it lies beside.
    """
    financed = open_financed(asked.path)
    files = open_budget(financed.folder, financed.deal)
    initiative, read = initiative_beside(financed.folder.root)
    return board_letter(
        BoardLetterFacts(
            deal=financed.deal,
            on=asked.on,
            payor=_payor(financed.deal, asked.party),
            file=files.budget,
            told=budget_told(financed, files),
            initiative=initiative,
            rests_on=(*inputs_of(financed), *files.inputs, *read),
        )
    )


def _payor(deal: Deal, named: str) -> Payor:
    wanted = named or deal.jurisdiction.name
    for payor in deal.payors:
        if payor.party == wanted:
            return payor
    if not named:
        return deal.payors[0]
    raise Refusal(
        Problem(
            f"`{named}` is no payor of this deal.",
            f"Write one of: {ticked([each.party for each in deal.payors])}.",
        )
    )
