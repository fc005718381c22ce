"""Mails from templates."""

from datetime import UTC, datetime

import jinja2
import pytest

from workers.mails.rendering import TEMPLATES, render

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FACTS = {"name": "Ada", "email": "ada@x.example", "at": NOW, "reset_url": "https://acme.example/reset"}


class TestRender:
    def test_takes_the_subject_from_the_first_line(self) -> None:
        mail = render("password_changed", key="k", to="ada@x.example", **FACTS)

        assert mail.subject == "Your LaunchKit password was changed"
        assert mail.text.startswith("Hello Ada,")
        assert "20 November 2026 at 10:00 UTC" in mail.text
        assert "https://acme.example/reset" in mail.text
        assert 'href="https://acme.example/reset"' in mail.html

    def test_shows_what_people_call_themselves_as_text(self) -> None:
        name = "<script>alert(1)</script> & Co\r\nBcc: x@x.example"
        mail = render("password_changed", key="k", to="ada@x.example", **{**FACTS, "name": name})

        assert "<script>" not in mail.html
        assert "&lt;script&gt;" in mail.html
        assert "\n" not in mail.subject

    def test_fails_over_a_fact_that_is_missing(self) -> None:
        with pytest.raises(jinja2.UndefinedError, match="reset_url"):
            render("password_changed", key="k", to="x@x.example", name="Ada", email="x@x.example", at=NOW)

    def test_of_every_template_has_a_text_and_a_page(self) -> None:
        pages = {path.stem for path in TEMPLATES.glob("*.html")} - {"layout", "macros"}

        assert {path.stem for path in TEMPLATES.glob("*.txt")} == pages
