"""Waiting for a web server to be ready."""

import asyncio

import aiohttp

_POLL_SECONDS = 0.03


async def wait(url: str) -> None:
    """Returns once `/ready` says so; the caller bounds the time."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        while not await _is_ready(session, url):
            await asyncio.sleep(_POLL_SECONDS)


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/ready") as response:
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False
