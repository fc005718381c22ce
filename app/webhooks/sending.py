"""One attempt: signed, sent, judged."""

import random
import time
from dataclasses import replace
from datetime import datetime, timedelta

from app.core import ids
from app.infra.outbound import Outbound, RequestFailed
from app.webhooks import retrying, signatures
from app.webhooks.delivering import Result, Sending
from app.webhooks.retrying import TIMEOUT_SECONDS, Outcome
from app.webhooks.secrets import SecretUnreadable, Vault

_REDIRECTS = range(300, 400)
_rng = random.SystemRandom()


async def attempt(
    sending: Sending, *, vault: Vault, outbound: Outbound, now: datetime, seconds: float = TIMEOUT_SECONDS
) -> Result:
    """Whatever the endpoint does, there is a result."""
    started = time.monotonic()
    met = await _meet(sending, vault, outbound, now, seconds)
    took = timedelta(seconds=time.monotonic() - started)
    outcome = replace(met, latency_ms=took // timedelta(milliseconds=1))
    following = retrying.after(
        outcome, tries=sending.tries, retry_until=sending.retry_until, now=now + took, rng=_rng
    )
    return Result(sending, outcome, following, now)


async def _meet(sending: Sending, vault: Vault, outbound: Outbound, now: datetime, seconds: float) -> Outcome:
    body = sending.body.encode()
    try:
        secrets = [vault.open(sending.endpoint_id, sealed) for sealed in sending.sealed]
    except SecretUnreadable as error:
        return Outcome(None, error.code, error.detail)
    signed = signatures.headers(ids.encode("msg", sending.message_id), body, secrets=secrets, at=now)
    headers = {"Content-Type": "application/json", "X-LK-Delivery": ids.encode("del", sending.id), **signed}
    try:
        answer = await outbound.post(sending.url, body, headers, seconds=seconds)
    except RequestFailed as failure:
        return Outcome(None, failure.code, str(failure))
    is_redirect = answer.status in _REDIRECTS
    return Outcome(
        answer.status,
        "redirected" if is_redirect else None,
        "Redirects are not followed: enter the address that they lead to." if is_redirect else None,
        retrying.wait_asked_for(answer.status, answer.headers.get("Retry-After"), now=now),
        # PostgreSQL keeps no NUL in text.
        answer.body.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}"),
    )
