"""Extracts from outside: taken whole where they are what they say, refused with a plain reason."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payforsuccess.web.audit.models import Event
from payforsuccess.web.desk import intake
from payforsuccess.web.desk.drop import drop_folder
from payforsuccess.web.desk.models import Delivery
from tests.lib.booked import GOOD, a_booked_folder
from tests.web.cast import Cast, make_cast

CHARGES = "booking_id,statute\nB1,459\n"


@pytest.fixture
def booked(db: None) -> Cast:
    """An initiative with one feed: bookings and charges of a jail."""
    home = Path(settings.DEALS) / "booked"
    shutil.rmtree(home, ignore_errors=True)
    a_booked_folder(home)
    return make_cast("booked", "Homes booked", home)


def packed(**files: str | bytes) -> bytes:
    """A ZIP of files by name."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name, content)
    return held.getvalue()


def named(files: dict[str, str | bytes]) -> bytes:
    return packed(**files)


def upload(county: Cast, name: str, content: bytes) -> tuple[int, str]:
    page = reverse("desk:upload", args=[county.slug, "jail"])
    answer = county.sign_in("data-steward").post(page, {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.content.decode()


def lies_there(county: Cast) -> dict[str, bytes]:
    folder = county.initiative.path / "feeds" / "jail"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_file_goes_where_the_deal_reads_it_under_its_own_name(booked: Cast) -> None:
    new = GOOD + "B3,P3,2024-02-01,,\n"

    assert upload(booked, "Bookings.CSV", new.encode())[0] == 302

    assert lies_there(booked) == {"bookings.csv": new.encode()}
    assert Delivery.objects.get().files == "bookings"
    assert Event.objects.filter(verb="feed.taken").count() == 1
    assert list((Path(settings.HOME) / "uploads").iterdir()) == []


def test_a_zip_brings_all_files_or_none(booked: Cast) -> None:
    both = {"bookings.csv": GOOD, "charges.csv": CHARGES}
    assert upload(booked, "jail.zip", named(both))[0] == 302
    assert set(lies_there(booked)) == {"bookings.csv", "charges.csv"}
    before = lies_there(booked)

    status, html = upload(booked, "jail.zip", named({"charges.csv": "x\n1\n", "other.csv": "y\n"}))

    assert status == 409 and "none of this feed" in html
    assert lies_there(booked) == before


def damaged() -> bytes:
    """A ZIP whose content was changed on its way."""
    content = bytearray(packed(**{"bookings.csv": GOOD * 100}))
    content[45:60] = bytes(each ^ 0xFF for each in content[45:60])
    return bytes(content)


BOMB = b"0" * 30_000_000
WORKBOOK: dict[str, str | bytes] = {"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}
HOSTILE = {
    "a program": ("bookings.exe", b"MZ", "are not taken"),
    "no ending": ("bookings", GOOD.encode(), "are not taken"),
    "a web page": ("bookings.html", b"<script>", "are not taken"),
    "a macro workbook": ("bookings.xlsm", named(WORKBOOK), "are not taken"),
    "an empty file": ("bookings.csv", b"", "empty"),
    "a ZIP that says CSV": ("bookings.csv", named({"a": "b"}), "and is not"),
    "a program that says CSV": ("bookings.csv", b"MZ\x90\x00", "and is not"),
    "no text": ("bookings.csv", b"a,b\n\xff\xfe\xfd\n", "cannot be read as text"),
    "zeros in text": ("bookings.csv", b"a,b\n1,\x00\n", "cannot be read as text"),
    "no Parquet": ("bookings.parquet", b"PAR1 and no more PAR1", "and is not"),
    "no workbook": ("bookings.xlsx", b"PK\x03\x04 broken", "cannot be read as an XLSX"),
    "another ZIP": ("bookings.xlsx", named({"a.txt": "b"}), "cannot be read as an XLSX"),
    "macros inside": (
        "bookings.xlsx",
        named({**WORKBOOK, "xl/vbaProject.bin": "x"}),
        "macros, or links",
    ),
    "links inside": (
        "bookings.xlsx",
        named({**WORKBOOK, "xl/externalLinks/externalLink1.xml": "x"}),
        "macros, or links",
    ),
    "a bomb as workbook": ("bookings.xlsx", named({**WORKBOOK, "xl/a.xml": BOMB}), "far more"),
    "a bomb": ("jail.zip", named({"bookings.csv": BOMB}), "far more"),
    "a path upwards": ("jail.zip", named({"../bookings.csv": GOOD}), "lies in a folder"),
    "a path from the root": ("jail.zip", named({"/etc/bookings.csv": GOOD}), "lies in a folder"),
    "a path of Windows": ("jail.zip", named({"..\\bookings.csv": GOOD}), "lies in a folder"),
    "a folder": ("jail.zip", named({"in/bookings.csv": GOOD}), "lies in a folder"),
    "a ZIP in a ZIP": ("jail.zip", named({"bookings.zip": named({"a": "b"})}), "a kind that"),
    "nothing in a ZIP": ("jail.zip", named({}), "holds no file"),
    "two of one name": (
        "jail.zip",
        named({"bookings.csv": GOOD, "Bookings.csv": GOOD}),
        "Two files",
    ),
    "a damaged ZIP": ("jail.zip", damaged(), "cannot be read as a ZIP"),
    "no ZIP": ("jail.zip", b"PK\x03\x04", "cannot be read as a ZIP"),
    "another feed's file": ("deaths.csv", b"a\n1\n", "none of this feed"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_or_wrong_file_is_refused_in_words_and_nothing_changes(
    booked: Cast, what: str
) -> None:
    name, content, says = HOSTILE[what]

    status, html = upload(booked, name, content)

    # An empty file is told by the form itself.
    assert (status, says in html) == ((200 if what == "an empty file" else 409), True)
    assert lies_there(booked) == {"bookings.csv": GOOD.encode()}
    assert not Delivery.objects.exists()
    waiting = Path(settings.HOME) / "uploads"
    assert not waiting.exists() or list(waiting.iterdir()) == []


def test_a_link_in_a_zip_is_refused(booked: Cast) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        link = zipfile.ZipInfo("bookings.csv")
        link.external_attr = 0o120777 << 16
        book.writestr(link, "/etc/passwd")

    assert "is a link" in upload(booked, "jail.zip", held.getvalue())[1]


def test_a_file_that_is_too_large_is_refused(booked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LARGEST", 100)

    assert upload(booked, "bookings.csv", b"a" * 101)[0] == 409


def test_a_file_of_another_kind_than_lies_there_is_refused(booked: Cast) -> None:
    held = io.BytesIO()
    pq.write_table(pa.table({"booking_id": ["B1"]}), held)

    assert "in the same kind" in upload(booked, "bookings.parquet", held.getvalue())[1]


def test_a_file_of_the_drop_folder_is_taken_once_it_is_at_rest(booked: Cast) -> None:
    folder = drop_folder(booked.initiative) / "jail"
    folder.mkdir(parents=True)
    (folder / "bookings.csv").write_text(GOOD + "B4,P4,2024-02-01,,\n")
    (folder / "secret.csv").symlink_to("/etc/passwd")
    page = reverse("desk:drop", args=[booked.slug])
    client = booked.sign_in("data-steward")
    shown = client.get(page).content.decode()
    assert "bookings.csv" in shown and "secret.csv" not in shown
    assert client.post(page, {"take": "jail/bookings.csv"}).status_code == 409, "still coming"
    assert client.post(page, {"take": "jail/../../web.sqlite3"}).status_code == 409

    _let_rest(folder / "bookings.csv")

    assert client.post(page, {"take": "jail/bookings.csv"}).status_code == 302
    assert b"B4" in lies_there(booked)["bookings.csv"]
    assert not (folder / "bookings.csv").exists()


def test_a_dropped_file_that_the_server_may_not_read_is_told(
    booked: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = drop_folder(booked.initiative) / "jail"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bookings.csv").write_text(GOOD)
    _let_rest(folder / "bookings.csv")
    monkeypatch.setattr(Path, "open", _not_allowed)
    page = reverse("desk:drop", args=[booked.slug])

    answer = booked.sign_in("data-steward").post(page, {"take": "jail/bookings.csv"})

    assert answer.status_code == 409
    assert "may not read this file" in answer.content.decode()
    assert not Delivery.objects.exists()


def _not_allowed(path: Path, mode: str = "r", *rest: object, **named: object) -> object:
    if path.name == "bookings.csv" and "drop" in path.parts:
        raise PermissionError
    return open(path, mode, *rest, **named)  # type: ignore[call-overload]


def _let_rest(path: Path) -> None:
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_only_the_data_desk_uploads(booked: Cast) -> None:
    page = reverse("desk:upload", args=[booked.slug, "jail"])

    for role in ("evaluator", "case-manager", "payor", "link-reviewer"):
        assert booked.sign_in(role).get(page).status_code == 403
