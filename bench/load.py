"""The load client: keep-alive HTTP/1.1 connections, one request in flight on each.

A process of its own (`python -m bench.load FILE`): reads one `Plan` per line of standard input as JSON, runs it,
writes the `Result` to the file as JSON, and says so with an empty line. It does as little per answer as it can,
and reports its own share of a CPU.
"""

import asyncio
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import cast

import orjson
import uvloop

from app.infra import parent

# Replaced in head and body by a number of the same length that no other request has.
UNIQUE = "@" * 16


@dataclass(frozen=True)
class Plan:
    """What to send, over how many connections, for how long. `expect` must be in the answer.

    `per_second` requests leave at their times, as long as a connection is free for each; 0: a connection sends the
    next when the one before is answered.
    """

    port: int
    path: str
    body: str
    expect: str
    headers: dict[str, str] = field(default_factory=dict)
    method: str = "POST"
    connections: int = 1
    seconds: float = 2.0
    warmup_seconds: float = 0.3
    per_second: float = 0.0

    def request(self) -> bytes:
        headers = {"Host": "bench", "Content-Type": "application/json", **self.headers}
        lines = [f"{name}: {value}" for name, value in headers.items()]
        body = self.body.encode()
        head = f"{self.method} {self.path} HTTP/1.1"
        return "\r\n".join([head, *lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


@dataclass
class Result:
    """`latencies` in seconds, of requests answered after the warm-up; `answered` counts all."""

    latencies: list[float] = field(default_factory=list)
    answered: int = 0
    errors: int = 0
    first_error: str = ""
    seconds: float = 0.0
    client_cpu_share: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0


class _Run:
    def __init__(self, plan: Plan, numbers: int) -> None:
        self.plan = plan
        self.result = Result()
        self.number = numbers
        self.pieces = plan.request().split(UNIQUE.encode())
        self.expect = plan.expect.encode()
        self.due_at = time.perf_counter()
        self.counts_from = self.due_at + plan.warmup_seconds
        self.ends_at = self.counts_from + plan.seconds

    def request(self) -> bytes:
        if len(self.pieces) == 1:
            return self.pieces[0]
        self.number += 1
        return f"{self.number:016d}".encode().join(self.pieces)

    def pause(self) -> float:
        """Seconds until the next request."""
        if not self.plan.per_second:
            return 0.0
        self.due_at += 1 / self.plan.per_second
        return self.due_at - time.perf_counter()

    def answered(self, answer: bytes, sent_at: float) -> bool:
        """Notes the answer; whether to go on."""
        now = time.perf_counter()
        self.result.answered += 1
        if not answer.startswith(b"HTTP/1.1 2") or self.expect not in answer:
            self.result.errors += 1
            self.result.first_error = self.result.first_error or answer.decode(errors="replace")[:2000]
        if self.counts_from < now < self.ends_at:
            self.result.latencies.append(now - sent_at)
        return now < self.ends_at


class _Connection(asyncio.Protocol):
    def __init__(self, run: _Run) -> None:
        self.closed = asyncio.get_running_loop().create_future()
        self._run = run
        self._buffer = b""
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send_next()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or not _is_whole(self._buffer, end):
            return
        answer, self._buffer = self._buffer, b""
        if self._run.answered(answer, self._sent_at):
            self._send_next()
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if time.perf_counter() < self._run.ends_at:
            self._run.result.errors += 1
            self._run.result.first_error = self._run.result.first_error or f"connection lost: {exc}"
        self.closed.set_result(None)

    def _send_next(self) -> None:
        if (pause := self._run.pause()) > 0:
            asyncio.get_running_loop().call_later(pause, self._send)
        else:
            self._send()

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(self._run.request())


def _is_whole(answer: bytes, end: int) -> bool:
    """`end` is that of the head."""
    head = answer[:end].lower()  # uvicorn writes names in small letters
    if b"\r\ntransfer-encoding: chunked" in head:
        return answer.endswith(b"\r\n0\r\n\r\n")
    return len(answer) >= end + 4 + _content_length(head)


def _content_length(head: bytes) -> int:
    start = head.index(b"\r\ncontent-length: ") + 18
    end = head.find(b"\r\n", start)
    return int(head[start : end if end >= 0 else len(head)])


async def run(plan: Plan, numbers: int) -> Result:
    """Runs `plan`; unique numbers begin after `numbers`."""
    loop = asyncio.get_running_loop()
    current = _Run(plan, numbers)
    cpu, started = time.process_time(), time.perf_counter()
    made = [
        (await loop.create_connection(lambda: _Connection(current), "127.0.0.1", plan.port))[1]
        for _ in range(plan.connections)
    ]
    async with asyncio.timeout(plan.warmup_seconds + plan.seconds + 30):
        await asyncio.gather(*(connection.closed for connection in made))
    current.result.client_cpu_share = (time.process_time() - cpu) / (time.perf_counter() - started)
    current.result.seconds = plan.seconds
    return current.result


def main() -> None:
    parent.die_with_it()
    uvloop.install()
    output = Path(sys.argv[1])
    for line in sys.stdin:
        numbers = time.time_ns() // 1_000 % 10**16
        result = asyncio.run(run(Plan(**orjson.loads(line)), numbers))
        output.write_bytes(orjson.dumps(asdict(result)))
        print(flush=True)


if __name__ == "__main__":
    main()
