"""Records of impact bonds in the INDIGO data standard: which fields are read, and how."""

from __future__ import annotations

from payforsuccess.deal.indigo.fields import INDIGO_VERSION, json_schema
from payforsuccess.deal.indigo.form import read_form
from payforsuccess.deal.indigo.parts import IndigoPart, IndigoRecord
from payforsuccess.deal.indigo.reading import IndigoFile, read_indigo

__all__ = [
    "INDIGO_VERSION",
    "IndigoFile",
    "IndigoPart",
    "IndigoRecord",
    "json_schema",
    "read_form",
    "read_indigo",
]
