"""Ids in the audit log are those under which everything else is known."""

from uuid import UUID

import pytest

from app.audit import naming
from app.core import ids
from app.pricing import types as pricing
from app.rerating import types as rerating

ID = UUID("01a1fa82-27ad-707d-8299-faebc8a54864")


class TestEncode:
    @pytest.mark.parametrize(
        ("kind", "prefix"),
        [
            ("burn_table", pricing.TABLE_PREFIX),
            ("provider_price", pricing.PRICE_PREFIX),
            ("rerating", rerating.PREFIX),
            ("routing_policy", "pol"),
            ("upstream", "ups"),
            ("api_key", "key"),
            ("job", "job"),
        ],
    )
    def test_writes_what_the_api_answers(self, kind: str, prefix: str) -> None:
        assert naming.encode(kind, ID) == ids.encode(prefix, ID)


class TestFind:
    def test_reads_what_was_written_whatever_it_is_of(self) -> None:
        for kind in ("rerating", "api_key", "ledger_transaction", "job"):
            assert naming.find(naming.encode(kind, ID)) == ID

    def test_knows_no_id_in_other_text(self) -> None:
        for text in ("", "_", "key_", "key", "nope_01m7x849xde1yr56ftxf4aaj3"):
            assert naming.find(text) is None
