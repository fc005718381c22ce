"""Sends registered calls as somebody, over HTTP or over a WebSocket, and reads what became of them."""

import asyncio
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import aiohttp
import orjson

from app.accounts.keys import AccountKeys
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.ids import SessionId, UserId
from app.core.pagination import encode_cursor
from tests.tenancy import rows, surface
from tests.tenancy.graphql_calls import FIELDS, INNER
from tests.tenancy.rest_calls import OPERATIONS
from tests.tenancy.restoring import Copy
from tests.tenancy.values import Call, Cursor, Id, Made, Needs, Ours, Placeholder, Unique, filled
from tests.tenancy.world import Asker, World, encode

PATIENCE_SECONDS = 14
_numbers = itertools.count()
# Differ in every answer, or say nothing about it.
_UNTOLD_HEADERS = {"date", "x-request-id", "content-length"}


@dataclass(frozen=True)
class Answer:
    """`outcome` is `ok` or the code of the refusal; `text` is all that was answered, but for the request's id."""

    outcome: str
    text: str
    sent: frozenset[str] = frozenset()

    def without_echo(self) -> str:
        """As it would be whichever id had been sent."""
        text = self.text
        for one in sorted(self.sent, key=len, reverse=True):
            text = text.replace(one, "<id>")
        return text


@dataclass(frozen=True)
class Registered:
    """One call of one operation."""

    name: str
    call: Call
    position: int = 0

    def __str__(self) -> str:
        return f"{self.name}[{self.position}]" if self.position else self.name

    @property
    def is_graphql(self) -> bool:
        return self.name in surface.roots()

    @property
    def is_change(self) -> bool:
        return self.name.startswith("Mutation.") or not self.name.startswith(
            ("GET ", "Query.", "Subscription.")
        )

    @property
    def needs(self) -> Needs:
        if not self.is_graphql:
            keys_only = surface.is_of_gateway(self.name)
            return Needs(surface.permission_of(self.name), keys_only=keys_only)
        assert self.call.needs is not None, f"Say in graphql_calls.py what {self.name} needs."
        return self.call.needs


def registered() -> list[Registered]:
    """Every call of everything that there still is; what is missing or gone, `test_registry` says."""
    known = {**FIELDS, **OPERATIONS}
    there = surface.roots().keys() | surface.described().keys()
    return [
        Registered(name, call, position)
        for name, calls in known.items()
        if name in there
        for position, call in enumerate(calls)
    ]


Choose = Callable[[str, Id | Cursor], UUID | str]


