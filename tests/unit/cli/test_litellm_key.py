"""Printing the key that LiteLLM knows a key by."""

from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from app.cli.group import launchkit
from app.core import ids
from app.gateway.mirror import virtual_keys
from app.gateway.mirror.virtual_keys import VirtualKeys
from app.infra import hashing

SECRET = "a secret of forty-one characters, no more!"
KEY = UUID(int=7)
SET = {
    "DATABASE_URL": "postgresql://localhost/none",
    "LAUNCHKIT_SECRET_KEY": SECRET,
    "LITELLM_BASE_URL": "http://localhost:4000",
    "LITELLM_MASTER_KEY": "sk-master",
    "LAUNCHKIT_ENV": "",
}


def run(*words: str, **changes: str) -> Result:
    return CliRunner().invoke(launchkit, ["litellm-key", *words], env=SET | changes)


class TestCommand:
    def test_prints_what_the_gateway_asks_with(self) -> None:
        result = run(ids.encode("key", KEY))
        assert result.exit_code == 0
        expected = VirtualKeys(hashing.derive_key(SECRET, virtual_keys.PURPOSE)).of(KEY)
        assert result.output == f"{expected}\n"

    @pytest.mark.parametrize("text", ["lk_live_pk_x", "org_01", ""])
    def test_asks_for_the_id_of_a_key(self, text: str) -> None:
        result = run(text)
        assert result.exit_code == 1
        assert "key_" in result.output

    def test_says_what_is_missing(self) -> None:
        result = run(ids.encode("key", KEY), LITELLM_BASE_URL="", LITELLM_MASTER_KEY="")
        assert result.exit_code == 1
        assert "LITELLM_BASE_URL" in result.output
