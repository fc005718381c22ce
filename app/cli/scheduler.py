"""`launchkit scheduler`."""

import click

from app.cli import metrics
from app.cli import settings as cli_settings
from workers import scheduler


@click.command()
def command() -> None:
    """Queue jobs that are due, take jobs back from workers that were lost, seal the audit log, keep house.

    One is enough; more are safe. Needs DATABASE_URL, REDIS_URL and LAUNCHKIT_SECRET_KEY; tells its metrics on
    LAUNCHKIT_METRICS_PORT.
    """
    settings = cli_settings.load()
    with metrics.served(settings):
        scheduler.main(settings)
