"""Clients who follow jobs live, and come back with the last `seq` that they have whenever they are cut off."""

import asyncio
import contextlib
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
import orjson

from tests.e2e.stack import Stack
from tests.factories.orgs import Tenant

_JOB = """
subscription ($id: ID!, $after: Int) {
  update: jobUpdated(id: $id, after: $after) { seq resynced job { id seq status } }
}
"""
_JOBS = """
subscription ($orgId: ID!, $after: BigInt) {
  update: jobsUpdated(orgId: $orgId, after: $after) { seq resynced snapshot jobs { id seq status } }
}
"""
_ENDED = ("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED")
_PAUSE_SECONDS = 0.1
_LOST = (aiohttp.ClientError, ConnectionError, TimeoutError)


class Follower:
    """`seen`: of each job its states by `seq`. `at` is the web process it is connected with, if it is."""

    def __init__(self, stack: Stack, tenant: Tenant, *, first: str) -> None:
        self._stack = stack
        self._tenant = tenant
        self._webs = itertools.cycle(("web", "web2") if first == "web" else ("web2", "web"))
        self.seen: defaultdict[str, dict[int, str]] = defaultdict(dict)
        self.at: str | None = None
        self.connections = 0
        self.gaps = 0
        self.after: int | None = None
        self._task = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        async with aiohttp.ClientSession(headers=self._tenant.headers) as session:
            while True:
                web = next(self._webs)
                with contextlib.suppress(*_LOST):
                    async for update in self._updates(session, web):
                        if self.at != web:
                            self.at, self.connections = web, self.connections + 1
                        if self._keep(update):
                            self.at = None
                            return
                self.at = None
                await asyncio.sleep(_PAUSE_SECONDS)

    def _updates(self, session: aiohttp.ClientSession, web: str) -> AsyncIterator[Mapping[str, Any]]:
        raise NotImplementedError

    def _keep(self, update: Mapping[str, Any]) -> bool:
        """Whether it was the last."""
        self.after = int(update["seq"])
        self.gaps += update["resynced"]
        job = update["job"]
        self.seen[job["id"]][self.after] = job["status"]
        return job["status"] in _ENDED

    @property
    def is_done(self) -> bool:
        if self._task.done():
            self._task.result()
            return True
        return False

    async def stop(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task


class JobFollower(Follower):
    """Of one job, from its first state, by WebSocket."""

    def __init__(self, stack: Stack, tenant: Tenant, job_id: str, *, first: str) -> None:
        super().__init__(stack, tenant, first=first)
        self.job_id = job_id
        self.after = 0

    async def _updates(self, session: aiohttp.ClientSession, web: str) -> AsyncIterator[Mapping[str, Any]]:
        variables = {"id": self.job_id, "after": self.after}
        async for update in _subscribed(session, self._stack.url_of(web), _JOB, variables):
            yield update


class EventSource(JobFollower):
    """Of one job, from its first state, by server-sent events."""

    async def _updates(self, session: aiohttp.ClientSession, web: str) -> AsyncIterator[Mapping[str, Any]]:
        url = f"{self._stack.url_of(web)}/v1/jobs/{self.job_id}/events"
        async with session.get(url, headers={"Last-Event-ID": str(self.after)}) as answer:
            if answer.status != 200:
                raise aiohttp.ClientError(str(answer.status))
            name = ""
            async for line in answer.content:
                field, _, value = line.decode().rstrip("\n").partition(": ")
                if field == "event":
                    name = value
                elif field == "data" and name == "update":
                    yield orjson.loads(value)


class OrgFollower(Follower):
    """Of all jobs of the org, by WebSocket. The snapshot that it begins with is no state that it saw."""

    async def _updates(self, session: aiohttp.ClientSession, web: str) -> AsyncIterator[Mapping[str, Any]]:
        after = None if self.after is None else str(self.after)
        variables = {"orgId": self._tenant.org, "after": after}
        async for update in _subscribed(session, self._stack.url_of(web), _JOBS, variables):
            yield update

    def _keep(self, update: Mapping[str, Any]) -> bool:
        self.after = int(update["seq"])
        self.gaps += update["resynced"]
        if not update["snapshot"]:
            for job in update["jobs"]:
                self.seen[job["id"]][int(job["seq"])] = job["status"]
        return False


async def _subscribed(
    session: aiohttp.ClientSession, url: str, query: str, variables: Mapping[str, Any]
) -> AsyncIterator[Mapping[str, Any]]:
    """Ends, or raises one of `_LOST`, where the server ends it for whatever reason."""
    async with session.ws_connect(f"{url}/graphql", protocols=["graphql-transport-ws"]) as socket:
        await socket.send_json({"type": "connection_init", "payload": dict(session.headers)})
        async for message in socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                return
            said = orjson.loads(message.data)
            match said["type"]:
                case "connection_ack":
                    payload = {"query": query, "variables": variables}
                    await socket.send_json({"id": "1", "type": "subscribe", "payload": payload})
                case "ping":
                    await socket.send_json({"type": "pong"})
                case "next" if not said["payload"].get("errors"):
                    yield said["payload"]["data"]["update"]
                case _:
                    return
