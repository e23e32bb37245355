"""The components of every page: `{% load pfs %}`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from payforsuccess.web.ui import cells
from payforsuccess.web.ui.charts import Chart
from payforsuccess.web.ui.components import Fact, Step, facts_of
from payforsuccess.web.ui.icons import icon as drawn
from payforsuccess.web.ui.tables import Table

register = template.Library()
Text = str | Promise
Context = dict[str, Any]


@register.simple_tag
def status(
    state: str = "", word: Text = "", tone: cells.Tone | None = None, reason: Text = ""
) -> SafeString:
    """A state as word, shape and colour."""
    return cells.status(state, word=word, tone=tone, reason=reason)


@register.simple_tag
def money(minor: int | None, currency: str, code: bool = True) -> SafeString:
    """An amount of minor units."""
    return cells.money(minor, currency, code=code)


@register.simple_tag
def day(value: date | datetime | None) -> SafeString:
    """A day."""
    return cells.day(value)


@register.simple_tag
def instant(value: datetime | None) -> SafeString:
    """A day with the time."""
    return cells.instant(value)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside a word."""
    return drawn(name)


@register.filter
def cell(value: object) -> SafeString:
    """Any value as tables show it."""
    return cells.cell(value)


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(*parts: Text) -> Context:
    """The way here: label, address, label, address, and the name of this page last."""
    pairs = list(zip(parts[0:-1:2], parts[1:-1:2], strict=True))
    return {"links": pairs, "here": parts[-1]}


@register.inclusion_tag("ui/parts/steps.html")
def step_indicator(steps: Iterable[Step], label: Text = "") -> Context:
    """The steps of a process, with who does each and when."""
    return {"steps": list(steps), "label": label}


@register.inclusion_tag("ui/parts/count.html")
def count(
    number: int,
    label: Text,
    rule: Text,
    as_of: date | datetime | None = None,
    url: str = "",
    tone: str = "",
) -> Context:
    """A number that is a link, with its rule and its day."""
    return {
        "number": number,
        "label": label,
        "rule": rule,
        "as_of": as_of,
        "url": url,
        "tone": tone,
    }


@register.inclusion_tag("ui/parts/next_step.html")
def next_step(text: Text, url: str = "", label: Text = "") -> Context:
    """What to do next."""
    return {"text": text, "url": url, "label": label}


@register.inclusion_tag("ui/parts/alert.html")
def alert(kind: str, text: Text, heading: Text = "", url: str = "", label: Text = "") -> Context:
    """A notice: info, warning, error or success."""
    if kind not in ("info", "warning", "error", "success"):
        raise template.TemplateSyntaxError(f"{kind} is no kind of notice")
    return {"kind": kind, "text": text, "heading": heading, "url": url, "label": label}


@register.inclusion_tag("ui/parts/facts.html")
def facts(given: Iterable[Fact | Sequence[object]]) -> Context:
    """The facts of a record."""
    return {"facts": facts_of(given)}


@register.inclusion_tag("ui/parts/table.html", takes_context=True)
def table(context: template.Context, table: Table) -> Context:
    """A table, sorted by links."""
    return {"table": table, "request": context.get("request")}


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> Context:
    """Links to the other pages of a list."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {"page": page, "numbers": numbers, "request": context.get("request")}


@register.inclusion_tag("ui/parts/figure.html")
def figure(chart: Chart, level: int = 2) -> Context:
    """A chart with its finding, one sentence for the ear, and the numbers in a table."""
    return {"chart": chart, "level": level}


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> Context:
    """The mistakes of a form at its top, each a link to its field."""
    found: list[tuple[str, Text, str]] = []
    for field in form.visible_fields():
        target = field.id_for_label or field.auto_id
        if field.errors and field.use_fieldset:
            first = next(iter(field.subwidgets), None)
            target = first.id_for_label if first else target
        found.extend((target, field.label, error) for error in field.errors)
    return {"whole": list(form.non_field_errors()), "found": found, "form": form}
