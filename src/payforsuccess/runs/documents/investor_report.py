"""The investors' page of a quarter, on the draws that the payor sees."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.finance.capital import capital
from payforsuccess.runs.finance.investor_pack import pack_of
from payforsuccess.runs.folder import open_folder


def document(asked: Asked) -> Document:
    """The page of the day, from `capital.yaml` and what was determined (R133).

    `pfs capital --pack` keeps it with the record of its run.
    """
    status = capital(asked.path, as_of=asked.on)
    return pack_of(status, root=open_folder(asked.path).root)
