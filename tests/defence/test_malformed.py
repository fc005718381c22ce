"""Whatever comes, wherever it comes: an answer in words, never a fault of ours.

Every place is known from the schema, the OpenAPI document and the calls of `tests/tenancy`.
"""

import asyncio
import contextlib
import io
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from yarl import URL

from tests.defence import hostile
from tests.tenancy import asking, surface
from tests.tenancy.asking import Answer, Registered, Walker
from tests.tenancy.values import Cursor, Id, Made, Ours, Unique, filled, leaves
from tests.tenancy.world import World, encode

CALLS = asking.registered()
WITH_ARGUMENTS = [one for one in CALLS if one.is_graphql and one.call.arguments]
WITH_BODIES = [name for name, operation in surface.described().items() if "requestBody" in operation]
REST = [one for one in CALLS if not one.is_graphql]


def plain(world: World, one: Registered) -> Mapping[str, Any]:
    """The arguments of a call that is as it should be, or nearly so."""
    rows = world.own_of(world.asker("OWNER"))

    def fill(_path: str, value: Any) -> Any:
        match value:
            case Id(kind):
                return encode(kind, rows[kind])
            case Cursor():
                return "AAAAAAAAAAAAAAAAAAAAAA"
            case Ours(text):
                return text
            case Unique(text):
                return text
            case Made():
                return value.otherwise

    result: Mapping[str, Any] = filled(one.call.arguments, fill)
    return result


def replaced(value: Any, path: str, by: Any) -> Any:
    """A copy with `by` at the dotted path."""
    head, _, rest = path.partition(".")
    if isinstance(value, list):
        return [replaced(item, path, by) for item in value]
    return {**value, head: replaced(value.get(head, {}), rest, by) if rest else by}


def assert_in_words(answer: Answer, what: object) -> None:
    assert answer.outcome not in ("internal_error", "closed_1011"), what
    assert not answer.text.startswith("5"), what


# Who follows what may still come is told nothing of it until then.
MAY_STAY_SILENT = {"Subscription.gatewayTrace"}


class TestGraphQL:
    @pytest.mark.parametrize("one", WITH_ARGUMENTS, ids=str)
    async def test_argument_is_refused_in_words(self, walker: Walker, world: World, one: Registered) -> None:
        arguments = plain(world, one)
        values = hostile.FEW if one.needs.is_public or one.name in MAY_STAY_SILENT else hostile.VALUES
        # What stands within JSON is a place, and the whole of it as well.
        places = {*dict(leaves(arguments)), *surface.argument_leaves(surface.roots()[one.name])}
        for path in sorted(places):
            for value in values:
                await walker.restore()
                patience = asyncio.timeout(0.3 if one.name in MAY_STAY_SILENT else None)
                try:
                    async with patience:
                        answer = await walker.send(
                            one, world.asker("OWNER"), replaced(arguments, path, value)
                        )
                except TimeoutError:
                    assert patience.expired()
                    continue
                assert_in_words(answer, (one, path, str(value)[:80], answer.text[:500]))

    @pytest.mark.parametrize("name", hostile.BODIES)
    async def test_body_is_refused_in_words(self, walker: Walker, world: World, name: str) -> None:
        headers = {**world.asker("OWNER").headers, "Content-Type": "application/json"}
        body = hostile.BODIES[name]
        variables = b'{"query": "query($a: ID!) { node(id: $a) { id } }", "variables": ' + body + b"}"
        for data in (body, variables):
            async with walker.session.post("/graphql", data=io.BytesIO(data), headers=headers) as answer:
                assert answer.status < 500, (name, await answer.text())
                assert "internal_error" not in await answer.text()

    @pytest.mark.parametrize("name", hostile.BODIES)
    async def test_message_on_a_socket_closes_it_or_is_refused_in_words(
        self, walker: Walker, world: World, name: str
    ) -> None:
        body = hostile.BODIES[name].decode(errors="replace")
        for text in (body, hostile.SUBSCRIBE % body):
            async with walker.session.ws_connect("/graphql", protocols=["graphql-transport-ws"]) as socket:
                await socket.send_json(
                    {"type": "connection_init", "payload": dict(world.asker("OWNER").headers)}
                )
                assert (await socket.receive_json(timeout=14))["type"] == "connection_ack"
                with contextlib.suppress(ConnectionError):  # closed by the server while it is being sent
                    await socket.send_str(text)
                async with asyncio.timeout(14):
                    message = await socket.receive()
                if message.type is aiohttp.WSMsgType.TEXT:
                    assert "internal_error" not in message.data
                else:
                    assert message.data != aiohttp.WSCloseCode.INTERNAL_ERROR, (name, message)


class TestRest:
    @pytest.mark.parametrize("one", REST, ids=str)
    async def test_parameter_is_refused_in_words(self, walker: Walker, world: World, one: Registered) -> None:
        arguments = plain(world, one)
        for path in dict(leaves(arguments)):
            if not path.startswith("body."):
                values = hostile.HEADERS if path.startswith("header.") else hostile.TEXTS
                for value in values:
                    await walker.restore()
                    answer = await ask(walker, world, one, replaced(arguments, path, value))
                    assert_in_words(answer, (one, path, value[:80], answer.text[:500]))

    @pytest.mark.parametrize("one", [one for one in REST if "body" in one.call.arguments], ids=str)
    async def test_field_is_refused_in_words(self, walker: Walker, world: World, one: Registered) -> None:
        arguments = plain(world, one)
        for path in dict(leaves(arguments)):
            if path.startswith("body."):
                for value in hostile.VALUES:
                    await walker.restore()
                    answer = await ask(walker, world, one, replaced(arguments, path, value))
                    assert_in_words(answer, (one, path, str(value)[:80], answer.text[:500]))

    @pytest.mark.parametrize("body", hostile.BODIES)
    @pytest.mark.parametrize("name", WITH_BODIES)
    async def test_body_is_refused_in_words(self, walker: Walker, world: World, name: str, body: str) -> None:
        method, path = name.split(" ")
        headers = {**world.asker("OWNER").headers, "Content-Type": "application/json"}
        walker.is_changed = True
        async with walker.session.request(
            method, path, data=io.BytesIO(hostile.BODIES[body]), headers=headers
        ) as answer:
            text = await answer.text()
            assert answer.status < 500, text


async def ask(walker: Walker, world: World, one: Registered, arguments: Mapping[str, Any]) -> Answer:
    """Past the client's own care for addresses: what is in them is written as percents."""
    method, path = one.name.split(" ")
    for name, value in arguments.get("path", {}).items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe="", errors="surrogatepass"))
    query = "&".join(
        f"{name}={quote(str(value), safe='', errors='surrogatepass')}"
        for name, value in arguments.get("query", {}).items()
    )
    url = URL(f"{path}?{query}" if query else path, encoded=True)
    asker = world.asker("key with every scope" if one.needs.keys_only else "OWNER")
    headers = {**asker.headers, **arguments.get("header", {})}
    data = json.dumps(arguments["body"]) if "body" in arguments else None
    if data is not None:
        headers["Content-Type"] = "application/json"
    async with walker.session.request(method, url, data=data, headers=headers) as answer:
        text = await asking.read(answer)
        walker.is_changed = walker.is_changed or (one.is_change and answer.status < 400)
        outcome = "ok" if answer.status < 400 else asking.code_of(json.loads(text))
        return Answer(outcome, f"{answer.status} {text}")
