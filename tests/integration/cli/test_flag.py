"""`launchkit flag`: defining what orgs see."""

import asyncio
import json
import os
import sys

import pytest

from app.core.config import Settings
from app.infra import db


@pytest.fixture
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.require_database_url())


async def run(*words: str) -> tuple[int, str]:
    """In a process of its own, as the command has an event loop and a pool of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app.cli",
        "flag",
        *words,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=dict(os.environ),
    )
    out, err = await process.communicate()
    return process.returncode or 0, (out + err).decode()


@pytest.mark.usefixtures("environment")
class TestFlag:
    async def test_is_set_said_anew_listed_and_removed(self) -> None:
        assert (await run("set", "canvas", "--plan", "PRO", "--percentage", "20"))[0] == 0
        assert (await run("set", "canvas", "--description", "A canvas", "--plan", "PRO"))[0] == 0
        [found] = json.loads((await run("list", "--json"))[1])
        assert (found["key"], found["description"], found["plans"], found["percentage"]) == (
            *("canvas", "A canvas", ["PRO"], 100),
        )
        assert (await run("remove", "canvas"))[0] == 0
        assert await db.fetchval("SELECT count(*) FROM feature_flag") == 0
        actions = await db.fetch("SELECT action FROM audit_entry ORDER BY id")
        assert [row["action"] for row in actions] == [
            *["feature_flag.defined"] * 2,
            "feature_flag.removed",
        ]

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("remove", "none"), "There is no flag none"),
            (("set", "Big Key"), "A key begins with a small letter"),
            (("set", "canvas", "--plan", "GOLD"), "There is no plan GOLD"),
        ],
    )
    async def test_says_the_mend(self, words: tuple[str, ...], sentence: str) -> None:
        status, said = await run(*words)
        assert status != 0
        assert sentence in said
        assert await db.fetchval("SELECT count(*) FROM feature_flag") == 0
