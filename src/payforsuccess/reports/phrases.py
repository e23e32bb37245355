"""The writer's own words, in the languages it knows; a document brings its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """What a writer says of itself: names of parts, and words for those who cannot see them."""

    language: str
    skip: str
    contents: str
    notices: str
    notes: str
    note: str
    back: str
    run: str
    clause: str
    fingerprint: str
    evidence: str
    steps: str
    numbers: str
    scroll: str
    page: str
    of: str


ENGLISH = Phrases(
    language="en",
    skip="Skip to the content",
    contents="Contents",
    notices="Please note",
    notes="Sources, and how each number was computed",
    note="Note",
    back="Back to where this is used",
    run="Run",
    clause="Clause",
    fingerprint="Checksum",
    evidence="Evidence",
    steps="Steps",
    numbers="The same numbers as a table",
    scroll="scrolls sideways",
    page="Page",
    of="of",
)

SPANISH = Phrases(
    language="es",
    skip="Ir al contenido",
    contents="Contenido",
    notices="Aviso",
    notes="Fuentes, y cómo se calculó cada cifra",
    note="Nota",
    back="Volver a donde se usa",
    run="Cálculo",
    clause="Cláusula",
    fingerprint="Suma de comprobación",
    evidence="Pruebas",
    steps="Pasos",
    numbers="Las mismas cifras en una tabla",
    scroll="se desplaza hacia los lados",
    page="Página",
    of="de",
)


def phrases_for(language: str) -> Phrases:
    """The phrases in the language of a document; English where the writer does not know it."""
    return SPANISH if language.partition("-")[0] == "es" else ENGLISH
