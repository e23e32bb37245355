"""Put an amendment in force: with every consent in it, it joins the versions of the deal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from payforsuccess.deal.contract import Amendment, RecordedConsent
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import read_deal
from payforsuccess.deal.reading.span import with_part
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.runs.amend.proposed import read_proposed
from payforsuccess.runs.files import locked, read_bytes, write_whole
from payforsuccess.runs.folder import DealPath, open_folder


def put_in_force(path: DealPath, text: str, *, consents: Sequence[RecordedConsent]) -> Deal:
    """The proposed amendment in `text` as a version of the deal, written to `amendments/`.

    The file is what was proposed, word for word, but for its `amendment`, which gains the consents.
    Raises Refusal for whatever `read_proposed` refuses, for a consent that the deal's matrix asks
    for and that is missing, or that came after the first day without reaching back. What is written
    already, with the same consents, is written once.
    """
    folder = open_folder(path)
    with locked(folder.root / "amendments"):
        written = _written(folder.root / "amendments", text, consents)
        if written is not None:
            return written
        proposed = read_proposed(path, text)
        whole = with_consents(proposed.text, proposed.amendment, consents)
        file = folder.root / "amendments" / f"{proposed.amendment.number:04d}.yaml"
        if file.exists():
            raise Refusal(
                Problem(
                    sentence("Another amendment of this number is on record."),
                    sentence("Propose this one anew, with the next number."),
                    Place(str(file)),
                )
            )
        deal = read_deal(whole, file=str(file))
        if deal.terms_fingerprint != proposed.deal.terms_fingerprint:
            raise Refusal(
                Problem(
                    sentence(
                        "The consents could not be written into the file without changing its "
                        "terms."
                    ),
                    sentence(
                        "Write `amendment` as a block of its own, and propose the file again."
                    ),
                    proposed.deal.place_of("amendment"),
                )
            )
        write_whole(file, whole.encode("utf-8"))
    return deal


def with_consents(text: str, amendment: Amendment, consents: Sequence[RecordedConsent]) -> str:
    """The file's text with the consents in its `amendment`, everything else as it was written."""
    complete = amendment.model_copy(update={"consents": tuple(consents)})
    plain = complete.model_dump(mode="json", by_alias=True, exclude_none=True)
    stated = {name: _stated(each) for name, each in plain.items() if each != []}
    return with_part(text, "amendment", f"amendment: {json.dumps(stated, ensure_ascii=False)}")


def _stated(value: object) -> object:
    """As a deal file states it: flags as they are, numbers as text."""
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return str(value)


def _written(folder: Path, text: str, consents: Sequence[RecordedConsent]) -> Deal | None:
    """The version that this proposal became, where an earlier try got as far as its file."""
    for file in sorted(folder.glob("*.yaml")):
        deal = read_deal(read_bytes(file), file=str(file))
        amendment = deal.amendment
        if amendment is None or set(amendment.consents) != set(consents):
            continue
        plain = amendment.model_copy(update={"consents": ()})
        tried = text.replace("\r\n", "\n").removeprefix("\ufeff")
        if with_consents(tried, plain, consents).encode("utf-8") == read_bytes(file):
            return deal
    return None
