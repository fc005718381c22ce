"""Several processes of one kind under one parent."""

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence

import click

from app.dev.children import Children, Program


def run(
    name: str, arguments: Sequence[str], *, count: int, environment: Mapping[str, str] | None = None
) -> None:
    """Keeps `count` processes of `launchkit <arguments>` running until SIGTERM or SIGINT, then stops them."""
    programs = [Program(f"{name} {number}", arguments) for number in range(1, count + 1)]
    asyncio.run(_run(programs, {**os.environ, **(environment or {})}))


async def _run(programs: Sequence[Program], environment: dict[str, str]) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    children = Children(environment=environment, report=lambda text: click.echo(text, err=True))
    children.start(*programs)
    failed = asyncio.create_task(children.failed())
    stopped = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait([failed, stopped], return_when=asyncio.FIRST_COMPLETED)
    finally:
        await children.stop()
    await failed
