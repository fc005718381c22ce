"""`launchkit schema`."""

from pathlib import Path

import click

import schema
from app.cli import export
from schema import root

_PATH = Path(schema.__file__).with_name("schema.graphql")


@click.group()
def command() -> None:
    """The GraphQL schema as a file."""


@command.command("export")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when the file is not current.")
def export_(*, check: bool) -> None:
    """Write schema/schema.graphql from the code."""
    export.write_or_check(
        _PATH, root.schema.as_str().rstrip() + "\n", check=check, mend="launchkit schema export"
    )
