"""`launchkit ingest`: what it sends, what it says, how it exits."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

import app
from app.core.config import Settings
from app.infra import db
from tests.factories import traces
from tests.factories.orgs import Tenant, tenant
from tests.factories.usage import event
from tests.fakes.web import serving

CSV = "TIMESTAMP,ContextTokens,GeneratedTokens\n" + "".join(
    f"2023-11-16 18:{17 + number // 60}:{number % 60:02}.9799600,{call.input_tokens},{call.output_tokens}\n"
    for number, call in enumerate(traces.calls(300))
)


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[TestServer]:
    async with serving(replace(settings, is_rate_limited=False)) as running:
        yield running


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


async def run(directory: Path, *arguments: str, **environment: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LAUNCHKIT")},
        "LAUNCHKIT_DATA_DIR": str(directory),
        **environment,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", "ingest", *arguments),
        cwd=Path(app.__file__).parents[1],
        env=variables,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


def target(server: TestServer, acme: Tenant) -> dict[str, str]:
    return {"LAUNCHKIT_URL": str(server.make_url("")), "LAUNCHKIT_API_KEY": acme.token}


class TestIngest:
    @pytest.mark.parametrize("option", ["--backfill", "--shift-to-now"])
    async def test_sends_a_trace_and_again_without_counting_it_twice(
        self, server: TestServer, acme: Tenant, tmp_path: Path, option: str
    ) -> None:
        file = tmp_path / "trace.csv"
        file.write_text(CSV)
        arguments = [
            str(file),
            option,
            "--set",
            "provider=azure",
            "--set",
            "model=gpt-4",
            "--batch",
            "40",
            "--json",
        ]

        first = await run(tmp_path, *arguments, **target(server, acme))
        again = await run(tmp_path, *arguments, **target(server, acme))

        counts = {"accepted": 0, "duplicate": 0, "conflict": 0, "invalid": 0, "problems": []}
        assert (first[0], json.loads(first[1])) == (0, counts | {"accepted": 300})
        assert (again[0], json.loads(again[1])) == (0, counts | {"duplicate": 300})
        assert await db.fetchval("SELECT sum(input_tokens) FROM usage_rollup_hour") == sum(
            call.input_tokens for call in traces.calls(300)
        )

    async def test_tells_which_lines_are_wrong_and_sends_the_others(
        self, server: TestServer, acme: Tenant, tmp_path: Path
    ) -> None:
        file = tmp_path / "usage.jsonl"
        lines = [
            event("a"),
            event("a", input_tokens=2),
            event("b", input_tokens=-1),
            event("c", model=None),
            event("d"),
        ]
        file.write_text("\n".join(map(json.dumps, lines)) + "\nnonsense\n")

        status, out, err = await run(tmp_path, str(file), **target(server, acme))

        assert (status, out) == (1, "2 accepted, 0 duplicate, 1 conflict, 3 invalid.\n")
        assert sorted(line.partition(": ")[0] for line in err.splitlines()) == [
            "line 2",
            "line 3",
            "line 4",
            "line 6",
        ]
        assert "line 4: model: Say which model was used" in err

    async def test_says_in_a_line_what_stops_it(
        self, server: TestServer, acme: Tenant, tmp_path: Path
    ) -> None:
        file = tmp_path / "usage.jsonl"
        file.write_text(json.dumps(event("a")) + "\n")
        refused = target(server, acme) | {"LAUNCHKIT_API_KEY": "lk_live_pk_wrong"}
        for arguments, environment, said in (
            ([str(tmp_path / "none.csv")], {}, "cannot be read: No such file or directory."),
            ([str(file)], {}, "No `launchkit dev` is running here"),
            ([str(file), "--set", "modell=x"], target(server, acme), "There is no field modell"),
            ([str(file), "--set", "model"], target(server, acme), "is not of the form NAME=VALUE"),
            ([str(file), "--shift-to-now"], target(server, acme), "names no times that could be shifted"),
            ([str(file)], refused, "Check --api-key or LAUNCHKIT_API_KEY."),
        ):
            status, out, err = await run(tmp_path, *arguments, **environment)

            assert (status, out) == (1, "")
            assert said in err
            assert err.count("\n") == 1
