"""The official SDKs for Node by base URL and key alone."""

import asyncio
import json
import os

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from tests.factories import wallets
from tests.factories.orgs import Tenant
from tests.fakes import aimock
from tests.rest.gateway.conftest import events, settled

WORDS = "Hello from the emulator, in a few words."


class TestNode:
    async def test_calls_models_and_raises_its_own_errors(
        self, server: TestServer, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await wallets.wallet(acme, 1_000)
        process = await asyncio.create_subprocess_exec(
            *(aimock.node(), "gateway.mjs", str(server.make_url("/")).rstrip("/"), acme.token),
            cwd=aimock.NPM,
            env={"PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()
        got = json.loads(output)
        assert [got[name] for name in ("chat", "streamed", "response", "message", "final")] == [WORDS] * 5
        assert (got["usage"], got["tool"]) == (None, "get_weather")
        assert got["embedding"] == pytest.approx([0.1, 0.2, 0.3])
        assert (got["wrong_key"]["name"], got["wrong_key"]["status"]) == ("AuthenticationError", 401)
        assert got["too_often"]["name"] == "RateLimitError"
        assert "broke off" in got["broken"]["message"]
        assert "broke off" in got["broken_message"]["message"]
        await settled(server)
        found = await events()
        assert len(found) == 9
        [embedded] = [event for event in found if event["model"] == "text-embedding-3-small"]
        assert (embedded["output_tokens"], embedded["cost_usd"] > 0) == (0, True)
        assert embedded["input_tokens"] > 0
