"""How a followed job looks: a live block in a terminal, plain lines elsewhere, nothing for programs."""

import time
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from app.dev.demo.document import Document
from app.dev.demo.transcript import Transcript

_STYLES = {"SUCCEEDED": "green", "FAILED": "red", "CANCELLED": "yellow", "EXPIRED": "yellow"}
# What fits below a bar in most terminals; the end of the text is what is new.
_TAIL_LINES = 8
_WAITING_SECONDS = 5.0
WAITING = "Still queued: is a worker running? `launchkit worker` starts one."


class View:
    """Told of everything in order, and shows nothing; `tick` comes often, as time passes without news too."""

    def submitted(self, document: Document, job: Mapping[str, Any]) -> None:
        """The job was made."""

    def updated(self, transcript: Transcript) -> None:
        """There is news."""

    def tick(self) -> None:
        """Some time has passed."""

    def ended(self, transcript: Transcript) -> None:
        """It is over."""

    def close(self) -> None:
        """Gives the terminal back, whatever happened."""


class PlainView(View):
    """Lines that only ever are appended."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: tuple[str, int] | None = None
        self._waiting = _Waiting()

    def submitted(self, document: Document, job: Mapping[str, Any]) -> None:
        self._console.print(_heading(document, job), soft_wrap=True)

    def updated(self, transcript: Transcript) -> None:
        self._waiting.heard(transcript.status)
        state = (transcript.status, transcript.progress)
        if state != self._shown or transcript.new:
            self._shown = state
            text = " ".join(transcript.new.split())
            self._console.print(Text(f"{state[0]:<9} {state[1]:>3} %  {text}".rstrip()), soft_wrap=True)

    def tick(self) -> None:
        if self._waiting.is_long():
            self._console.print(WAITING)

    def ended(self, transcript: Transcript) -> None:
        self._console.print(facts(transcript))
        self._console.print()
        self._console.print(_answer(transcript), soft_wrap=True)


class LiveView(View):
    """A bar with the partial output below it, replaced by the result."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._waiting = _Waiting()
        self._text = ""
        self._hint = ""
        self._progress = Progress(
            TextColumn("{task.description:<9}"),
            BarColumn(bar_width=32),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=console,
        )
        self._task = self._progress.add_task("QUEUED", total=100)
        self._live = Live(self._block(), console=console, auto_refresh=False)

    def submitted(self, document: Document, job: Mapping[str, Any]) -> None:
        self._console.print(_heading(document, job), soft_wrap=True)
        self._live.start()

    def updated(self, transcript: Transcript) -> None:
        self._waiting.heard(transcript.status)
        self._hint = ""
        self._text = transcript.text
        self._progress.update(self._task, description=transcript.status, completed=transcript.progress)
        self._refresh()

    def tick(self) -> None:
        if self._waiting.is_long():
            self._hint = WAITING
        self._refresh()

    def ended(self, transcript: Transcript) -> None:
        # The bar stays; the partial output makes room for the whole.
        self._live.update(self._progress, refresh=True)
        self.close()
        self._console.print(facts(transcript))
        self._console.print()
        self._console.print(Padding(_answer(transcript), (0, 2)))

    def close(self) -> None:
        self._live.stop()

    def _refresh(self) -> None:
        self._live.update(self._block(), refresh=True)

    def _block(self) -> RenderableType:
        below = Text(self._hint, style="yellow") if self._hint else self._tail()
        return Group(self._progress, Padding(below, (0, 2)))

    def _tail(self) -> Text:
        width = max(20, self._console.width - 4)
        lines = Text(self._text, style="dim").wrap(self._console, width)
        return Text("\n").join(lines[-_TAIL_LINES:])


class _Waiting:
    """Whether a job has been queued for suspiciously long; said once."""

    def __init__(self) -> None:
        self._since: float | None = time.monotonic()

    def heard(self, status: str) -> None:
        if status != "QUEUED":
            self._since = None

    def is_long(self) -> bool:
        if self._since is None or time.monotonic() - self._since < _WAITING_SECONDS:
            return False
        self._since = None
        return True


def facts(transcript: Transcript) -> Table:
    """Status, model, tokens, credits and cost of a job that ended."""
    job = transcript.job or {}
    table = Table.grid(padding=(0, 2))
    status = Text(transcript.status, style=f"bold {_STYLES.get(transcript.status, '')}".strip())
    table.add_row("status", status)
    if job.get("model"):
        table.add_row("model", _model(job))
    table.add_row("tokens", f"{job.get('inputTokens', 0):,} in, {job.get('outputTokens', 0):,} out")
    table.add_row("credits", str(job.get("credits", "0")))
    table.add_row("cost", cost(job.get("costUsd")))
    return table


def cost(usd: str | None) -> str:
    """US dollars as they are, never rounded; a price that is not known is not a price of nothing."""
    return "not known yet: the model has no price" if usd is None else f"${Decimal(usd):f}"


def _model(job: Mapping[str, Any]) -> str:
    provider, model = str(job.get("provider") or ""), str(job["model"])
    return model if not provider or model.startswith(f"{provider}/") else f"{provider}/{model}"


def _heading(document: Document, job: Mapping[str, Any]) -> Text:
    return Text.assemble(
        (f"Summarising {document.title}", "bold"),
        f"\n{document.measure}; {job['id']}, about {job['estimated_tokens']:,} tokens",
    )


def _answer(transcript: Transcript) -> Text:
    job = transcript.job or {}
    if error := job.get("error"):
        return Text(f"{error['message']} ({error['code']})", style="red")
    return Text(str((job.get("result") or {}).get("summary", transcript.text)))
