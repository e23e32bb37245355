"""Make `static/ui/uswds` and `static/ui/htmx` again from the package of USWDS, pruned.

    npm pack @uswds/uswds@3.14.0
    python -m payforsuccess.web.ui.remake_static uswds-uswds-3.14.0.tgz

Kept are the stylesheet, the script, the fonts named in `FONTS` and the images that the stylesheet
names. Left out are Merriweather and Roboto Mono (one typeface serves every page), light weights,
the picture behind banners, and references to source maps, which static files with hashed names
cannot resolve. htmx is copied from the installed django-htmx, with the version it ships.
"""

from __future__ import annotations

import re
import shutil
import sys
import tarfile
from importlib import resources
from pathlib import Path, PurePosixPath

VERSION = "3.14.0"
STATIC = Path(__file__).parent / "static" / "ui"
FONTS = (
    "sourcesanspro-regular-webfont.woff2",
    "sourcesanspro-italic-webfont.woff2",
    "sourcesanspro-bold-webfont.woff2",
    "sourcesanspro-bolditalic-webfont.woff2",
)
SCRIPTS = ("uswds.min.js", "uswds-init.min.js")
_SANS = "Source Sans Pro Web,Helvetica Neue,Helvetica,Roboto,Arial,sans-serif"
_SERIF = "Merriweather Web,Georgia,Cambria,Times New Roman,Times,serif"
_URL = re.compile(r"url\(([^)]+)\)")
_MAP = re.compile(r"\n?/[/*][#@] sourceMappingURL=[^\n]*")


def pruned_stylesheet(css: str) -> str:
    """The stylesheet of USWDS in Source Sans alone, naming no file that is left out."""

    def kept(face: re.Match[str]) -> str:
        return face.group(0) if any(font in face.group(0) for font in FONTS) else ""

    css = re.sub(r"@font-face\{[^}]*\}", kept, css)
    css = css.replace(_SERIF, _SANS).replace("Roboto Mono Web,", "")
    css = css.replace("background-image:url(../img/hero.jpg);", "")
    return _MAP.sub("", css)


def files_named(css: str) -> tuple[str, ...]:
    """The files that a stylesheet names, as written, each once."""
    named = (match.group(1).strip("\"'") for match in _URL.finditer(css))
    return tuple(sorted({name for name in named if not name.startswith("data:")}))


def remake(package: Path, folder: Path = STATIC) -> tuple[Path, ...]:
    """Write the pruned files of USWDS, and htmx, under `folder`; what was there before goes.

    ValueError when the package is of another version: pruning rules hold for one.
    """
    with tarfile.open(package) as archive:
        texts = {
            member.name.removeprefix("package/"): member
            for member in archive.getmembers()
            if member.isfile()
        }

        def content(name: str) -> bytes:
            found = archive.extractfile(texts[name])
            if found is None:
                raise ValueError(f"{package.name} holds no {name}")
            return found.read()

        css = content("dist/css/uswds.min.css").decode("utf-8")
        if f"uswds v{VERSION}" not in css[:200]:
            raise ValueError(f"{package.name} is not USWDS {VERSION}")
        css = pruned_stylesheet(css)
        made = {"css/uswds.min.css": css.encode("utf-8"), "LICENSE.md": content("LICENSE.md")}
        for script in SCRIPTS:
            text = content(f"dist/js/{script}").decode("utf-8")
            made[f"js/{script}"] = _MAP.sub("", text).encode("utf-8")
        for name in files_named(css):
            inside = PurePosixPath(name.removeprefix("../"))
            made[str(inside)] = content(f"dist/{inside}")
    shutil.rmtree(folder / "uswds", ignore_errors=True)
    for name, written in made.items():
        path = folder / "uswds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
    htmx = folder / "htmx" / "htmx.min.js"
    htmx.parent.mkdir(parents=True, exist_ok=True)
    shipped = resources.files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js"
    htmx.write_bytes(shipped.read_bytes())
    return (*(folder / "uswds" / name for name in made), htmx)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the package: python -m payforsuccess.web.ui.remake_static FILE.tgz")
    written = remake(Path(sys.argv[1]))
    total = sum(path.stat().st_size for path in written)
    sys.stdout.write(f"{len(written)} files, {total:,} bytes\n")
