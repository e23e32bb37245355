"""What a federal application or notice is filled from: all files beside the deal that tell."""

from __future__ import annotations

from payforsuccess.deal.reading import read_assumptions, read_value
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.reports.federal import FederalFacts
from payforsuccess.reports.federal_known import Known
from payforsuccess.runs.documents.beside import initiative_beside
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.documents.of_deal import deal_in_force
from payforsuccess.runs.files import read_bytes
from payforsuccess.selection.concept import ConceptFile
from payforsuccess.trail import RunInput, fingerprint_bytes

ASSUMPTIONS, VALUE, CONCEPT = "assumptions.yaml", "value.yaml", "concept.yaml"


def federal_facts(asked: Asked) -> FederalFacts:
    """The version of the deal in force on the day, and what lies beside it; refuses what is wrong.

    A file that is missing leaves its subjects open.
    """
    deal = deal_in_force(asked.path, on=asked.on)
    root = asked.path if asked.path.is_dir() else asked.path.parent
    initiative, read = initiative_beside(root)
    there = [name for name in (ASSUMPTIONS, VALUE, CONCEPT) if (root / name).is_file()]
    contents = {name: read_bytes(root / name) for name in there}
    assumed, value, concept = (contents.get(name) for name in (ASSUMPTIONS, VALUE, CONCEPT))
    return FederalFacts(
        known=Known(
            deal,
            initiative,
            None
            if assumed is None
            else read_assumptions(assumed, deal, file=str(root / ASSUMPTIONS)),
            None if value is None else read_value(value, deal, file=str(root / VALUE)),
            None if concept is None else read_whole(ConceptFile, concept, file=str(root / CONCEPT)),
        ),
        on=asked.on,
        rests_on=(
            RunInput("deal", "", deal.fingerprint),
            *read,
            *(RunInput(name, name, fingerprint_bytes(text)) for name, text in contents.items()),
        ),
    )
