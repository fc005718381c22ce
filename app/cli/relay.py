"""`launchkit relay`."""

import click

from app.cli import metrics
from app.cli import settings as cli_settings
from workers import relay


@click.command()
def command() -> None:
    """Deliver messages that a crash or a Redis outage left in the outbox.

    One is enough; more are safe. Needs DATABASE_URL and REDIS_URL (and BROKER_URL where that is another).
    """
    settings = cli_settings.load(secret=False)
    with metrics.served(settings):
        relay.main(settings)
