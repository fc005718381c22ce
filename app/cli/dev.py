"""`launchkit dev`."""

import sys

import click

from app.core import config
from app.core.clock import utcnow
from app.dev import supervisor
from app.dev.terminal import Terminal
from app.infra import parent


@click.command()
@click.option("--die-with-parent", is_flag=True, help="Stop when the process that started this one ends.")
@click.option("--no-demo", is_flag=True, help="Do not submit a first job.")
@click.pass_obj
def command(started: float, *, die_with_parent: bool, no_demo: bool) -> None:
    """Start everything on this machine, show a first job, and serve until Ctrl-C.

    Starts a private PostgreSQL and a private Valkey, unless DATABASE_URL or REDIS_URL name others; migrates and
    seeds; then runs web, worker, relay and scheduler. All data is kept in LAUNCHKIT_DATA_DIR. PORT chooses the
    port (8080).
    """
    if die_with_parent:
        parent.stop_with_it()
    settings = config.load()
    terminal = Terminal(sys.stdout)
    try:
        supervisor.run(settings, terminal, now=utcnow(), started=started, with_demo=not no_demo)
    finally:
        terminal.close()
