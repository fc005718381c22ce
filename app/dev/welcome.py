"""What a newcomer is told once everything runs: where it is, and what to try."""

import os
import shlex
import shutil
import sys
from pathlib import Path

from rich.text import Text

from app.dev.seed import facts
from app.dev.state import Running

_LABEL = 10


def text(running: Running, *, job_id: str | None) -> Text:
    others = ", ".join(person.email.partition("@")[0] + "@…" for person in facts.PEOPLE[1:])
    lines = [
        Text(),
        Text("Serving until Ctrl-C.", style="bold green"),
        Text(),
        _fact("GraphiQL", f"{running.url}/graphql"),
        _fact("API docs", f"{running.url}/docs"),
        _fact("Log-in", f"{running.email}, password {running.password} ({others} too)"),
        _fact("API key", running.api_key),
        Text(),
        Text("Try next", style="bold"),
        Text(),
        *(Text(f"  {line}") for line in _commands(running, job_id)),
        Text(),
    ]
    return Text("\n").join(lines)


def _commands(running: Running, job_id: str | None) -> list[str]:
    bearer = f"Bearer {running.api_key}"
    fields = "{ job { status progress } output }"
    return [
        f"{launchkit()} demo my.txt",
        "",
        f'curl {running.url}/v1/jobs/summarize -H "Authorization: {bearer}" \\',
        """  -H "Content-Type: application/json" -d '{"text": "Long article text here..."}'""",
        "",
        "In GraphiQL, with these headers, a job from its beginning:",
        f'  {{"Authorization": "{bearer}"}}',
        f'  subscription {{ jobUpdated(id: "{job_id or "job_…"}", after: 0) {fields} }}',
    ]


def launchkit() -> str:
    """How this very installation is called from the current directory."""
    beside = Path(sys.executable).with_name("launchkit")
    if (found := shutil.which("launchkit")) and Path(found).resolve() == beside.resolve():
        return "launchkit"
    if beside.exists():
        return shlex.quote(_relative(beside))
    return f"{shlex.quote(_relative(Path(sys.executable)))} -m app.cli"


def _relative(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(os.pardir) else relative


def _fact(label: str, value: str) -> Text:
    return Text.assemble((f"  {label:<{_LABEL}}", "cyan"), value)
