"""How the documentation is built: offline, from Markdown, with every broken link an error."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent

project = "payforsuccess"
author = "the payforsuccess authors"
copyright = "the payforsuccess authors, Apache-2.0"
release = re.search(
    r'__version__ = "(.+?)"', (ROOT / "src/payforsuccess/__init__.py").read_text("utf-8")
)[1]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "generate"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 4

html_theme = "furo"
html_title = "payforsuccess"
html_show_sphinx = False
html_copy_source = False
# Nothing is fetched when a page is opened: no fonts, badges or scripts of others.
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
pygments_dark_style = "native"

# Pages that live at the root of the repository, where people look for them, and are shown here too.
FROM_ROOT = {
    "changelog": "CHANGELOG.md",
    "developers": "DEVELOPERS.md",
    "glossary": "GLOSSARY.md",
}


def take_from_root(app: Sphinx, page: str, source: list[str]) -> None:
    """Put a root page's text in the place of its stand-in, with its links read from here."""
    if page not in FROM_ROOT:
        return
    path = ROOT / FROM_ROOT[page]
    app.env.note_dependency(path)
    text = path.read_text("utf-8").replace("](docs/", "](")
    for name, file in FROM_ROOT.items():
        text = text.replace(f"]({file})", f"]({name}.md)")
    source[0] = text


def setup(app: Sphinx) -> None:
    app.connect("source-read", take_from_root)
