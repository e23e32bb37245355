"""Forms as USWDS draws them, without a word in the form itself."""

from __future__ import annotations

from pathlib import Path

import django.forms
from django.forms.renderers import BaseRenderer
from django.template.backends.django import DjangoTemplates
from django.utils.functional import cached_property


class Renderer(BaseRenderer):
    """`FORM_RENDERER = "payforsuccess.web.ui.forms.Renderer"`.

    Templates under `django/forms/` of the apps come first, Django's own after them; the renderers
    that Django brings look the other way round, or want `django.forms` among the apps.
    """

    @cached_property
    def engine(self) -> DjangoTemplates:
        """The engine with both places."""
        own = Path(django.forms.__file__).parent / "templates"
        return DjangoTemplates(
            {
                "NAME": "forms",
                "APP_DIRS": False,
                "DIRS": [],
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.app_directories.Loader",
                                ("django.template.loaders.filesystem.Loader", [str(own)]),
                            ],
                        )
                    ]
                },
            }
        )

    def get_template(self, template_name: str) -> object:
        """The template of a form, a field or a widget."""
        return self.engine.get_template(template_name)
