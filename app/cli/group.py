"""The command group: what there is, found without importing it, and failures turned into sentences."""

import importlib
import time
from typing import Any

import click

from app import version
from app.cli import failures
from app.infra import parent

# Name, where it is, and the line that `launchkit --help` shows.
_COMMANDS = {
    "dev": ("app.cli.dev", "Start everything on this machine and show a first job."),
    "demo": ("app.cli.demo", "Summarise a text file and follow the job live."),
    "ingest": ("app.cli.ingest", "Send the usage in a file of JSON lines or CSV."),
    "doctor": ("app.cli.doctor", "Say what is wrong and how to mend it."),
    "serve": ("app.cli.serve", "Run the web server."),
    "worker": ("app.cli.worker", "Run jobs."),
    "relay": ("app.cli.relay", "Deliver what a crash or a Redis outage left behind."),
    "scheduler": ("app.cli.scheduler", "Start what is due, recover what was lost, seal the audit log."),
    "migrate": ("app.cli.migrate", "Bring the database up to date."),
    "seed": ("app.cli.seed", "Fill a development database with demo data."),
    "verify": ("app.cli.verify", "Prove that audit log, usage and credit are as they were written."),
    "flag": ("app.cli.flag", "Define feature flags of the installation."),
    "litellm-key": ("app.cli.litellm_key", "Print the virtual key that an API key has at LiteLLM."),
    "schema": ("app.cli.schema", "Export the GraphQL schema."),
    "openapi": ("app.cli.openapi", "Export the OpenAPI document."),
}


class Commands(click.Group):
    """Imports a command's module when it is run, so that help and light commands start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(_COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        # Both before the command's imports, which take a while: a supervisor may die meanwhile.
        parent.die_with_it()
        ctx.obj = time.monotonic()
        try:
            return super().invoke(ctx)
        except Exception as error:
            sentences = failures.explain(error)
            if sentences is None:
                raise
            raise failures.Refusal(sentences) from error


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(version.VERSION, prog_name="launchkit", message="%(prog)s %(version)s")
@click.pass_context
def launchkit(ctx: click.Context) -> None:
    """LaunchKit: the backend between an AI product and its money.

    Start with `launchkit dev`. Everything else is set in the environment; `.env.example` lists it.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
