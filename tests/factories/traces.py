"""A trace of model calls: as many, as large and as bursty as the public one of Azure's code completion service.

Made by a generator with a fixed seed, so that nothing of others has to be copied: 8,819 calls in an hour, prompts of a
long-tailed length, answers of a few tokens. Microsoft's own: github.com/Azure/AzurePublicDataset.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

CALLS = 8_819
_SEED = 2_023
_MODELS = ("gpt-4o", "gpt-4o-mini", "gpt-4-turbo")


@dataclass(frozen=True, slots=True)
class Call:
    at: timedelta
    input_tokens: int
    output_tokens: int


def calls(count: int = CALLS) -> list[Call]:
    source = random.Random(_SEED)
    at = 0.0
    found = []
    for _ in range(count):
        at += source.expovariate(2.5)
        prompt = min(7_437, max(3, int(source.lognormvariate(7.2, 1.0))))
        found.append(Call(timedelta(seconds=at), prompt, min(1_899, 1 + int(source.expovariate(1 / 27)))))
    return found


def events(calls: list[Call], *, start: datetime) -> list[dict[str, Any]]:
    """Of seven customers with two features."""
    return [
        {
            "event_id": f"trace-{number}",
            "event_type": "TOKEN_USAGE",
            "provider": "openai",
            "model": _MODELS[number % len(_MODELS)],
            "customer_id": f"customer-{number % 7}",
            "feature_id": f"feature-{number % 2}",
            "input_tokens": call.input_tokens,
            "output_tokens": call.output_tokens,
            "timestamp": (start + call.at).isoformat(),
        }
        for number, call in enumerate(calls)
    ]