@dataclass
class Walker:
    """Everything asked through it is looked at for what belongs to the other tenant."""

    session: aiohttp.ClientSession
    world: World
    copy: Copy
    is_changed: bool = False

    async def ask(
        self,
        one: Registered,
        asker: Asker,
        choose: Choose,
        *,
        whole: bool = False,
        made: Mapping[str, Any] | None = None,
    ) -> Answer:
        """`choose` gives the row, or the text, for the id at a path. With `whole`, everything below is asked for.

        `made` are the values that had to be made first, by their path. What an earlier call has changed is put back.
        """
        await self.restore()
        sent: set[str] = set()

        def fill(path: str, value: Placeholder) -> Any:
            if isinstance(value, Ours):
                return value.value
            if isinstance(value, Made):
                return (made or {}).get(path, value.otherwise)
            if isinstance(value, Unique):
                return value.text.format(next(_numbers))
            chosen = choose(path, value)
            if isinstance(chosen, UUID):
                chosen = encode(value.kind, chosen) if isinstance(value, Id) else encode_cursor(chosen)
            sent.add(chosen)
            return chosen

        return await self.send(one, asker, filled(one.call.arguments, fill), frozenset(sent), whole=whole)

    async def restore(self) -> None:
        if self.is_changed:
            await self.copy.restore()
            self.is_changed = False

    async def ask_as_one_who_may(self, one: Registered, asker: Asker, *, whole: bool = False) -> Answer:
        """In a session of its own, which the call may end, and with all that the call has to have."""
        await self.restore()
        self.is_changed = True
        made: dict[str, Any] = {}
        for path, value in placeholders(one.call):
            if isinstance(value, Made):
                made[path] = await value.make(self.world, asker)
        if asker.person is not None and one.is_change:
            session = await rows.another_session(asker.person)
            headers = bearer_of(self.world.settings, asker.person, session)
            asker = replace(asker, headers=headers)
        self.is_changed = False
        try:
            return await self.ask(one, asker, own(self.world, asker), whole=whole, made=made)
        finally:
            self.is_changed = self.is_changed or bool(made) or one.is_change

    async def send(
        self,
        one: Registered,
        asker: Asker,
        arguments: Mapping[str, Any],
        sent: frozenset[str] = frozenset(),
        *,
        whole: bool = False,
    ) -> Answer:
        if not one.is_graphql:
            answer = await self._ask_rest(one, asker, arguments)
        elif one.name.startswith("Subscription."):
            answer = await self._subscribe(one, asker, arguments, whole)
        else:
            answer = await self._ask_graphql(one, asker, arguments, whole)
        self.is_changed = self.is_changed or (one.is_change and answer.outcome == "ok")
        answer = Answer(answer.outcome, answer.text, sent)
        found = self.world.marks.found_in(answer.text, sent=answer.sent)
        assert not found, f"{one} told {asker} of the rival's {found}: {answer.text}"
        return answer

    def _document(self, one: Registered, whole: bool) -> str:
        root = surface.roots()[one.name]
        if not whole:
            return surface.document_of(one.name, surface.outcome_selection(root))
        inner = {
            name: filled(values, lambda _, value: encode(value.kind, self.world.own[value.kind]))  # type: ignore[union-attr]
            for name, values in INNER.items()
        }
        return surface.document_of(one.name, surface.whole_selection(root, inner))

    async def _ask_graphql(
        self, one: Registered, asker: Asker, arguments: Mapping[str, Any], whole: bool
    ) -> Answer:
        # Written as text by the standard library: it can hold what no UTF-8 can, lone surrogates.
        body = json.dumps({"query": self._document(one, whole), "variables": arguments})
        headers = {**asker.headers, "Content-Type": "application/json"}
        async with self.session.post("/graphql", data=body, headers=headers) as answer:
            return _read_graphql(await answer.text(), _head(answer))

    async def _ask_rest(self, one: Registered, asker: Asker, arguments: Mapping[str, Any]) -> Answer:
        method, path = one.name.split(" ")
        for name, value in arguments.get("path", {}).items():
            path = path.replace(f"{{{name}}}", value)
        options: dict[str, Any] = {"params": arguments.get("query"), "headers": {**asker.headers}}
        options["headers"].update(arguments.get("header", {}))
        if "body" in arguments:
            options["data"] = json.dumps(arguments["body"])
            options["headers"]["Content-Type"] = "application/json"
        async with self.session.request(method, path, **options) as answer:
            text, head = await read(answer), _head(answer)
            if answer.status < 400:
                return Answer("ok", head + text)
            problem = json.loads(text)
            if "error" in problem:
                code, request_id = _read_provider_s(problem)
                return Answer(code, head + text.replace(request_id, ""))
            assert problem.pop("request_id")
            return Answer(problem["code"], head + json.dumps(problem))

    async def _subscribe(
        self, one: Registered, asker: Asker, arguments: Mapping[str, Any], whole: bool
    ) -> Answer:
        """The first message that comes, on a socket of its own."""
        async with self.session.ws_connect("/graphql", protocols=["graphql-transport-ws"]) as socket:
            await socket.send_json({"type": "connection_init", "payload": dict(asker.headers)})
            payload = {"query": self._document(one, whole), "variables": arguments}
            assert (await socket.receive_json(timeout=PATIENCE_SECONDS))["type"] == "connection_ack"
            await socket.send_json({"id": "1", "type": "subscribe", "payload": payload})
            async with asyncio.timeout(PATIENCE_SECONDS):
                received = await socket.receive()
            if received.type is not aiohttp.WSMsgType.TEXT:
                return Answer(f"closed_{received.data}", f"closed {received.data} {received.extra}")
            message = json.loads(received.data)
            payload = message["payload"]
            body = {"errors": payload} if message["type"] == "error" else payload
            return _read_graphql(orjson.dumps(body).decode(), message["type"])


