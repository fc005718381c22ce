"""What the guide tells secret scanners is true of the keys that are made."""

import re
from pathlib import Path
from typing import Any

from app.apikeys import format as key_format

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "api-keys.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```(\w*)\n(.*?)\n```$", GUIDE, flags=re.S | re.M))


class TestExpression:
    def test_finds_keys_of_both_environments_in_a_file(self) -> None:
        for environment in ("live", "test"):
            token = key_format.generate("live" if environment == "live" else "test")[0]
            assert re.findall(BLOCKS[""], f'KEY="{token}"\nkey={token}; x') == [token, token]

    def test_passes_over_what_is_no_key(self) -> None:
        token = key_format.generate("live")[0]
        for other in (token[:-1], token + "0", token.upper(), token.replace("_pk_", "_sk_"), token[3:]):
            assert re.findall(BLOCKS[""], other) == []


class TestChecksum:
    def test_is_computed_as_the_guide_says(self) -> None:
        names: dict[str, Any] = {}
        exec(BLOCKS["python"], names)
        for _ in range(50):
            token = key_format.generate("test")[0]
            assert names["is_key"](token)
            changed = token[:20] + ("0" if token[20] != "0" else "1") + token[21:]
            assert not names["is_key"](changed)
