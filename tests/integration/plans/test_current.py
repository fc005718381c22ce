"""The plans of a process, as the table has them."""

from collections.abc import Iterator

import asyncpg
import pytest

from app.core.config import Settings
from app.infra import db
from app.plans import current
from app.plans.types import Catalogue
from tests.factories.plans import ENTERPRISE, FREE, PRO


@pytest.fixture(autouse=True)
def _afterwards_as_before() -> Iterator[None]:
    before = current.catalogue()
    yield
    current.install(before)


class TestRead:
    async def test_finds_what_the_installation_sells(self, settings: Settings) -> None:
        current.install(Catalogue())
        await current.read()
        assert [current.of(code) for code in ("FREE", "PRO", "ENTERPRISE")] == [FREE, PRO, ENTERPRISE]


class TestKnown:
    async def test_reads_the_table_for_a_version_that_the_process_has_not_seen(
        self, settings: Settings
    ) -> None:
        current.install(Catalogue([FREE]))
        assert await current.known("PRO@1") == PRO


class TestTheTable:
    @pytest.mark.parametrize("change", ["UPDATE plan SET seats = 1000", "DELETE FROM plan"])
    async def test_refuses_to_change_a_version(self, settings: Settings, change: str) -> None:
        with pytest.raises(asyncpg.PostgresError):
            await db.execute(change)
        await current.read()
        assert current.of("PRO") == PRO
