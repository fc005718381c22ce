"""`launchkit demo`."""

import asyncio
import os
import stat
import sys
from pathlib import Path

import click
import orjson
from rich.console import Console

from app.cli import target
from app.cli.failures import Expected
from app.dev.demo import document, show
from app.dev.demo.client import Client
from app.dev.demo.document import Document
from app.dev.demo.view import LiveView, PlainView, View

# One more than any text that is accepted.
_LONGEST_BYTES = 4 * document.MAX_CHARACTERS + 1


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", envvar="LAUNCHKIT_URL", help="Another LaunchKit than the one of `launchkit dev`.")
@click.option("--api-key", envvar="LAUNCHKIT_API_KEY", help="The API key for it.")
@click.option("--json", "as_json", is_flag=True, help="Print the finished job as JSON and nothing else.")
def command(*, file: Path | None, url: str | None, api_key: str | None, as_json: bool) -> None:
    """Summarise a text file and follow the job live.

    FILE is UTF-8 text; without it, standard input where something is piped in, else a sample. Exit status 1 when
    the job does not succeed.
    """
    text = _document(file)
    url, api_key = target.find(url, api_key)
    if not asyncio.run(_run(url, api_key, text, as_json=as_json)):
        sys.exit(1)


async def _run(url: str, api_key: str, text: Document, *, as_json: bool) -> bool:
    """Whether the job succeeded."""
    async with Client(url, api_key) as client:
        transcript = await show.show(client, text, View() if as_json else _view())
        if as_json:
            job = await client.job(str((transcript.job or {})["id"]))
            click.echo(orjson.dumps(job, option=orjson.OPT_INDENT_2).decode())
    return transcript.status == "SUCCEEDED"


def _view() -> View:
    console = Console(highlight=False)
    return LiveView(console) if console.is_terminal else PlainView(console)


def _document(file: Path | None) -> Document:
    if file is not None and str(file) != "-":
        return document.parse(str(file), _read(file))
    if file is None and not _is_piped():
        return document.sample()
    return document.parse("Standard input", sys.stdin.buffer.read(_LONGEST_BYTES))


def _is_piped() -> bool:
    """Whether standard input is a pipe or a file: a terminal or /dev/null is nobody's text."""
    try:
        return not stat.S_ISCHR(os.fstat(sys.stdin.fileno()).st_mode)
    except (AttributeError, ValueError, OSError):
        return not sys.stdin.isatty() if sys.stdin else False


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_LONGEST_BYTES)
    except OSError as error:
        raise Expected(f"{file} cannot be read: {error.strerror}.") from error
