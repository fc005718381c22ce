"""Mails from templates: for each, a text whose first line is the subject, and an HTML page."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.core.mail import Mail

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        # A fact that is missing is a fault to find in a test, not a gap in somebody's mail.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, /, *, key: str, to: str, **facts: object) -> Mail:
    """The mail of `template` to `to`. `facts` are what its two templates ask for."""
    text = _environment().get_template(f"{template}.txt").render(facts)
    subject, _, body = text.partition("\n")
    html = _environment().get_template(f"{template}.html").render(facts, subject=_one_line(subject))
    return Mail(key=key, to=to, subject=_one_line(subject), text=body.lstrip("\n"), html=html)


def _one_line(subject: str) -> str:
    """A name that somebody chose may be in it: a line break there would begin another header."""
    return " ".join(subject.split())
