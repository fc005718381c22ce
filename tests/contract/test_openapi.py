"""Schemathesis asks whatever the OpenAPI document allows and what it forbids, and holds the answers against it.

A failure prints a `curl` line that repeats it.
"""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from app.core.config import Settings
from tests.factories.orgs import Tenant
from tests.tenancy import rows

_HERE = Path(__file__).parent
_OPTIONS = [
    *("--generation-deterministic", "--workers", "1", "--no-color"),
    *("--checks", "all", "--continue-on-failure"),
    # Two templates fit /v1/jobs/summarize: GET finds a job of that name (there is none), POST makes one. `Allow` is
    # tried in tests/rest/test_errors.py.
    *("--exclude-checks", "allow_header_conformance"),
]


async def run(server: TestServer, directory: Path, *options: str) -> None:
    """Fails with what was found."""
    config = ["--config-file", str(_HERE / "schemathesis.toml")]
    document = str(server.make_url("/v1/openapi.json"))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", *config, "run", document, *_OPTIONS, *options),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=directory,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(_HERE)},
    )
    found, _ = await process.communicate()
    assert process.returncode == 0, found.decode()


# Some thousand requests each.
@pytest.mark.timeout(800)
class TestDocument:
    async def test_is_true_for_a_key_that_may_do_everything(
        self, server: TestServer, acme: Tenant, tmp_path: Path
    ) -> None:
        authorization = f"Authorization: {acme.headers['Authorization']}"
        await run(server, tmp_path, "--max-examples", "10", "-H", authorization)

    async def test_is_true_for_a_key_that_may_do_nothing(
        self, server: TestServer, acme: Tenant, settings: Settings, tmp_path: Path
    ) -> None:
        _, token = await rows.api_key(settings, acme, acme.live, "none", frozenset())
        authorization = f"Authorization: Bearer {token}"
        await run(server, tmp_path, "--phases", "coverage", "-H", authorization)

    async def test_is_true_without_a_credential(self, server: TestServer, tmp_path: Path) -> None:
        await run(server, tmp_path, "--phases", "fuzzing", "--max-examples", "2")
