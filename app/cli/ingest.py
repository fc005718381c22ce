"""`launchkit ingest`."""

import asyncio
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from app.cli import target
from app.cli.failures import Expected
from app.cli.usage_files.reading import FIELDS, Reader
from app.cli.usage_files.sending import Sender, Tally
from app.core import config
from app.core.clock import utcnow

_STATUSES = ("accepted", "duplicate", "conflict", "invalid")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--url", envvar="LAUNCHKIT_URL", help="Another LaunchKit than the one of `launchkit dev`.")
@click.option("--api-key", envvar="LAUNCHKIT_API_KEY", help="The API key for it.")
@click.option(
    "--set", "constants", multiple=True, metavar="FIELD=VALUE", help="A field of events that lack it."
)
@click.option(
    "--map", "columns", multiple=True, metavar="COLUMN=FIELD", help="The field that a CSV's column is."
)
@click.option("--backfill", is_flag=True, help="Take history: as old as it is, and without drawing credit.")
@click.option("--shift-to-now", is_flag=True, help="Move all times so that the newest is now.")
@click.option(
    "--batch", default=1_000, show_default=True, type=click.IntRange(1, 1_000), help="Events at once."
)
@click.option(
    "--concurrency", default=4, show_default=True, type=click.IntRange(1, 32), help="Batches at once."
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON and nothing else.")
def command(
    *,
    file: Path,
    url: str | None,
    api_key: str | None,
    constants: tuple[str, ...],
    columns: tuple[str, ...],
    backfill: bool,
    shift_to_now: bool,
    batch: int,
    concurrency: int,
    as_json: bool,
) -> None:
    """Send the usage in FILE: JSON lines, or CSV with a header (.csv).

    JSON lines are events as POST /v1/events/ingest takes them. Of a CSV, columns go to the fields of their names; the
    names TIMESTAMP, ContextTokens, GeneratedTokens (Azure's traces), prompt_tokens, completion_tokens and the like are
    known; others become properties. Times without a zone are UTC. What has no event_id is given one that depends on
    file name, line and content: broken off, run the same command again, and nothing is counted twice.

    Exit status 1 when an event was invalid or in conflict; the first of them are named.
    """
    reader = Reader(file, _pairs("--set", constants), _pairs("--map", columns))
    for name in (*reader.constants, *reader.columns.values()):
        if name not in FIELDS:
            raise Expected(f"There is no field {name}: use one of {', '.join(sorted(FIELDS))}.")
    try:
        size = file.stat().st_size
    except OSError as error:
        raise Expected(f"{file} cannot be read: {error.strerror}.") from error
    url, api_key = target.find(url, api_key)
    if shift_to_now:
        reader = replace(reader, shift=_shift(reader, url))
    progress = _progress(is_shown=not as_json)
    task = progress.add_task(file.name, total=size)
    with progress:
        sender = Sender(
            url,
            api_key,
            backfill,
            batch,
            concurrency,
            # Batches are answered in any order: the bar shows the furthest.
            lambda end: progress.update(task, completed=max(end, progress.tasks[task].completed)),
        )
        tally = asyncio.run(sender.send(reader.lines()))
        progress.update(task, completed=size)
    _report(tally, reader.kept_as_properties(), as_json=as_json)
    sys.exit(0 if tally.is_clean else 1)


def _report(tally: Tally, properties: Iterable[str], *, as_json: bool) -> None:
    counts = {status: tally.counts[status] for status in _STATUSES}
    if as_json:
        click.echo(orjson.dumps({**counts, "problems": tally.problems}).decode())
        return
    for problem in tally.problems:
        click.echo(problem, err=True)
    if names := ", ".join(properties):
        click.echo(f"Kept as properties: {names}.")
    click.echo(", ".join(f"{count:,} {status}" for status, count in counts.items()) + ".")


def _pairs(option: str, texts: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, separator, value = text.partition("=")
        if not (name and separator and value):
            raise Expected(f"{option} {text} is not of the form NAME=VALUE.")
        pairs[name] = value
    return pairs


def _shift(reader: Reader, url: str) -> timedelta:
    """The same for the same file and LaunchKit whenever it is asked: else each run would send other events."""
    name = blake2b(f"{reader.path.absolute()}\n{url.rstrip('/')}".encode(), digest_size=12).hexdigest()
    kept = config.load().data_dir / "ingest" / f"{name}.json"
    try:
        return timedelta(seconds=orjson.loads(kept.read_bytes())["shift_seconds"])
    except (OSError, ValueError, KeyError, TypeError):
        newest = reader.newest()
    if newest is None:
        raise Expected(f"{reader.path} names no times that could be shifted: leave --shift-to-now out.")
    shift = timedelta(seconds=int((utcnow() - newest).total_seconds()))
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(orjson.dumps({"file": str(reader.path), "shift_seconds": shift.total_seconds()}))
    return shift


def _progress(*, is_shown: bool) -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=32),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not (is_shown and console.is_terminal),
    )
