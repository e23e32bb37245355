"""Extracts to download: the register, the homes, an HMIS export. Each is logged as given out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.governance.roles.may import No
from payforsuccess.web.accounts.access import Access, Refused, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.people.actions import give_out
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.extracts import csv_of, write_homes, write_register
from payforsuccess.web.people.forms import ExtractForm
from payforsuccess.web.people.hmis import hmis_files
from payforsuccess.web.people.words import Text
from payforsuccess.web.referrals.lottery import is_by_lot

EXTRACTS: dict[str, tuple[Text, Text]] = {
    "register": (
        gettext_lazy("The register"),
        gettext_lazy("Who was referred, placed, enrolled and left, under study numbers."),
    ),
    "homes": (
        gettext_lazy("The homes"),
        gettext_lazy("Leases, days of moving in and out, under study numbers."),
    ),
    "hmis": (
        gettext_lazy("HMIS CSV"),
        gettext_lazy("The homes in HUD’s format (FY2026), under study numbers, without names."),
    ),
}


@needs("release-extracts", "change-practice")
def extracts(request: HttpRequest, access: Access) -> HttpResponse:
    """What can be given out; no extract holds a name or a note."""
    listed = [
        (words, says, address("extract", access, name))
        for name, (words, says) in EXTRACTS.items()
        if _may(access, name)
    ]
    return render(request, "people/extracts.html", {"extracts": listed})


def _may(access: Access, name: str) -> bool:
    """Where chance decides, a register would tell who was not drawn: nobody gets it here."""
    return name != "register" or not is_by_lot(access.initiative)


@needs("release-extracts", "change-practice")
@freshly_signed_in
def extract(request: HttpRequest, access: Access, extract: str) -> HttpResponse:
    """Say what an extract is for, and download it."""
    if extract not in EXTRACTS:
        raise Http404
    if not _may(access, extract):
        raise Refused(
            No(
                "Chance decides here, and the register would tell who was not drawn.",
                "The evaluator reads it on the server, with the sealed list.",
            )
        )
    form = ExtractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        content, rows, name = _made(access, extract)
        give_out(
            by=access,
            extract=extract,
            content=content,
            rows=rows,
            purpose=form.cleaned_data["purpose"],
        )
        kind = "text/csv; charset=utf-8" if name.endswith(".csv") else "application/zip"
        answer = HttpResponse(content, content_type=kind)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    words, says = EXTRACTS[extract]
    context = {
        "form": form,
        "heading": words,
        "lead": says,
        "submit": _("Download"),
        "back": address("extracts", access),
        "crumb": _("Extracts"),
    }
    return render(request, "people/extract.html", context)


def _made(access: Access, extract: str) -> tuple[bytes, int, str]:
    """The file, how many rows it has, and its name."""
    stem = f"{access.initiative.slug}-{extract}-{access.on.isoformat()}"
    if extract == "hmis":
        files, rows = {}, 0
        for name, (header, *body) in hmis_files(access.initiative, on=access.on).items():
            files[name], count = csv_of(header, body)
            rows += count
        return _zipped({name: text.encode() for name, text in files.items()}), rows, f"{stem}.zip"
    with TemporaryDirectory() as folder:
        if extract == "register":
            path = Path(folder) / "register.csv"
            rows = write_register(access.initiative, path, arms={})
            return path.read_bytes(), rows, f"{stem}.csv"
        rows = write_homes(access.initiative, Path(folder))
        found = {path.name: path.read_bytes() for path in sorted(Path(folder).glob("*.csv"))}
        return _zipped(found), rows, f"{stem}.zip"


def _zipped(files: dict[str, bytes]) -> bytes:
    """The files in one, the same bytes for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)
    return made.getvalue()
