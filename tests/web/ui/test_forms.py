"""Forms: each field has its label, its hint and its mistake where a screen reader finds them."""

from __future__ import annotations

import re

from django.test import Client

from tests.web.ui.pages import Everything


def test_each_field_is_labelled_and_drawn_the_way_of_the_design_system() -> None:
    html = Everything().as_div()

    for name in ("name", "born_on", "source", "note", "has_consent", "paper"):
        assert f'for="id_{name}"' in html
    for look in ("usa-input", "usa-select", "usa-textarea", "usa-radio__input", "usa-checkbox"):
        assert look in html
    assert html.count("<legend") == 2
    assert not re.search(r'<input[^>]*class="[^"]*"[^>]*class=', html)


def test_hints_and_mistakes_belong_to_their_field() -> None:
    html = Everything({}).as_div()

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_page_with_mistakes_lists_them_first_each_a_link_to_its_field() -> None:
    html = Client().get("/form?wrong=1").content.decode()
    targets = re.findall(r'href="#(id_[a-z_0-9]+)"', html)

    assert targets == ["id_name", "id_source", "id_route_0", "id_has_consent"]
    assert all(f'id="{target}"' in html for target in targets)


def test_what_was_typed_comes_back_escaped() -> None:
    html = Everything({"name": "<b>\"'", "note": "</textarea><script>"}).as_div()

    assert "<b>" not in html and "<script>" not in html and "&lt;/textarea&gt;" in html
    assert "needs" in html


def test_a_form_with_a_file_says_so_and_needs_its_token() -> None:
    html = Client().get("/form").content.decode()

    assert 'enctype="multipart/form-data"' in html and "csrfmiddlewaretoken" in html
