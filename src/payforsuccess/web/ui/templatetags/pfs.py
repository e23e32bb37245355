"""The components of every page: `{% load i18n pfs %}`.

A page extends `ui/base.html` and fills these blocks:

    title        the words of the browser's tab; the initiative is added
    breadcrumbs  {% breadcrumbs _("People") people_url _("Ana Ortega") %}
    heading      the text of the only h1
    lead         <p class="usa-intro">one sentence: what this page is, as of which day</p>
    actions      <div class="pfs-actions">buttons beside the heading</div>
    content      the page
    aside        <aside class="pfs-aside" aria-label="...">what stands beside it</aside>
    user_menu    more lines in the menu under the person's name
    head, scripts  own files of static; never a style or a script in the page

The context holds `initiative`, `is_synthetic`, `navigation` and `access` (`accounts.context`).
Messages of `django.contrib.messages` show above the heading and are read aloud.

Words and numbers; the functions of the same names in `cells` make them for tables built in Python:

    {% status "on-track" %}              also watch, off-track, too-early, done, current, waiting,
                                         due, overdue, stopped, missing; `reason=` stands beside it
    {% status word=_("Signed") tone="good" %}   tones: good, watch, bad, unknown, waiting, info
    {% money minor "USD" %}              `code=False` where the column says the currency
    {% day on %}  {% instant at %}       a day; a day with the time and its zone; a dash for None
    {{ value|cell }}                     any value as tables show it
    {{ answer.reason|told }}             a sentence of a rule or a run in the reader's language
    {{ problem|problem }}                what is wrong and what to do, likewise
    {% icon "print" %}                   check, print, open, up, down, both

Parts of a page:

    {% next_step text url label others %}    what to do next, first on every page; url may miss
    <div class="pfs-counts">{% count number label rule as_of url tone %}</div>
                                         a number that is a link; rule: the sentence that defines it
    {% include "ui/parts/problems.html" with says=_("Not done") problems=problems %}   refusals
    {% alert "warning" text heading url label %}    info, warning, error, success
    {% facts pairs %}                    facts of a record: (label, value[, note]) or Fact
    {% step_indicator steps %}           of `components.Step(name, state, who, on, note)`;
                                         states: done, current, waiting, stopped
    {% table people %}                   a `tables.Table` of Column, Row and values; at most six
                                         columns; `Column(sort="due")` gives links `?sort=due`
    {% pagination page %}                of a page of Django's Paginator
    {% figure chart %}                   of `charts.forecast_chart`, or `charts.funnel_chart` (bars)

Forms: any Django form is drawn the way of USWDS.

    {% include "ui/form.html" with submit=_("Save") cancel=url action=url %}   `form` in the context
    {% error_summary form %}             the mistakes, each a link; for forms written by hand
    <form class="pfs-filter" method="get">  a filter above a list
    ui/confirm.html                      rendered with heading, lead, facts, warning, form, submit,
                                         action, cancel, is_dangerous; posts `confirmed=yes`
    account/login.html                   takes `demo_accounts` (name, person, role) and
                                         `demo_password` where a county is made up
    ui/refused.html                      rendered with `answer` (reason, who_can)

Classes that pages may use: pfs-prose (a column of text), pfs-quiet, pfs-right, pfs-no-print,
pfs-thread with pfs-thread__own and pfs-thread__who (messages back and forth), pfs-empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from payforsuccess.errors import Problem, text_of
from payforsuccess.errors.sentence import Plain
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.charts import Chart
from payforsuccess.web.ui.components import Fact, Step, facts_of
from payforsuccess.web.ui.icons import icon as drawn
from payforsuccess.web.ui.tables import Table
from payforsuccess.web.ui.told import told, told_problem

register = template.Library()
Text = str | Promise
Context = dict[str, object]


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


@register.simple_tag
def session_seconds() -> int:
    """How long a session lasts without a page."""
    return int(settings.SESSION_COOKIE_AGE)


@register.filter
def cell(value: object) -> SafeString:
    """Any value as tables show it."""
    return cells.cell(value)


@register.filter(name="told")
def told_filter(text: Text | Plain) -> str:
    """A sentence of a rule or a run, in the reader's language; one that was kept too."""
    return told(text_of(text) if isinstance(text, Mapping) else text)


@register.filter(name="problem")
def problem_filter(problem: Problem | Mapping[str, Plain] | str) -> str:
    """What is wrong and what to do; of one that was kept with a job too, with the file and row.

    Text is what someone has told already.
    """
    if isinstance(problem, str):
        return problem
    if isinstance(problem, Problem):
        return told_problem(problem)
    says = told_problem(Problem(text_of(problem["what"]), text_of(problem["do"])))
    return f"{problem['where']}: {says}" if problem.get("where") else says


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(*parts: Text) -> Context:
    """The way here: label, address, label, address, and the name of this page last."""
    pairs = list(zip(parts[0:-1:2], parts[1:-1:2], strict=True))
    return {"links": pairs, "here": parts[-1]}


@register.inclusion_tag("ui/parts/steps.html")
def step_indicator(steps: Iterable[Step]) -> Context:
    """The steps of a process, with who does each and when."""
    return {"steps": list(steps)}


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
def next_step(
    text: Text, url: str = "", label: Text = "", others: Iterable[Sequence[Text]] = ()
) -> Context:
    """What to do next; others: what waits besides, each a sentence, an address and a label."""
    return {"text": text, "url": url, "label": label, "others": list(others)}


@register.inclusion_tag("ui/parts/alert.html")
def alert(kind: str, text: Text, heading: Text = "", url: str = "", label: Text = "") -> Context:
    """A notice: info, warning, error or success."""
    if kind not in ("info", "warning", "error", "success"):
        raise template.TemplateSyntaxError(f"{kind} is no kind of notice")
    return {"kind": kind, "text": told(text), "heading": heading, "url": url, "label": label}


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
    found: list[tuple[str, object, object]] = []
    for field in form.visible_fields():
        target = field.id_for_label or field.auto_id
        if field.errors and field.use_fieldset:
            first = next(iter(field.subwidgets), None)
            target = first.id_for_label if first else target
        found.extend((target, field.label, error) for error in field.errors)
    return {"whole": list(form.non_field_errors()), "found": found, "form": form}
