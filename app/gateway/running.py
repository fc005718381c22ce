"""One call that was admitted: sent, read or streamed, and ended once."""

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from app.core.inference import Usage, UsageSource
from app.core.upstreams import Answer, Outgoing, UpstreamSilent, UpstreamTruncated, UpstreamUnreachable
from app.gateway import headers, texts, threads
from app.gateway.entries import Call
from app.gateway.protocols import reading
from app.gateway.protocols.operation import Operation
from app.gateway.protocols.watching import EventTooLarge, Watch
from app.gateway.routing.circuits import UpstreamResting
from app.gateway.routing.policy import WhenClientLeaves
from app.gateway.types import Ask, Metered, Outcome, Plan, Rules, Steps, Target
from app.infra import telemetry
from app.infra.providers.failures import parse_retry_after
from app.limits.types import Level

if TYPE_CHECKING:
    from app.gateway.service import Gateway

MAX_ANSWER_BYTES = 64 * 1024 * 1024
_MAX_REFUSAL_BYTES = 256 * 1024
# Nothing was made of such a request, so nothing was charged for it. 504 is not among them.
_WORTH_REPEATING = frozenset({408, 409, 429, 500, 502, 503, 529})
# What another model may well answer: not what is wrong with the request itself.
_WORTH_ANOTHER = frozenset({401, 402, 403, 404, 408, 409, 429}) | frozenset(range(500, 600))
# What servers say of a field that they do not know, and the one that we may have added.
_UNKNOWN_FIELD = frozenset({400, 422})
_ADDED = b"stream_options"
_REFUSED = 300
_FIRST_WAIT = 0.25
_MOST_DIGITS = 10
# Of a response that OpenAI goes on with behind its answer (`background`): what it will use nobody will be told.
_NOT_DONE_YET = frozenset({"queued", "in_progress"})
_NO_ANSWER_YET = _NOT_DONE_YET | {"failed", "cancelled"}


class ClientLeft(Exception):
    """Nobody reads any more, and the call has ended."""


