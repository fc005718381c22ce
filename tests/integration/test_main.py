"""A web process as a whole."""

import asyncio

import pytest

from app.core.config import Settings
from tests.fakes.web import serving


async def begin_and_end(settings: Settings, pause: float) -> None:
    async with serving(settings):
        await asyncio.sleep(pause)


class TestCreateApp:
    @pytest.mark.timeout(900)
    async def test_makes_what_ends_at_whatever_moment(self, settings: Settings) -> None:
        """Often the listener to Redis is just connecting, where its client loses a cancellation."""
        for number in range(30):
            life = asyncio.create_task(begin_and_end(settings, number / 1000))
            ended, _ = await asyncio.wait([life], timeout=60)
            life.cancel()
            assert ended, f"{number} ms after its start"
            await life
