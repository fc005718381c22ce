"""What can be said of a job."""

import pytest

from app.core.inference import Usage
from app.jobs.types import ModelCall


class TestModelCall:
    @pytest.mark.parametrize("count", [-1, 10**10 + 1, 2**63])
    def test_is_refused_where_no_bill_could_hold_it(self, count: int) -> None:
        for usage in (Usage(count), Usage(0, count), Usage(reasoning_tokens=count)):
            with pytest.raises(ValueError, match="Tokens of a call"):
                ModelCall("openai", "gpt-4o", usage)

    @pytest.mark.parametrize("provider", ["", "x" * 65, "a\0b", "\ud800"])
    def test_is_refused_of_a_provider_without_a_name_that_can_be_kept(self, provider: str) -> None:
        with pytest.raises(ValueError, match="A provider is named"):
            ModelCall(provider, "gpt-4o", Usage(1))
