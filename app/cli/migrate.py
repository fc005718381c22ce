"""`launchkit migrate`."""

import asyncio

import click

from app.cli.failures import Expected
from app.core import config
from app.infra import migrations
from app.infra.migrations import MigrationTimeout


@click.command()
def command() -> None:
    """Bring the database of DATABASE_URL up to date.

    Safe to run from any number of processes at once: one does the work, the others wait for it.
    """
    try:
        applied = asyncio.run(migrations.migrate(config.load().require_database_url()))
    except MigrationTimeout as error:
        raise Expected(f"{error} Look for it with `launchkit doctor`, or end its session.") from error
    for name in applied:
        click.echo(f"Applied {name}.")
    if not applied:
        click.echo("The database is up to date.")