class Running:
    """Made by `Gateway.begin`. Whatever happens, `_end` is called once: by the way that it goes, or by `abandon`."""

    def __init__(
        self, gateway: "Gateway", call: Call, operation: Operation, ask: Ask, plan: Plan, steps: Steps
    ) -> None:
        self._gateway = gateway
        self._call = call
        self._operation = operation
        self._ask = ask
        # As it is sent to the target: some take it only as the client wrote it.
        self._worded = ask
        self._refusal: bytes | None = None
        self._plan = plan
        self._steps = steps
        self._answer: Answer | None = None
        self._closing: asyncio.Task[None] | None = None
        self.usage: Usage | None = None
        self._status: int | None = None
        self._attempts = 0
        self._has_ended = False
        self._is_drained = False
        self._sent_at = time.perf_counter()

    @property
    def secret(self) -> str | None:
        """Of the upstream that was asked: it must not be in what the client is shown."""
        return self._call.target.upstream.secret

    @property
    def target(self) -> Target:
        """The one that was asked last."""
        return self._call.target

    @property
    def token_level(self) -> Level | None:
        """How many tokens are left to the key; None where they are not limited."""
        return None if self._call.reserved is None else self._call.reserved.level

    @property
    def _rules(self) -> Rules:
        return self._gateway.rules

    async def send(self, sent: Iterable[tuple[str, str]]) -> Answer:
        """The answer of the first target that gives one, be it a refusal, which `refusal` reads.

        Each target is a call of its own in the books: one that may have cost something is metered before the next is
        held for. Raises what the last of them failed with, and what stands against the next one.
        """
        sent = list(sent)
        for position, target in enumerate(self._plan.targets):
            is_last = position == len(self._plan.targets) - 1
            if position:
                await self._go_on(target)
            try:
                answer = await self._ask_one(target, sent)
            except (UpstreamUnreachable, UpstreamSilent):
                if is_last:
                    raise
                continue
            if is_last or answer.status not in _WORTH_ANOTHER:
                return answer
            answer.close()
            self._end(Outcome.REFUSED, None)
        raise AssertionError("a plan has a target")

    async def _go_on(self, target: Target) -> None:
        """Ends with one target and begins with the next."""
        telemetry.GATEWAY_FALLBACKS.labels(self._call.operation).inc()
        assert self._closing is not None
        await asyncio.shield(self._closing)
        self._call = await self._gateway.begin_again(
            self._call, target, ask=self._ask, plan=self._plan, steps=self._steps
        )
        self._steps.mark("held", self._call.target.name)
        self._has_ended = False
        self._answer = self._status = None
        self._attempts = 0

    async def _ask_one(self, target: Target, sent: Iterable[tuple[str, str]]) -> Answer:
        plain = self._ask.plain
        is_plain = self._gateway.outlets.takes_plain_alone(self._call.org_id, target)
        self._worded = plain if plain is not None and is_plain else self._ask
        self._refusal = None
        outgoing = await threads.off_loop(len(self._ask.body), partial(self._outgoing, target, sent))
        self._sent_at = time.perf_counter()
        self._steps.mark("sent", self._call.target.name)
        try:
            self._answer = await self._attempt(target, outgoing)
            if self._worded.plain is not None and self._answer.status in _UNKNOWN_FIELD:
                self._answer = await self._ask_plainly(self._answer, self._worded.plain, target, sent)
        except UpstreamUnreachable:
            self._steps.mark("unanswered", self._call.target.name)
            self._end(Outcome.NOT_SENT, None)
            raise
        except BaseException:
            self._steps.mark("unanswered", self._call.target.name)
            self._end(Outcome.NO_ANSWER, self._estimate())
            raise
        self._status = self._answer.status
        self._steps.mark("first_byte", self._call.target.name)
        return self._answer

    async def _ask_plainly(
        self, refused: Answer, plain: Ask, target: Target, sent: Iterable[tuple[str, str]]
    ) -> Answer:
        """Once more, and as the client wrote it, where `refused` is about what was added. Mistral's API does that, and
        tells the usage of a stream without being asked.
        """
        self._refusal = await _refusal_of(refused)
        if _ADDED not in self._refusal:
            return refused
        self._worded, self._refusal = plain, None
        outgoing = await threads.off_loop(len(plain.body), partial(self._outgoing, target, sent))
        answer = await self._attempt(target, outgoing)
        if answer.status < _REFUSED:
            # Only now is it certain that it was this, and nothing that the client said.
            self._gateway.outlets.took_plain_alone(self._call.org_id, target)
        return answer

    async def refusal(self) -> bytes:
        """What an upstream said that refused; such a call costs nothing."""
        assert self._answer is not None
        self._end(Outcome.REFUSED, None)
        return await _refusal_of(self._answer) if self._refusal is None else self._refusal

    async def read(self) -> bytes:
        """The whole answer. Raises `UpstreamTruncated`."""
        assert self._answer is not None
        try:
            body = await self._answer.read(MAX_ANSWER_BYTES)
        except BaseException:
            self._end(Outcome.TRUNCATED, self._estimate())
            raise
        self._steps.mark("answered", self._call.target.name)
        found = _parsed(body)
        self._end(Outcome.OK, self._usage_of(body, found))
        if not _is_answer(found):
            self.usage = None
        return body

    async def pump(self, write: Callable[[bytes], Awaitable[None]]) -> None:
        """Passes the stream on, as fast as `write` takes it.

        Raises `UpstreamTruncated` where it breaks off or has no end; `ClientLeft` once `write` has raised a
        `ConnectionError` and the call has ended by the policy for that.
        """
        assert self._answer is not None
        watch = self._operation.watch(self._worded)
        try:
            is_left = await self._pump(self._answer, watch, write)
            self._steps.mark("answered", self._call.target.name)
        except (UpstreamTruncated, EventTooLarge) as error:
            self._end(Outcome.TRUNCATED, watch.usage())
            raise UpstreamTruncated from error
        except asyncio.CancelledError:
            # So a server may say that the client has gone.
            self._leave(self._answer, watch)
            raise
        except BaseException:
            self._answer.close()
            self._end(Outcome.CLIENT_LEFT, watch.usage())
            raise
        usage = watch.usage()
        if is_left:
            self._end(Outcome.CLIENT_LEFT, usage)
            raise ClientLeft
        if not watch.has_ended and not watch.has_failed:
            self._end(Outcome.TRUNCATED, usage)
            raise UpstreamTruncated
        self._end(Outcome.TRUNCATED if watch.has_failed else Outcome.OK, usage)

    def abandon(self) -> None:
        """Where nobody is going to read the answer: nothing happens if the call has ended."""
        if self._has_ended or self._is_drained:
            return
        if not self._attempts:
            self._end(Outcome.NOT_SENT, None)
            return
        if self._answer is not None:
            self._answer.close()
        self._end(Outcome.CLIENT_LEFT, self._estimate())

    @property
    def _drains(self) -> bool:
        """Whether the answer is read to its end when its client has left."""
        policy = self._plan.policy
        own = None if policy is None else policy.when_client_leaves
        return (own or self._rules.when_client_leaves) is WhenClientLeaves.DRAIN

    def _leave(self, answer: Answer, watch: Watch) -> None:
        if self._drains:
            self._is_drained = True
            self._gateway.spawn(self._drain(answer, watch))
            return
        answer.close()
        self._end(Outcome.CLIENT_LEFT, watch.usage())

    async def _drain(self, answer: Answer, watch: Watch) -> None:
        try:
            await self._read_on(answer, watch)
        finally:
            self._end(Outcome.CLIENT_LEFT, watch.usage())

    async def _pump(self, answer: Answer, watch: Watch, write: Callable[[bytes], Awaitable[None]]) -> bool:
        """Whether the client left meanwhile."""
        while chunk := await answer.chunk():
            passed = watch.feed(chunk)
            if passed and not await _written(write, passed):
                if self._drains:
                    await self._read_on(answer, watch)
                else:
                    answer.close()
                return True
        rest = watch.flush()
        return bool(rest and not await _written(write, rest))

    async def _read_on(self, answer: Answer, watch: Watch) -> None:
        """To its end, within bounds; what of it goes on after those is cancelled."""
        deadline = time.monotonic() + self._rules.drain_seconds
        left = self._rules.drain_bytes
        with contextlib.suppress(UpstreamTruncated, EventTooLarge):
            while left > 0 and (chunk := await _before(deadline, answer.chunk())):
                watch.feed(chunk)
                left -= len(chunk)
            watch.flush()
        answer.close()

    async def _attempt(self, target: Target, outgoing: Outgoing) -> Answer:
        """Repeats what cannot have cost anything, before the first byte and within bounds."""
        while True:
            self._attempts += 1
            is_last = self._attempts > self._rules.retries
            try:
                answer = await self._gateway.outlets.send(
                    self._call.org_id, target, outgoing, self._rules.patience
                )
            except UpstreamResting:
                raise
            except UpstreamUnreachable:
                if is_last:
                    raise
                await asyncio.sleep(_wait(None, self._attempts))
                continue
            wait = self._wait_before_repeating(answer)
            if wait is None or is_last or self._gateway.outlets.is_resting(self._call.org_id, target):
                return answer
            answer.close()
            await asyncio.sleep(wait)

    def _wait_before_repeating(self, answer: Answer) -> float | None:
        """None where it should not be repeated."""
        if answer.status not in _WORTH_REPEATING or answer.headers.get("x-should-retry") == "false":
            return None
        wait = _wait(self._told_to_wait(answer), self._attempts)
        return wait if wait <= self._rules.longest_retry_wait else None

    def _told_to_wait(self, answer: Answer) -> float | None:
        """Seconds; OpenAI says milliseconds, too, which are the more exact."""
        exact = answer.headers.get("retry-after-ms", "")
        if exact.isascii() and exact.isdigit() and len(exact) < _MOST_DIGITS:
            return int(exact) / 1000
        return parse_retry_after(answer.headers.get("Retry-After", ""), now=self._gateway.clock())

    def _outgoing(self, target: Target, sent: Iterable[tuple[str, str]]) -> Outgoing:
        upstream = target.upstream
        return Outgoing(
            "POST",
            upstream.base_url + self._operation.path(self._ask, target.model),
            headers.outgoing(sent, upstream),
            self._operation.outgoing(self._worded, target.model),
            is_typed=upstream.is_own,
        )

    def _usage_of(self, body: bytes, found: Any) -> Usage:
        """`found` is what stands in `body`; None where that is no JSON."""
        if found is None:
            return self._usage_of_stream(body)
        if isinstance(found, dict):
            told = self._operation.usage(found)
            # No answer takes nothing: such counts are in words that are not known here.
            if told is not None and told.total_tokens:
                return reading.bounded(told)
            if found.get("status") in _NOT_DONE_YET:
                return self._estimate()
        output = texts.output_tokens([found]) if self._ask.output_tokens else 0
        return Usage(self._ask.input_tokens, output, source=UsageSource.ESTIMATED)

    def _usage_of_stream(self, body: bytes) -> Usage:
        """Where nobody asked for one, as far as we understood: some servers take `1` or "true" for true."""
        if not self._ask.output_tokens:
            return Usage(self._ask.input_tokens, source=UsageSource.ESTIMATED)
        watch = self._operation.watch(self._worded)
        try:
            watch.feed(body)
        except EventTooLarge:
            return self._estimate()
        watch.flush()
        usage = watch.usage()
        # The beginning of a document, of which without a length nobody could know that it broke off.
        is_cut = not usage.output_tokens and body.lstrip().startswith((b"{", b"["))
        return self._estimate() if is_cut else usage

    def _estimate(self) -> Usage:
        """Where no answer tells anything: what was held for it, as for a call whose process is gone."""
        return Usage(self._call.input_tokens, self._call.output_tokens, source=UsageSource.ESTIMATED)

    def _end(self, outcome: Outcome, usage: Usage | None) -> None:
        if self._has_ended:
            return
        self._has_ended = True
        # What an answer took that is whole: nothing else is to be kept.
        self.usage = usage if outcome is Outcome.OK else None
        latency = int((time.perf_counter() - self._sent_at) * 1000)
        self._closing = self._gateway.finish(
            self._call,
            Metered(outcome, usage, self._status, self._attempts, None if usage is None else latency),
            plan=self._plan,
            steps=self._steps,
        )


def _parsed(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _is_answer(found: Any) -> bool:
    """Whether it is what was asked for: some upstreams fail with 200, and some say that they have only begun."""
    return isinstance(found, dict) and not found.get("error") and found.get("status") not in _NO_ANSWER_YET


async def _refusal_of(answer: Answer) -> bytes:
    try:
        return await answer.read(_MAX_REFUSAL_BYTES)
    except UpstreamTruncated:
        return b""


async def _before(deadline: float, chunk: Awaitable[bytes]) -> bytes:
    """Nothing, where it takes until then."""
    try:
        async with asyncio.timeout(deadline - time.monotonic()):
            return await chunk
    except TimeoutError:
        return b""


async def _written(write: Callable[[bytes], Awaitable[None]], data: bytes) -> bool:
    try:
        await write(data)
    except ConnectionError:
        return False
    return True


def _wait(told: float | None, attempt: int) -> float:
    return told if told is not None else _FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1.0)
