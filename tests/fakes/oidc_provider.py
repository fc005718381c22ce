"""An OpenID Connect provider that others wrote (`oidc-provider-mock`), as a process of its own.

Not in this one: it uses a deprecated part of Authlib, and warnings are errors here.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.waiting import eventually


@asynccontextmanager
async def providing(port: int, person: dict[str, Any]) -> AsyncIterator[str]:
    """Its issuer, once it answers; `person` has the claims of the only account."""
    url = f"http://127.0.0.1:{port}"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "oidc_provider_mock", "--port", str(port), "--user-claims", json.dumps(person)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with aiohttp.ClientSession() as session:

            async def answers() -> bool:
                try:
                    async with session.get(f"{url}/jwks") as answer:
                        return answer.status == 200
                except aiohttp.ClientError:
                    return False

            await eventually(answers, within=30, what="the provider's first answer", every=0.1)
        yield url
    finally:
        process.terminate()
        await process.wait()
