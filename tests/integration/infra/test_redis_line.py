"""One connection to Valkey for many callers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import hiredis
import pytest

from app.core.config import Settings
from app.infra.redis_line import Line
from tests.fakes import network


@pytest.fixture
async def line(settings: Settings) -> AsyncIterator[Line]:
    opened = Line(settings.require_redis_url(), patience_seconds=10)
    yield opened
    await opened.close()


class TestExecute:
    async def test_gives_each_caller_its_own_answer(self, line: Line) -> None:
        answers = await asyncio.gather(*(line.execute("ECHO", str(number)) for number in range(500)))
        assert answers == [str(number).encode() for number in range(500)]

    async def test_gives_an_error_to_its_caller_alone(self, line: Line) -> None:
        words = (("ECHO", "a"), ("NONSENSE",), ("ECHO", "b"))
        answers = await asyncio.gather(*(line.execute(*one) for one in words), return_exceptions=True)
        assert (answers[0], answers[2]) == (b"a", b"b")
        assert isinstance(answers[1], hiredis.ReplyError)

    async def test_does_not_mix_up_answers_after_a_caller_has_gone(self, line: Line) -> None:
        await line.execute("PING")
        tasks = [asyncio.create_task(line.execute("ECHO", str(number))) for number in range(3)]
        await asyncio.sleep(0)
        tasks[1].cancel()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert (answers[0], answers[2]) == (b"0", b"2")
        assert await line.execute("ECHO", "3") == b"3"

    async def test_survives_that_the_caller_who_connects_has_gone(self, line: Line) -> None:
        first = asyncio.create_task(line.execute("PING"))
        second = asyncio.create_task(line.execute("PING"))
        await asyncio.sleep(0)
        first.cancel()
        assert await second == b"PONG"

    async def test_fails_while_redis_is_away_and_connects_again(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with network.wire_to(settings.require_redis_url()) as (wire, url):
            line = Line(url, patience_seconds=10)
            assert await line.execute("PING") == b"PONG"
            await wire.cut()
            attempts = 0
            connect = line._connect

            async def counting() -> Any:
                nonlocal attempts
                attempts += 1
                return await connect()

            monkeypatch.setattr(line, "_connect", counting)
            failures = await asyncio.gather(
                *(line.execute("PING") for _ in range(50)), return_exceptions=True
            )
            assert {type(failure) for failure in failures} == {ConnectionError}
            assert attempts <= 1, "one attempt for all"
            await wire.mend()
            assert await line.execute("PING") == b"PONG"
            await line.close()

    async def test_gives_up_on_a_redis_that_says_nothing(self) -> None:
        given_up = asyncio.Event()

        async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await given_up.wait()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        line = Line(f"redis://127.0.0.1:{port}", patience_seconds=0.1)
        with pytest.raises(ConnectionError):
            await line.execute("PING")
        given_up.set()
        await line.close()
        server.close()

    async def test_gives_up_on_a_redis_that_hangs_and_recovers(self, line: Line, settings: Settings) -> None:
        impatient = Line(settings.require_redis_url(), patience_seconds=1.5)
        await impatient.execute("PING")
        with pytest.raises(ConnectionError, match="in time"):
            await impatient.execute("BLPOP", "nothing", 60)
        assert await impatient.execute("ECHO", "again") == b"again"
        await impatient.close()
