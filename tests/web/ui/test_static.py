"""The static files: small, complete, of our own site alone, with their licences beside them."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from payforsuccess.web.ui import remake_static
from payforsuccess.web.ui.remake_static import STATIC, files_named, pruned_stylesheet, remake

SHEETS = (STATIC / "uswds" / "css" / "uswds.min.css", STATIC / "pfs.css")


def files() -> list[Path]:
    return [path for path in STATIC.rglob("*") if path.is_file()]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_stylesheet_names_files_that_are_there_and_no_other_site(sheet: Path) -> None:
    css = sheet.read_text("utf-8")

    assert [name for name in files_named(css) if not (sheet.parent / name).is_file()] == []
    assert not re.search(r"@import|https?://|url\(['\"]?//", css)


def test_no_file_names_a_source_map() -> None:
    named = [
        p.name
        for p in files()
        if p.suffix in (".css", ".js") and b"sourceMapping" in p.read_bytes()
    ]

    assert named == []


def test_one_typeface_serves_every_page() -> None:
    fonts = {path.name for path in files() if path.suffix in (".woff", ".woff2", ".ttf")}

    assert fonts == set(remake_static.FONTS)
    assert "Merriweather" not in SHEETS[0].read_text("utf-8")


def test_static_files_stay_small_and_carry_their_licences() -> None:
    assert sum(path.stat().st_size for path in files()) < 1_600_000
    for licence in ("uswds/LICENSE.md", "OFL-1.1.txt", "LICENCES.md"):
        assert (STATIC / licence).stat().st_size > 300


def test_nothing_is_reachable_that_the_stylesheet_does_not_name() -> None:
    images = {path for path in (STATIC / "uswds" / "img").rglob("*") if path.is_file()}
    named = {
        (SHEETS[0].parent / name).resolve() for name in files_named(SHEETS[0].read_text("utf-8"))
    }

    assert images <= named


def test_production_finds_every_file_that_another_names(tmp_path: Path) -> None:
    hashed = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    with override_settings(
        STATIC_ROOT=tmp_path, STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": hashed}}
    ):
        call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").is_file()
    assert any((tmp_path / "ui").glob("pfs.*.css"))


def a_package(tmp_path: Path, version: str) -> Path:
    css = (
        f"/*! uswds v{version} */@font-face{{font-family:M;src:url(../fonts/m.woff2)}}"
        "h1{font-family:Merriweather Web,Georgia,Cambria,Times New Roman,Times,serif}"
        ".a{background:url(../img/a.svg)}\n/*# sourceMappingURL=uswds.min.css.map */"
    )
    contents = {
        "dist/css/uswds.min.css": css,
        "dist/js/uswds.min.js": "a()\n//# sourceMappingURL=x.map",
        "dist/js/uswds-init.min.js": "b()",
        "dist/img/a.svg": "<svg/>",
        "dist/img/b.svg": "<svg/>",
        "LICENSE.md": "free",
    }
    path = tmp_path / "uswds.tgz"
    with gzip.open(path, "wb") as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        for name, text in contents.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def test_the_files_are_remade_from_the_package(tmp_path: Path) -> None:
    remake(a_package(tmp_path, remake_static.VERSION), tmp_path / "ui")

    css = (tmp_path / "ui/uswds/css/uswds.min.css").read_text("utf-8")
    assert "Source Sans Pro Web" in css and "m.woff2" not in css and "Map" not in css
    assert (tmp_path / "ui/uswds/js/uswds.min.js").read_text("utf-8") == "a()"
    assert (tmp_path / "ui/uswds/img/a.svg").is_file()
    assert not (tmp_path / "ui/uswds/img/b.svg").exists()
    committed = STATIC / "htmx" / "htmx.min.js"
    assert (tmp_path / "ui/htmx/htmx.min.js").read_bytes()[:100] == committed.read_bytes()[:100]


def test_another_version_of_the_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not USWDS"):
        remake(a_package(tmp_path, "2.0.0"), tmp_path / "ui")


def test_pruning_twice_changes_nothing() -> None:
    css = SHEETS[0].read_text("utf-8")

    assert pruned_stylesheet(css) == css
