"""`launchkit openapi`."""

from pathlib import Path

import click
import orjson

import app
from app.cli import export
from app.jobs import kinds
from app.rest import routes

_PATH = Path(app.__file__).parents[1] / "docs" / "openapi.json"


@click.group()
def command() -> None:
    """The OpenAPI document as a file."""


@command.command("export")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when the file is not current.")
def export_(*, check: bool) -> None:
    """Write docs/openapi.json from the code."""
    # LaunchKit's own kinds only: those of an application are part of its own document, which its server serves.
    kinds.load()
    document = routes.document()
    text = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    export.write_or_check(_PATH, text, check=check, mend="launchkit openapi export")
