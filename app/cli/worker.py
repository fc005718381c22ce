"""`launchkit worker`."""

import click

from app.cli import importing, metrics
from app.cli import processes as group
from app.cli import settings as cli_settings
from app.core.config import Settings


@click.command()
@click.option(
    "--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes."
)
@click.option(
    "--threads",
    type=click.IntRange(1, 256),
    default=32,
    show_default=True,
    help="How many jobs each process runs at once.",
)
def command(*, processes: int, threads: int) -> None:
    """Run jobs from the queue.

    Needs DATABASE_URL, REDIS_URL (or BROKER_URL) and LAUNCHKIT_SECRET_KEY; tells its metrics on
    LAUNCHKIT_METRICS_PORT. SIGTERM lets running jobs finish, for at most 8 seconds; what is not finished by then
    is run again elsewhere.
    """
    settings = cli_settings.load()
    if processes > 1:
        _run_several(processes, threads, settings)
        return
    # The parent of several processes needs none of this.
    with importing.without_collecting():
        from workers import main  # noqa: PLC0415

    with metrics.served(settings):
        main.main(settings, threads=threads)


def _run_several(processes: int, threads: int, settings: Settings) -> None:
    arguments = ["worker", "--threads", str(threads)]
    with metrics.shared() as environment, metrics.served(settings, environment):
        # The port is the parent's: its children only count.
        group.run(
            "worker", arguments, count=processes, environment={**environment, "LAUNCHKIT_METRICS_PORT": ""}
        )
