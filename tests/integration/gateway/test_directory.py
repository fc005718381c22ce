"""Which upstream a model's name means."""

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.ids import OrgId
from app.gateway.errors import ModelNotFound
from app.gateway.types import Dialect
from app.gateway.upstreams.directory import Directory


class TestPlan:
    @pytest.mark.parametrize("model", ["gpt-4o-mini", ""], ids=["a model", "the list of models"])
    async def test_without_any_upstream_says_how_there_will_be_one(
        self, settings: Settings, model: str
    ) -> None:
        directory = Directory({}, key=b"k" * 32)
        with pytest.raises(ModelNotFound) as raised:
            await directory.plan(OrgId(ids.uuid7()), model, Dialect.OPENAI)
        told = str(raised.value)
        assert "POST /v1/gateway/upstreams" in told
        assert "OPENAI_API_KEY" in told
        assert (repr(model) in told) == bool(model)
