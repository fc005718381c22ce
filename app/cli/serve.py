"""`launchkit serve`."""

import click

from app.cli import importing, metrics
from app.cli import processes as group
from app.cli import settings as cli_settings
from app.core.config import Settings
from app.dev import port


@click.command()
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes share the port; one per core is a good start.",
)
@click.option("--share-port", is_flag=True, hidden=True)
def command(*, processes: int, share_port: bool) -> None:
    """Run the web server: GraphQL, REST, the pages for browsers.

    Listens on HOST:PORT and needs DATABASE_URL, REDIS_URL and LAUNCHKIT_SECRET_KEY. SIGTERM lets requests
    finish, for at most 8 seconds. A process that crashes is started again when there are several.
    """
    settings = cli_settings.load()
    if processes > 1:
        _serve_with(processes, settings)
    else:
        # The parent of several processes needs none of this, which is a second and a hundred megabytes.
        with importing.without_collecting():
            from app.cli import server  # noqa: PLC0415

        server.run(settings, share_port=share_port)


def _serve_with(processes: int, settings: Settings) -> None:
    port.require_free(settings)
    arguments = ["serve", "--share-port"]
    with metrics.shared() as environment:
        group.run("web", arguments, count=processes, environment=environment)
