"""A blueprint of some thirty pages as HTML, PDF and DOCX, as `pfs blueprint --to` writes it.

The worked example with its guidelines, options, policies and protocols several times over.
Seconds are of the processor, in a process of its own: reading and checking the files, and then
each form, its library loaded within.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from measured import in_own_process, keep, tell

FOLDER = Path(__file__).parent.parent / "examples" / "los-angeles-blueprint"
ON = date(2026, 11, 22)
TIMES = 5
CLAIMED = 5


def longer(facts):  # type: ignore[no-untyped-def]
    """The facts of the example with its long parts several times over."""
    blueprint, initiative = facts.told.blueprint, facts.told.initiative
    contracting = blueprint.contracting
    more = blueprint.model_copy(
        update={
            "contracting": contracting.model_copy(
                update={
                    "guidelines": contracting.guidelines * TIMES,
                    "evaluator": contracting.evaluator * TIMES,
                    "intermediary": contracting.intermediary * TIMES,
                }
            ),
            "financing": blueprint.financing.model_copy(
                update={"guidelines": blueprint.financing.guidelines * TIMES}
            ),
            "protocols": blueprint.protocols * TIMES,
            "lessons": blueprint.lessons * TIMES,
        }
    )
    policies = initiative.model_copy(update={"policies": initiative.policies * TIMES * 2})
    return replace(facts, told=replace(facts.told, blueprint=more, initiative=policies))


def seconds_of(work: Callable[[], object]) -> float:
    """Seconds of the processor, of all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def one(form: str) -> None:
    """What one form takes in this process, files read and libraries loaded before."""
    from payforsuccess.reports.blueprint import blueprint_document
    from payforsuccess.reports.html import write_html
    from payforsuccess.reports.pdf import write_pdf
    from payforsuccess.reports.word import write_docx
    from payforsuccess.runs.blueprint.read import open_blueprint

    writers = {"html": write_html, "pdf": write_pdf, "docx": write_docx}
    if form == "read":
        tell(seconds_of(lambda: blueprint_document(open_blueprint(FOLDER, on=ON).facts)))
        return
    made = blueprint_document(longer(open_blueprint(FOLDER, on=ON).facts))
    tell(seconds_of(lambda: writers[form](made)))


def pages() -> int:
    """How many pages the PDF has."""
    from pypdf import PdfReader

    from payforsuccess.reports.blueprint import blueprint_document
    from payforsuccess.reports.pdf import write_pdf
    from payforsuccess.runs.blueprint.read import open_blueprint

    made = blueprint_document(longer(open_blueprint(FOLDER, on=ON).facts))
    return len(PdfReader(io.BytesIO(write_pdf(made))).pages)


def main() -> None:
    """Each form three times, the shortest kept."""
    found = {
        form: min((in_own_process(__file__, form) for _ in range(3)), key=lambda each: each.seconds)
        for form in ("read", "html", "pdf", "docx")
    }
    whole = sum(each.seconds for each in found.values())
    keep(
        "documents",
        {
            "pages": pages(),
            **{f"{form}_seconds": round(each.seconds, 2) for form, each in found.items()},
            "all_seconds": round(whole, 2),
            "all_seconds_claimed": CLAIMED,
            "megabytes": round(max(each.megabytes for each in found.values())),
        },
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(sys.argv[1])
    else:
        main()
