"""`launchkit seed`."""

import asyncio

import click

from app.cli import settings as cli_settings
from app.core.clock import utcnow
from app.dev import state
from app.dev.seed import facts, run


@click.command()
def command() -> None:
    """Fill a development database with demo data: users, orgs, keys, credit, past jobs and their usage.

    Adds what is missing, so it can be run again. The demo API key is kept in LAUNCHKIT_DATA_DIR, because the
    database holds it only as a hash.
    """
    settings = cli_settings.load(redis=False)
    seeded = asyncio.run(run.run(settings, token=state.demo_key(settings.data_dir), now=utcnow()))
    if seeded.is_new_key:
        state.keep_demo_key(settings.data_dir, seeded.api_key)
    click.echo(
        f"Added {', '.join(seeded.added)}." if seeded.added else "Nothing to add: the demo data is there."
    )
    click.echo(f"Log-in:  {facts.EMAIL}, password {facts.PASSWORD}")
    click.echo(f"API key: {seeded.api_key}")
