"""Statements and what is still to be done on each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from payforsuccess.runs.statement.statements import statements
from payforsuccess.web.accounts.access import Access, needs


@needs("see-terms-and-statements")
def all_of_them(request: HttpRequest, access: Access) -> HttpResponse:
    """Every issued statement of the deal."""
    issued = [each.statement for each in reversed(statements(access.initiative.path))]
    return render(request, "payments/list.html", {"statements": issued})
