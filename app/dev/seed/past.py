"""A week of work that never happened: what the demo orgs have to show. Pure; the same for the same clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.core.inference import Usage, UsageSource
from app.jobs.types import JobError, ModelCall, Outcome

_DAYS = 7
_SEED = 1859
_FAILURE_SHARE = 0.06

_TEXTS = (
    ("Minutes of the partners' meeting", "The partners agreed to open a second office in the spring."),
    (
        "Lease agreement, second draft",
        "The tenant may end the lease after three years with six months' notice.",
    ),
    ("Support thread about invoices", "The customer was billed twice; a credit note has been issued."),
    ("Research note on battery storage", "Prices per kilowatt-hour fell by a fifth within a year."),
    ("Interview with the head of logistics", "Most delays arise at the border, not on the road."),
    ("Quarterly report to the board", "Revenue grew by twelve percent while costs stayed flat."),
)
_QUESTIONS = (
    (
        "Draft a friendly reminder for an unpaid invoice.",
        "Dear customer, a small reminder: your invoice is open.",
    ),
    (
        "Explain retention periods in one sentence.",
        "Records are kept for as long as the law asks, then deleted.",
    ),
    ("Name three risks of a fixed-price contract.", "Scope creep, rising costs and a late acceptance."),
)
_CUSTOMERS = ("law-firm-a", "harbour-logistics", "studio-nord", None)
_FAILURES = (
    JobError("provider_timeout", "openai: no answer within 60 seconds"),
    JobError("provider_rate_limited", "anthropic: the request rate was exceeded"),
)
# (share, provider, model): what a small company that watches its costs uses.
_MODELS = (
    (0.5, "openai", "gpt-4o-mini"),
    (0.3, "anthropic", "claude-haiku-4-5"),
    (0.2, "local", "local/extractive-1"),
)
_EMBEDDING = ("openai", "text-embedding-3-small")


@dataclass(frozen=True, slots=True)
class PastJob:
    """One job and how it went; `end` is what came of it."""

    kind: str
    input: dict[str, Any]
    customer_id: str | None
    created_at: datetime
    started_at: datetime
    finished_at: datetime
    end: Outcome | JobError


def plan(count: int, *, now: datetime, size: float = 1.0) -> Sequence[PastJob]:
    """`count` jobs of the week before `now`, oldest first, most of them on working days in working hours.

    `size` scales how many tokens they took.
    """
    rng = Random(_SEED + count)
    moments = sorted(_moment(rng, now) for _ in range(count))
    return [_job(rng, at, size) for at in moments]


def _moment(rng: Random, now: datetime) -> datetime:
    """Drawn until it is a likely one."""
    while True:
        at = now - timedelta(seconds=rng.uniform(600, _DAYS * 86_400))
        if rng.random() < (1.0 if 8 <= at.hour < 18 else 0.1) * (1.0 if at.weekday() < 5 else 0.25):
            return at


def _job(rng: Random, at: datetime, size: float) -> PastJob:
    kind, data, end = rng.choices((_summary, _completion, _embedding), weights=(6, 3, 1))[0](rng, size)
    if rng.random() < _FAILURE_SHARE:
        end = rng.choice(_FAILURES)
    started = at + timedelta(milliseconds=rng.uniform(4, 40))
    finished = started + timedelta(seconds=rng.uniform(0.4, 9))
    return PastJob(kind, data, rng.choice(_CUSTOMERS), at, started, finished, end)


def _summary(rng: Random, size: float) -> tuple[str, dict[str, Any], Outcome | JobError]:
    title, summary = rng.choice(_TEXTS)
    call = _call(rng, *_model(rng), size=size, tokens_in=(900, 9_000), tokens_out=(60, 260))
    data = {"text": f"{title}. {summary}", "tone": rng.choice(("brief", "detailed", "bullets"))}
    return "summarize", data, Outcome({"summary": summary, "finish_reason": "stop"}, [call])


def _completion(rng: Random, size: float) -> tuple[str, dict[str, Any], Outcome | JobError]:
    question, answer = rng.choice(_QUESTIONS)
    call = _call(rng, *_model(rng), size=size, tokens_in=(20, 600), tokens_out=(40, 700))
    data = {"messages": [{"role": "user", "content": question}]}
    return "completion", data, Outcome({"content": answer, "finish_reason": "stop"}, [call])


def _embedding(rng: Random, size: float) -> tuple[str, dict[str, Any], Outcome | JobError]:
    title, _ = rng.choice(_TEXTS)
    call = _call(rng, *_EMBEDDING, size=size, tokens_in=(200, 20_000), tokens_out=(0, 0))
    vector = [round(rng.uniform(-1, 1), 4) for _ in range(16)]
    return "embeddings", {"input": [title], "dimensions": 16}, Outcome({"embeddings": [vector]}, [call])


def _model(rng: Random) -> tuple[str, str]:
    _, provider, model = rng.choices(_MODELS, weights=[share for share, _, _ in _MODELS])[0]
    return provider, model


def _call(
    rng: Random,
    provider: str,
    model: str,
    *,
    size: float,
    tokens_in: tuple[int, int],
    tokens_out: tuple[int, int],
) -> ModelCall:
    source = UsageSource.ESTIMATED if provider == "local" else UsageSource.PROVIDER
    read, written = (round(size * rng.randint(*span)) for span in (tokens_in, tokens_out))
    return ModelCall(provider, model, Usage(read, written, source=source))
