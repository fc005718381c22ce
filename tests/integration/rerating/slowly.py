"""A process that begins to carry out a re-rating in small batches, and comes to no end, for tests to kill."""

import asyncio
import sys
from datetime import UTC, datetime
from uuid import UUID

from app.core import config
from app.infra import orm
from app.pricing.book import PriceBook
from app.rerating import service

_BATCHES = 10


class _SlowBook(PriceBook):
    def __init__(self) -> None:
        super().__init__()
        self._left = _BATCHES

    async def of(self, org_id):  # type: ignore[no-untyped-def]
        await asyncio.sleep(0.05 if self._left else 3600)
        self._left -= 1
        return await super().of(org_id)


async def main() -> None:
    await orm.init(config.load(), application_name="tests-rerating")
    await service.carry_out(UUID(sys.argv[1]), book=_SlowBook(), now=datetime.now(UTC), batch=10)


asyncio.run(main())
