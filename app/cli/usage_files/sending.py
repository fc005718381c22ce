"""Sending the events of a file, several batches at once, again and again while LaunchKit is away."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from app.cli.failures import Expected
from app.cli.usage_files.reading import Line

_TIMEOUT = aiohttp.ClientTimeout(total=60, sock_connect=5)
_PATIENCE_SECONDS = 60.0
_LONGEST_PAUSE_SECONDS = 5.0
_MOST_PROBLEMS = 20
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


@dataclass
class Tally:
    """What became of the events so far; of what is wrong, the first few lines."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def note(self, line: Line, status: str, errors: Sequence[dict[str, str]] = ()) -> None:
        self.counts[status] += 1
        if status in ("accepted", "duplicate") or len(self.problems) >= _MOST_PROBLEMS:
            return
        said = line.problem or "; ".join(f"{error['field']}: {error['message']}" for error in errors)
        if status == "conflict":
            said = "another event was sent with this id; give it an id of its own"
        self.problems.append(f"line {line.number}: {said}")

    @property
    def is_clean(self) -> bool:
        return not self.counts["invalid"] and not self.counts["conflict"]


@dataclass(frozen=True)
class Sender:
    """`told` is called with the end of each batch in the file, in bytes, once it is answered."""

    url: str
    api_key: str
    is_backfill: bool
    batch_size: int
    concurrency: int
    told: Callable[[int], None]

    async def send(self, lines: Iterable[Line]) -> Tally:
        """Raises `Expected` where LaunchKit refuses all of it, or is away for longer than a minute."""
        tally = Tally()
        waiting: asyncio.Queue[list[Line] | None] = asyncio.Queue(self.concurrency)
        headers = {"Authorization": f"Bearer {self.api_key}", "Content-Type": "application/json"}
        async with aiohttp.ClientSession(timeout=_TIMEOUT, headers=headers) as session:
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(self.concurrency):
                        group.create_task(self._work(session, waiting, tally))
                    await self._fill(waiting, lines, tally)
            except* Expected as failures:
                raise failures.exceptions[0] from None
        return tally

    async def _fill(
        self, waiting: "asyncio.Queue[list[Line] | None]", lines: Iterable[Line], tally: Tally
    ) -> None:
        batch: list[Line] = []
        for line in lines:
            if line.event is None:
                tally.note(line, "invalid")
                continue
            batch.append(line)
            if len(batch) == self.batch_size:
                await waiting.put(batch)
                batch = []
        if batch:
            await waiting.put(batch)
        for _ in range(self.concurrency):
            await waiting.put(None)

    async def _work(
        self, session: aiohttp.ClientSession, waiting: "asyncio.Queue[list[Line] | None]", tally: Tally
    ) -> None:
        while (batch := await waiting.get()) is not None:
            body = orjson.dumps({"events": [line.event for line in batch], "backfill": self.is_backfill})
            answer = await self._post(session, body)
            for line, result in zip(batch, answer["results"], strict=True):
                tally.note(line, result["status"], result["errors"])
            self.told(batch[-1].end)

    async def _post(self, session: aiohttp.ClientSession, body: bytes) -> dict[str, Any]:
        """Sent again until it is answered: what was counted the first time is told as a duplicate."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        pause = 0.1
        while True:
            try:
                async with session.post(f"{self.url.rstrip('/')}/v1/events/ingest", data=body) as response:
                    content = await response.read()
                    if response.status == 200:
                        answer: dict[str, Any] = orjson.loads(content)
                        return answer
                    if response.status not in _AGAIN:
                        raise _refused(self.url, response.status, content)
                    said = _detail(content) or f"it answers {response.status}"
                    retry_after = response.headers.get("Retry-After", "")
                    wait = float(retry_after) if retry_after.isdecimal() else pause
            except (aiohttp.ClientError, TimeoutError) as error:
                said, wait = str(error) or type(error).__name__, pause
            if time.monotonic() + wait > deadline:
                raise Expected(
                    f"{self.url} took nothing for {_PATIENCE_SECONDS:.0f} s ({said}): run the same command again "
                    "when it is back; nothing is counted twice."
                )
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)


def _refused(url: str, status: int, content: bytes) -> Expected:
    detail = _detail(content)
    if detail is None:
        return Expected(f"{url} answered {status}, and not as LaunchKit does: check --url.")
    if status == 401:
        return Expected(f"{detail} Check --api-key or LAUNCHKIT_API_KEY.")
    return Expected(detail)


def _detail(content: bytes) -> str | None:
    try:
        detail: str = orjson.loads(content)["detail"]
    except (ValueError, KeyError, TypeError):
        return None
    return detail
