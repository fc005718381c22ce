"""The pages of docs/gateway do what they say, each with the SDK that it is about."""

import asyncio
import contextlib
import gc
import io
import os
import re
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from tests.factories import wallets
from tests.factories.orgs import Tenant
from tests.fakes import aimock
from tests.rest.gateway.conftest import events, settled

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {path.name: path for path in sorted((DOCS / "gateway").glob("*.md"))}
WORDS = "Hello from the emulator, in a few words."
# What each page asks for.
CALLS = {
    "anthropic-node.md": 2,
    "anthropic-python.md": 2,
    "google-genai-python.md": 2,
    "openai-node.md": 3,
    "openai-python.md": 4,
}


def code_of(page: Path, language: str, url: str, token: str) -> str:
    """All of the page's code, with the test's server and key for those that it shows."""
    code = "\n".join(re.findall(rf"```{language}\n(.*?)```", page.read_text(), re.DOTALL))
    for shown, meant in (("http://localhost:8080", url), ("lk_live_pk_…", token)):
        assert shown in code, page.name
        code = code.replace(shown, meant)
    # By itself the SDK asks /v1, which the emulator does not know.
    return code.replace("types.HttpOptions(", 'types.HttpOptions(api_version="v1beta", ')


def run_python(code: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as told:
        exec(compile(code, "page", "exec"), {})
    # Its sockets are closed here, where a warning of that is expected, and not in the middle of another test.
    gc.collect()
    return told.getvalue()


async def run_node(code: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(aimock.node(), "--input-type=module", "-e", code),
        cwd=aimock.NPM,
        env={"PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return output.decode()


# The SDKs' clients are left to the collector, as scripts do.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore:Inheritance class:DeprecationWarning")
class TestPages:
    def test_are_there_for_each_sdk(self) -> None:
        assert set(PAGES) == set(CALLS)
        contents = (DOCS / "gateway.md").read_text()
        assert [name for name in PAGES if f"(gateway/{name})" not in contents] == []

    @pytest.mark.parametrize("name", CALLS)
    async def test_work_as_written(
        self, name: str, server: TestServer, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await wallets.wallet(acme, 1_000)
        url = str(server.make_url("/")).rstrip("/")
        if name.endswith("-node.md"):
            told = await run_node(code_of(PAGES[name], "js", url, acme.token))
        else:
            code = code_of(PAGES[name], "python", url, acme.token)
            told = await asyncio.to_thread(run_python, code)
            # Here, where that is allowed: in the middle of another test it would be that one's fault.
            gc.collect()
        assert told.count(WORDS) == 2
        await settled(server)
        found = await events()
        assert len(found) == CALLS[name]
        assert {event["customer_id"] for event in found} == {"law-firm-a"}
        embedded = [event for event in found if event["model"] == "text-embedding-3-small"]
        assert len(embedded) == name.startswith("openai")
        assert all(event["input_tokens"] > 0 and event["cost_usd"] is not None for event in found)
