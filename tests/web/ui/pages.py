"""Pages that show every component once, for tests alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from payforsuccess.web.ui import cells, charts, errors
from payforsuccess.web.ui.components import Step
from payforsuccess.web.ui.tables import Column, Row, Table

HOSTILE = "<script>alert('x')</script>\"'&</text></svg>=1+1"

STEPS = [
    Step(_("Measure"), "done", "Harbor Path", date(2027, 7, 2)),
    Step(_("Determine"), "done", "Lakeside University, evaluator", date(2027, 7, 19)),
    Step(_("Objections"), "done", "Nobody objected", date(2027, 8, 3)),
    Step(_("Approve"), "current", "County of Lakeshore", None, "Two people approve; one has."),
    Step(_("Pay"), "waiting", "Auditor-Controller"),
]


class Everything(forms.Form):
    name = forms.CharField(label=_("Name"), help_text="As on the booking sheet.")
    born_on = forms.DateField(
        label="Date of birth", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    source = forms.ChoiceField(
        label="Where the referral comes from",
        choices=[("", "Choose one"), ("jail", "Jail"), ("court", "Court")],
    )
    route = forms.ChoiceField(
        label="How to reach the person",
        choices=[("phone", "By phone"), ("visit", "By a visit"), ("none", "Not at all")],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label="What is needed on the first day",
        choices=[("ride", "A ride"), ("bed", "A bed"), ("papers", "Papers")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tick all that apply.",
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    has_consent = forms.BooleanField(
        label="The person signed the consent", help_text="Without it no record is asked for."
    )
    paper = forms.FileField(label="Signed consent, as a picture or PDF", required=False)


class User(SimpleNamespace):
    is_authenticated = True

    def __str__(self) -> str:
        return "Maria Lopez"


def frame(here: str) -> dict[str, object]:
    labels = ("Overview", "Today", "Referrals", "Payments", "Audit")
    return {
        "initiative": SimpleNamespace(name="Lakeshore Housing First"),
        "is_synthetic": True,
        "user": User(),
        "access": SimpleNamespace(roles=[SimpleNamespace(title="Case manager")]),
        "navigation": [
            SimpleNamespace(label=label, url=f"/{label.lower()}", is_current=label == here)
            for label in labels
        ],
    }


def forecast(name: str = "People in stable homes") -> charts.Chart:
    return charts.forecast_chart(
        finding="41 people are in stable homes; the forecast reaches the goal of 60 in November",
        sentence="41 people are in stable homes on 1 July 2027; by 1 December 2027 the forecast is "
        "62 people, between 52 and 72, and the goal is 60.",
        unit=name,
        recorded=[
            charts.Point(date(2027, m, 1), v) for m, v in enumerate((4, 9, 15, 22, 28, 33, 41), 1)
        ],
        forecast=[
            charts.Point(date(2027, 7 + m, 1), 41 + 4.2 * m, 41 + 2.2 * m, 41 + 6.2 * m)
            for m in range(6)
        ],
        goal=60,
        note="The band holds 80 of 100 outcomes that the forecast drew.",
    )


def funnel(name: str = "Referred") -> charts.Chart:
    return charts.funnel_chart(
        finding="Of 214 people referred, 88 have a home",
        sentence="214 people were referred, 161 were eligible, 120 consented and 88 have a home.",
        stages=[(name, 214), ("Eligible", 161), ("Gave consent", 120), ("Have a home", 88)],
    )


def caseload(name: str = "Ana Ortega") -> Table:
    return Table(
        caption="Your participants, most urgent first",
        columns=(
            Column("Participant", sort="name"),
            Column("State"),
            Column("Next milestone", sort="due"),
            Column("Days housed", sort="days", is_number=True),
            Column("Earned so far", is_number=True),
            Column("What to do"),
        ),
        rows=[
            Row(
                (
                    cells.link(name, "/people/x7k2"),
                    cells.status("off-track", reason="No contact for 34 days"),
                    date(2027, 8, 4),
                    151,
                    cells.money(1_250_00, "USD"),
                    cells.link("Log a contact", "/people/x7k2/contact"),
                ),
                is_urgent=True,
            ),
            (
                cells.link("Luis Brandt", "/people/p9q4"),
                cells.status("on-track"),
                date(2027, 9, 12),
                1_042,
                cells.money(11_250_00, "USD"),
                cells.link("Prepare the check", "/people/p9q4/check"),
            ),
            (
                cells.link("Dee Washington", "/people/m2n8"),
                cells.status("too-early"),
                None,
                12,
                cells.money(None, "USD"),
                cells.link("Plan the first visit", "/people/m2n8/visit"),
            ),
        ],
        sorted_by="due",
    )


def drawn(name: str, context: dict[str, object], request: HttpRequest) -> HttpResponse:
    source = (Path(__file__).parent / "drafts" / name).read_text("utf-8")
    return HttpResponse(engines["django"].from_string(source).render(context, request))


def everything(request: HttpRequest) -> HttpResponse:
    name = HOSTILE if request.GET.get("name") == "hostile" else ""
    context = frame("Today") | {
        "steps": STEPS,
        "as_of": date(2027, 8, 3),
        "caseload": caseload(name) if name else caseload(),
        "page": Paginator(range(200), 20).page(int(request.GET.get("page", 4))),
        "forecast": forecast(name) if name else forecast(),
        "funnel": funnel(name) if name else funnel(),
        "facts": [
            ("Total", cells.money(184_250_00, "USD")),
            ("State", cells.status("waiting")),
            ("Determined on", date(2027, 7, 19)),
            ("Signed", datetime(2027, 7, 19, 21, 5, tzinfo=UTC)),
            ("Checksum", "9f2c 1ab4 77d0", "Of the statement as it was signed."),
        ],
    }
    return drawn("all.html", context, request)


def form(request: HttpRequest) -> HttpResponse:
    filled = Everything({}) if "wrong" in request.GET else Everything()
    context = frame("Referrals") | {"form": filled}
    return drawn("form.html", context, request)


def confirm(request: HttpRequest) -> HttpResponse:
    context = frame("Payments") | {
        "heading": "Approve this statement",
        "lead": "You are the second of two people who approve it.",
        "facts": [("Amount", cells.money(184_250_00, "USD")), ("Paid to", "Lakeshore Homes LLC")],
        "warning": "An approval cannot be taken back; mistakes are put right in the next one.",
        "submit": "Approve USD 184,250.00",
        "cancel": "/payments",
    }
    return render(request, "ui/confirm.html", context)


def refused(request: HttpRequest) -> HttpResponse:
    answer = SimpleNamespace(
        reason="You may not approve a statement that you measured.",
        who_can="The county's finance officer and its deputy can.",
    )
    return render(request, "ui/refused.html", frame("Payments") | {"answer": answer})


urlpatterns = [
    path("", refused, name="home"),
    path("all", everything),
    path("form", form),
    path("confirm", confirm),
    path("refused", refused),
    path("400", errors.bad_request),
    path("403", errors.refused),
    path("csrf", errors.not_signed),
    path("404", errors.not_found),
    path("500", errors.failed),
    path("sign-in/", include("payforsuccess.web.accounts.sign_in_urls")),
    path("language/", include("django.conf.urls.i18n")),
]
