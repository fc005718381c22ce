"""`launchkit scheduler`."""

import click

from app.cli import settings as cli_settings
from workers import scheduler


@click.command()
def command() -> None:
    """Queue jobs that are due, take jobs back from workers that were lost, keep house.

    One is enough; more are safe. Needs DATABASE_URL.
    """
    scheduler.main(cli_settings.load(redis=False, secret=False))
