"""The blueprint report, and the parts of it that are documents of their own."""

from __future__ import annotations

from payforsuccess.reports.blueprint.blueprint import blueprint_document
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.own import options_document, policies_document

__all__ = ["ReportFacts", "blueprint_document", "options_document", "policies_document"]