def _head(answer: aiohttp.ClientResponse) -> str:
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in _UNTOLD_HEADERS}
    return f"{answer.status} {sorted(headers.items())} "


def code_of(problem: Mapping[str, Any]) -> str:
    """Of an answer over REST, in our shape or a provider's."""
    return _read_provider_s(problem)[0] if "error" in problem else str(problem["code"])


def _read_provider_s(problem: Mapping[str, Any]) -> tuple[str, str]:
    """Our code and the request's id, wherever a provider's shape has them."""
    facts = problem["error"]
    if "details" in facts:
        facts = facts["details"][0]["metadata"]
    return str(facts["code"]), str(facts["request_id"])


def _read_graphql(text: str, head: str) -> Answer:
    body: dict[str, Any] = json.loads(text)
    errors = body.get("errors", [])
    for error in errors:
        error["extensions"].pop("requestId", None)
    return Answer(_outcome(body, errors), head + json.dumps(body))


def _outcome(body: Mapping[str, Any], errors: list[dict[str, Any]]) -> str:
    value: Any = next(iter((body.get("data") or {}).values()), None)
    if errors and value is None:
        code: str = errors[0]["extensions"]["code"]
        return code
    is_problem = isinstance(value, dict) and "code" in value and "message" in value
    return str(value["code"]) if is_problem else "ok"


# Which row an id stands for.


def own(world: World, asker: Asker) -> Choose:
    rows = world.own_of(asker)
    return lambda _path, value: rows[value.kind]


def siblings(world: World, asker: Asker, apart: Mapping[str, UUID]) -> Choose:
    """Those of another workspace or person of acme, of the kinds of which there are some in `apart`."""
    rows = {**world.own_of(asker), **apart}
    return lambda _path, value: rows[value.kind]


def theirs(world: World, asker: Asker, paths: frozenset[str]) -> Choose:
    """The rival's at `paths`."""
    rows = world.own_of(asker)
    return lambda path, value: (world.theirs if path in paths else rows)[value.kind]


def missing(
    world: World, asker: Asker, paths: frozenset[str], *, beside: Mapping[str, UUID] | None = None
) -> Choose:
    """Nobody's at `paths`: next to the rival's in every order, so that a place in a list is the same."""
    rows = world.own_of(asker)
    found = world.theirs if beside is None else beside

    def choose(path: str, value: Id | Cursor) -> UUID:
        is_wanted = path in paths and value.kind in found
        return UUID(int=found[value.kind].int ^ 1) if is_wanted else rows[value.kind]

    return choose


def written(world: World, asker: Asker, path: str, text: str) -> Choose:
    """That text at `path`."""
    rows = world.own_of(asker)
    return lambda where, value: text if where == path else rows[value.kind]


async def read(answer: aiohttp.ClientResponse) -> str:
    """All of it; of events, which may not end by themselves, the first."""
    if answer.content_type != "text/event-stream":
        return await answer.text()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (line := await answer.content.readline()).startswith(b"data:"):
            assert line, "it ended without an event"
    return line.decode()


def placeholders(call: Call) -> list[tuple[str, Placeholder]]:
    found: list[tuple[str, Placeholder]] = []
    filled(call.arguments, lambda path, value: found.append((path, value)))
    return found


def bearer_of(settings: Settings, user: UserId, session: UUID) -> dict[str, str]:
    signer = AccountKeys.derive(settings.secret_key).signer
    return {"Authorization": f"Bearer {signer.issue(user, SessionId(session), now=utcnow()).token}"}


def ids_of(call: Call) -> Mapping[str, str]:
    """The kind of each id that the call gives, by its path."""
    return {path: value.kind for path, value in placeholders(call) if isinstance(value, Id | Cursor)}
