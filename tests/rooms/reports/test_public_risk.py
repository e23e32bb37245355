"""No document prints that the public bears no risk without saying what is so."""

from __future__ import annotations

import pytest

from payforsuccess.reports import Document, Heading, paragraph, write_html
from payforsuccess.reports.document import (
    NOT_WITHOUT_RISK,
    Block,
    ItemList,
    Particular,
    Particulars,
)


@pytest.mark.parametrize(
    "block",
    [
        Heading(2, "No taxpayer risk"),
        paragraph("There is no risk ", "to taxpayers."),
        ItemList((("Taxpayers bear no risk.",),)),
        Particulars((Particular("Goal", ("No risk for the public",)),)),
    ],
)
def test_words_of_no_risk_stand_under_a_notice(block: Block) -> None:
    """R131: whoever wrote them; in HTML, PDF and DOCX, which all print a document's notices."""
    document = Document("A report", "en", (block,))
    assert document.notices == (NOT_WITHOUT_RISK,)
    assert b"the public still bears" in write_html(document)


def test_other_documents_have_no_such_notice() -> None:
    """R131."""
    assert Document("A report", "en", (paragraph("The public bears risk."),)).notices == ()
