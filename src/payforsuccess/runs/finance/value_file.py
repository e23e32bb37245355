"""`value.yaml` beside a deal, where it must be there."""

from __future__ import annotations

from payforsuccess.deal.reading import read_value
from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.finance.files import Financed
from payforsuccess.trail import RunInput, fingerprint_bytes

FILE = "value.yaml"


def open_value(financed: Financed) -> tuple[ValueFile, RunInput]:
    """The file and what is noted of it; refuses where there is none, and all it has wrong."""
    path = financed.folder.root / FILE
    if not path.is_file():
        raise Refusal(
            Problem(
                f"There is no {FILE} beside the deal.",
                "Write down what outcomes change in each budget; the how-to “Say what outcomes are "
                "worth” shows such a file.",
                Place(str(path)),
            )
        )
    content = read_bytes(path)
    file = read_value(content, financed.deal, file=str(path))
    return file, RunInput(FILE, FILE, fingerprint_bytes(content))
