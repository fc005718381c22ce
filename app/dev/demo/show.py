"""The demo from end to end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from rich.console import Console

from app.dev.demo import document
from app.dev.demo.client import Client
from app.dev.demo.document import Document
from app.dev.demo.transcript import Transcript
from app.dev.demo.view import LiveView, PlainView, View

_TICK_SECONDS = 0.1


async def show(client: Client, text: Document, view: View) -> Transcript:
    """Submits `text` and shows its job until it ended; raises `DemoFailed` where it cannot be followed."""
    job = await client.submit(text.text)
    view.submitted(text, job)
    transcript = Transcript()
    try:
        async with _ticking(view):
            async for transcript in client.follow(str(job["id"])):
                view.updated(transcript)
        view.ended(transcript)
    finally:
        view.close()
    return transcript


@contextlib.asynccontextmanager
async def _ticking(view: View) -> AsyncIterator[None]:
    async def tick() -> None:
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            view.tick()

    task = asyncio.create_task(tick())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def sample(url: str, api_key: str, console: Console) -> str:
    """The sample document on `console`; the id of its job."""
    view = LiveView(console) if console.is_terminal else PlainView(console)
    async with Client(url, api_key) as client:
        transcript = await show(client, document.sample(), view)
    return str((transcript.job or {})["id"])
