"""`launchkit flag`: the installation's feature flags."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import click
import orjson

from app.cli import settings as cli_settings
from app.cli.failures import Expected
from app.core.clock import utcnow
from app.entitlements import queries, switches
from app.entitlements.errors import FlagNotFound
from app.entitlements.types import Flag
from app.infra import orm
from app.webhooks import recording

T = TypeVar("T")

_KEY = r"^[a-z][a-z0-9_.-]{0,63}$"


@click.group()
def command() -> None:
    """Feature flags of the whole installation, by plan and by share of the orgs.

    An org whose plan includes a flag may switch it itself (`setFeatureFlag`). Changes are everywhere within seconds.
    """


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array and nothing else.")
def list_flags(*, as_json: bool) -> None:
    """Show every flag."""
    flags = _run(queries.all_flags)
    if as_json:
        click.echo(orjson.dumps(flags, option=orjson.OPT_INDENT_2).decode())
        return
    for flag in flags:
        plans = "all plans" if flag.plans is None else ", ".join(flag.plans) or "no plan"
        click.echo(f"{flag.key}: {flag.percentage} % of orgs on {plans}. {flag.description}")
    if not flags:
        click.echo("There is none yet: `launchkit flag set KEY --description TEXT` makes one.")


@command.command(name="set")
@click.argument("key")
@click.option("--description", default="", help="What it switches.")
@click.option("--plan", "plans", multiple=True, metavar="CODE", help="A plan that includes it; default: all.")
@click.option(
    "--percentage", type=click.IntRange(0, 100), default=100, show_default=True, help="Share of orgs."
)
def set_flag(*, key: str, description: str, plans: tuple[str, ...], percentage: int) -> None:
    """Make a flag, or say it anew."""
    if not re.match(_KEY, key):
        raise Expected("A key begins with a small letter and has up to 64 of: a-z 0-9 _ . -")
    flag = Flag(key, description, plans or None, percentage, datetime.min.replace(tzinfo=UTC))
    _run(lambda: switches.define_flag(flag, now=utcnow()))
    click.echo(f"{key} is set.")


@command.command(name="remove")
@click.argument("key")
def remove(*, key: str) -> None:
    """Remove a flag, with what orgs switched of it: from then on it is off."""
    try:
        _run(lambda: switches.remove_flag(key, now=utcnow()))
    except FlagNotFound as error:
        raise Expected(f"There is no flag {key}: `launchkit flag list` shows those there are.") from error
    click.echo(f"{key} is removed.")


def _run(act: Callable[[], Awaitable[T]]) -> T:
    return asyncio.run(_with_database(act))


async def _with_database(act: Callable[[], Awaitable[T]]) -> T:
    recording.install()
    await orm.init(cli_settings.load(redis=False, secret=False), application_name="launchkit-flag")
    try:
        return await act()
    finally:
        await orm.close()
