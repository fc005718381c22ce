"""The example that receivers copy."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import app
from app.webhooks import secrets, signatures

DOCS = Path(app.__file__).parents[1] / "docs" / "webhooks.md"


def example() -> Any:
    [source] = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    scope: dict[str, Any] = {}
    exec(source, scope)
    return scope["verify"]


class TestVerify:
    def test_takes_what_is_signed_and_nothing_else(self) -> None:
        verify, body = example(), b'{"id":"msg_1"}'
        old, new = secrets.generate(), secrets.generate()
        now = datetime.now(UTC)
        header = signatures.headers("msg_1", body, secrets=[new, old], at=now)["X-LK-Signature"]

        assert verify(body, header, new)
        assert verify(body, header, old)
        assert not verify(body + b" ", header, new)
        assert not verify(body, header, secrets.generate())

    def test_refuses_what_is_old(self) -> None:
        body, secret = b"{}", secrets.generate()
        then = datetime.fromtimestamp(time.time() - 600, UTC)
        header = signatures.headers("msg_1", body, secrets=[secret], at=then)["X-LK-Signature"]

        assert not example()(body, header, secret)
