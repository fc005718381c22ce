"""`/v1/jobs`."""

import asyncio
import io
from datetime import datetime
from typing import Any

import aiohttp
import orjson
import pytest
import redis as redis_py
from aiohttp.test_utils import TestServer

from app.core import ids
from app.core.config import Settings
from app.core.principal import Permission
from app.infra import db
from app.jobs import execution
from tests.factories import apikeys, jobs
from tests.factories.orgs import NOW, Tenant
from tests.rest.problems import fields, problem
from tests.waiting import eventually

LONG = {"text": "Long article text here...", "tone": "brief"}


async def token(acme: Tenant, settings: Settings, *scopes: Permission, test: bool = False) -> dict[str, str]:
    """The header of another key of the org."""
    workspace = acme.test if test else acme.live
    new = await apikeys.made(
        settings, acme.owner, acme.org_id, scopes=scopes or Permission, workspace=workspace, now=NOW
    )
    return new.headers


async def raw_post(server: TestServer, acme: Tenant, header: bytes) -> tuple[int, dict[str, Any]]:
    """The status and the body of the answer to a job with this header line."""
    assert server.port is not None
    data = orjson.dumps(LONG)
    lines = [
        b"POST /v1/jobs/summarize HTTP/1.1",
        b"Host: localhost",
        b"Authorization: Bearer " + acme.token.encode(),
        b"Content-Length: %d" % len(data),
        b"Connection: close",
        header,
    ]
    reader, writer = await asyncio.open_connection(server.host, server.port)
    try:
        writer.write(b"\r\n".join([*lines, b"", data]))
        async with asyncio.timeout(14):
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
        await writer.wait_closed()
    found: dict[str, Any] = orjson.loads(body)
    return int(head.split(b" ", 2)[1]), found


class TestCreate:
    async def test_works_as_documented(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        """The example of the API's description, as a server sends it."""
        answer = await client.post(
            "/v1/jobs/summarize",
            data='{"text": "Long article text here...", "tone": "brief"}',
            headers={
                **acme.headers,
                "Idempotency-Key": "2f7b8f2e-9c1d-4e8f-b3a7-1d2e3f4a5b6c",
                "Content-Type": "application/json",
            },
        )
        body = await answer.json()

        assert answer.status == 202
        assert (body["status"], body["kind"]) == ("QUEUED", "summarize")
        assert body["id"].startswith("job_")
        assert body["estimated_tokens"] > 0
        assert answer.headers["Location"] == f"/v1/jobs/{body['id']}"
        assert "Idempotent-Replay" not in answer.headers
        stored = await jobs.read(_id(body))
        assert stored.input == LONG

    async def test_needs_no_content_type(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        answer = await client.post("/v1/jobs/summarize", data=orjson.dumps(LONG), headers=acme.headers)
        assert answer.status == 202

    @pytest.mark.parametrize(
        ("kind", "data"),
        [
            ("embeddings", {"input": ["one", "two"]}),
            ("completion", {"messages": [{"role": "user", "content": "Hi"}]}),
        ],
    )
    async def test_takes_every_kind(
        self, client: aiohttp.ClientSession, acme: Tenant, kind: str, data: dict[str, Any]
    ) -> None:
        answer = await client.post(f"/v1/jobs/{kind}", json=data, headers=acme.headers)
        assert (answer.status, (await answer.json())["kind"]) == (202, kind)

    async def test_attributes_the_job_to_a_customer(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "X-LK-Customer-Id": "law-firm-a"}
        body = await (await client.post("/v1/jobs/summarize", json=LONG, headers=headers)).json()
        assert body["customer_id"] == "law-firm-a"

    async def test_hands_the_task_to_the_queue_at_once(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        await client.post("/v1/jobs/summarize", json=LONG, headers=acme.headers)
        queue = redis_py.Redis.from_url(settings.require_redis_url())
        try:
            await eventually(lambda: queue.llen("dramatiq:jobs") == 1)
        finally:
            queue.close()

    async def test_leaves_the_request_in_the_audit_log(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "X-Request-Id": "my-request-0001"}
        await client.post("/v1/jobs/summarize", json=LONG, headers=headers)
        entry = await db.fetchrow("SELECT request_id, ip FROM audit_entry WHERE action = 'job.created'")
        assert entry is not None
        assert tuple(entry) == ("my-request-0001", "127.0.0.1")


class TestIdempotency:
    async def test_replays_the_first_answer_and_says_so(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "Idempotency-Key": "k1"}
        first = await client.post("/v1/jobs/summarize", json=LONG, headers=headers)
        again = await client.post("/v1/jobs/summarize", json=LONG, headers=headers)

        assert again.status == first.status == 202
        assert again.headers["Idempotent-Replay"] == "true"
        assert again.headers["Location"] == first.headers["Location"]
        assert await again.json() == await first.json()
        assert await db.fetchval("SELECT count(*) FROM job") == 1

    async def test_makes_one_job_of_fifty_requests_at_once(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "Idempotency-Key": "k1"}

        async def post() -> tuple[int, str, bool]:
            async with client.post("/v1/jobs/summarize", json=LONG, headers=headers) as answer:
                return answer.status, (await answer.json())["id"], "Idempotent-Replay" in answer.headers

        answers = await asyncio.gather(*(post() for _ in range(50)))

        assert {status for status, _, _ in answers} == {202}
        assert len({job_id for _, job_id, _ in answers}) == 1
        assert sum(not is_replay for _, _, is_replay in answers) == 1
        assert await db.fetchval("SELECT count(*) FROM job") == 1

    async def test_refuses_a_key_that_was_used_for_another_request(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "Idempotency-Key": "k1"}
        await client.post("/v1/jobs/summarize", json=LONG, headers=headers)
        other = await client.post("/v1/jobs/summarize", json={"text": "Other"}, headers=headers)
        await problem(other, 422, "idempotency_key_reused")

    @pytest.mark.parametrize("key", ["", "k" * 256])
    async def test_refuses_a_key_of_no_use(
        self, client: aiohttp.ClientSession, acme: Tenant, key: str
    ) -> None:
        headers = {**acme.headers, "Idempotency-Key": key}
        answer = await client.post("/v1/jobs/summarize", json=LONG, headers=headers)
        assert fields(await problem(answer, 422, "invalid_input")) == {("idempotency_key", "length")}


class TestCreateRefuses:
    async def test_wrong_fields_all_at_once(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        before = await jobs.counts()
        answer = await client.post(
            "/v1/jobs/summarize", json={"tone": "loud", "temperature": 1}, headers=acme.headers
        )
        body = await problem(answer, 422, "invalid_input")
        assert {name for name, _ in fields(body)} == {"text", "tone", "temperature"}
        assert await jobs.counts() == before

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b'{"text": NaN}', b'{"text": "\xff"}', b'{"text": "\\ud800"}', b"[]", b'"text"', b"null"],
    )
    async def test_a_body_that_is_no_json_object(
        self, client: aiohttp.ClientSession, acme: Tenant, body: bytes
    ) -> None:
        answer = await client.post("/v1/jobs/summarize", data=body, headers=acme.headers)
        assert (await problem(answer, 400, "malformed_body"))["errors"][0]["field"] == "body"

    async def test_nul_characters(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        before = await jobs.counts()
        answer = await client.post("/v1/jobs/summarize", data=b'{"text": "a\\u0000b"}', headers=acme.headers)
        body = await answer.json(content_type="application/problem+json")
        assert answer.status in (400, 422)
        assert body["errors"][0]["code"] == "nul_character"
        assert await jobs.counts() == before

    @pytest.mark.parametrize(
        "value",
        [b"[" * 300 + b"]" * 300, b'{"a":' * 300 + b"1" + b"}" * 300],
        ids=["lists", "objects"],
    )
    async def test_input_that_is_nested_too_deep(
        self, client: aiohttp.ClientSession, acme: Tenant, value: bytes
    ) -> None:
        before = await jobs.counts()
        data = b'{"text": "a", "x": %b}' % value
        answer = await client.post("/v1/jobs/summarize", data=data, headers=acme.headers)
        assert fields(await problem(answer, 422, "invalid_input")) == {("input", "not_storable")}
        assert await jobs.counts() == before

    @pytest.mark.parametrize("number", [1 << 64, -(1 << 63) - 1, 10**40])
    async def test_an_integer_beyond_64_bits(
        self, client: aiohttp.ClientSession, acme: Tenant, number: int
    ) -> None:
        before = await jobs.counts()
        data = b'{"messages": [{"role": "user", "content": "Hi"}], "max_tokens": %d}' % number
        answer = await client.post("/v1/jobs/completion", data=data, headers=acme.headers)
        body = await problem(answer, 422, "invalid_input")
        assert {name for name, _ in fields(body)} == {"max_tokens"}
        assert await jobs.counts() == before

    @pytest.mark.parametrize(
        ("header", "field"), [("Idempotency-Key", "idempotency_key"), ("X-LK-Customer-Id", "customer_id")]
    )
    async def test_a_header_that_is_no_utf8(
        self, server: TestServer, acme: Tenant, header: str, field: str
    ) -> None:
        """Bytes that no client library would send."""
        before = await jobs.counts()
        status, body = await raw_post(server, acme, header.encode() + b": k\xff\xfe")
        assert (status, body["code"]) == (422, "invalid_input")
        assert fields(body) == {(field, "characters")}
        assert await jobs.counts() == before

    async def test_no_header_in_utf8(self, server: TestServer, acme: Tenant) -> None:
        status, body = await raw_post(server, acme, "X-LK-Customer-Id: Müller & Söhne".encode())
        assert (status, body["customer_id"]) == (202, "Müller & Söhne")

    async def test_no_text_that_only_speaks_of_nul(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        text = "In JSON a NUL is written \\u0000."
        answer = await client.post("/v1/jobs/summarize", json={"text": text}, headers=acme.headers)
        assert answer.status == 202
        assert (await jobs.read(_id(await answer.json()))).input == {"text": text}

    async def test_a_customer_id_that_cannot_be_kept(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "X-LK-Customer-Id": "c" * 256}
        answer = await client.post("/v1/jobs/summarize", json=LONG, headers=headers)
        assert fields(await problem(answer, 422, "invalid_input")) == {("customer_id", "length")}

    async def test_a_kind_that_does_not_exist_naming_those_that_do(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        answer = await client.post("/v1/jobs/sumarize", json=LONG, headers=acme.headers)
        body = await problem(answer, 404, "job_kind_unknown")
        assert "completion, embeddings, summarize" in body["detail"]

    async def test_a_key_without_the_scope(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        headers = await token(acme, settings, Permission.JOBS_READ)
        before = await jobs.counts()
        answer = await client.post("/v1/jobs/summarize", json=LONG, headers=headers)
        assert "jobs:write" in (await problem(answer, 403, "forbidden"))["detail"]
        assert await jobs.counts() == before

    async def test_a_body_that_is_too_large(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        body = io.BytesIO(b'{"text": "' + b"x" * (8 * 1024 * 1024) + b'"}')
        answer = await client.post("/v1/jobs/summarize", data=body, headers=acme.headers)
        await problem(answer, 413, "body_too_large")


class TestGet:
    async def test_shows_the_job_as_it_is(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        lease = await jobs.running(acme, customer_id="law-firm-a")
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        job_id = ids.encode("job", lease.job.id)

        answer = await client.get(f"/v1/jobs/{job_id}", headers=acme.headers)

        assert answer.status == 200
        body = await answer.json()
        assert body | {"created_at": "", "queued_at": "", "started_at": "", "finished_at": ""} == {
            "id": job_id,
            "kind": "summarize",
            "status": "SUCCEEDED",
            "seq": 3,
            "attempt": 1,
            "progress": 100,
            "estimated_tokens": lease.job.estimated_tokens,
            "input_tokens": 1_000,
            "output_tokens": 100,
            "credits": "1.1",
            "cost_usd": jobs.COST,
            "provider": "openai",
            "model": "gpt-4o-mini",
            "customer_id": "law-firm-a",
            "created_at": "",
            "queued_at": "",
            "started_at": "",
            "finished_at": "",
            "error": None,
            "priority": "NORMAL",
            "run_at": "2026-11-20T10:00:00+00:00",
            "expires_at": None,
            "cancel_deadline": None,
            "estimated_credits": None,
            "retry_of": None,
            "retried_by": None,
            "purged_at": None,
            "input": {"text": jobs.TEXT},
            "result": dict(jobs.OUTCOME.result),
        }
        assert datetime.fromisoformat(body["finished_at"]) == NOW

    async def test_says_why_a_job_failed(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.fail(lease, jobs.BROKEN, is_retryable=False, now=NOW)
        answer = await client.get(f"/v1/jobs/{ids.encode('job', lease.job.id)}", headers=acme.headers)
        assert (await answer.json())["error"] == {"code": "internal_error", "message": "It broke."}

    async def test_answers_alike_for_what_is_anothers_and_what_never_was(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        theirs = ids.encode("job", (await jobs.queued(rival)).id)
        never = ids.encode("job", ids.uuid7())
        malformed = [
            theirs[:-1],
            theirs.replace("job_", "org_"),
            theirs.upper(),
            "job_",
            "x",
            "%20",
            "%C3%A9",
        ]
        seen = set()
        for name in (theirs, never, *malformed):
            answer = await client.get(
                f"/v1/jobs/{name}", headers={**acme.headers, "X-Request-Id": "same-for-all"}
            )
            body = await problem(answer, 404, "job_not_found")
            seen.add(orjson.dumps(body))
        assert len(seen) == 1

    async def test_keeps_workspaces_apart(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        live = ids.encode("job", (await jobs.queued(acme)).id)
        headers = await token(acme, settings, test=True)
        await problem(await client.get(f"/v1/jobs/{live}", headers=headers), 404, "job_not_found")
        listed = await (await client.get("/v1/jobs", headers=headers)).json()
        assert listed == {"data": [], "next_cursor": None}


class TestPage:
    async def test_leads_through_all_jobs_newest_first(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        made = [ids.encode("job", (await jobs.queued(acme)).id) for _ in range(5)]
        await jobs.queued(rival)
        seen: list[str] = []
        query: dict[str, Any] = {"limit": 2}
        pages = 0
        while True:
            answer = await client.get("/v1/jobs", params=query, headers=acme.headers)
            body = await answer.json()
            assert answer.status == 200
            seen += [job["id"] for job in body["data"]]
            pages += 1
            if body["next_cursor"] is None:
                break
            query["cursor"] = body["next_cursor"]
        assert (seen, pages) == (made[::-1], 3)

    async def test_leaves_inputs_and_results_out(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        [job] = (await (await client.get("/v1/jobs", headers=acme.headers)).json())["data"]
        assert (job["input"], job["result"]) == (None, None)

    async def test_can_be_of_one_status(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await jobs.queued(acme)
        running = ids.encode("job", (await jobs.running(acme)).job.id)
        answer = await client.get("/v1/jobs", params={"status": "RUNNING"}, headers=acme.headers)
        assert [job["id"] for job in (await answer.json())["data"]] == [running]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"limit": "0"}, {("limit", "out_of_range")}),
            ({"limit": "101"}, {("limit", "out_of_range")}),
            ({"limit": "-1"}, {("limit", "out_of_range")}),
            ({"limit": "ten"}, {("limit", "out_of_range")}),
            ({"limit": "9" * 5000}, {("limit", "out_of_range")}),
            ({"limit": "١"}, {("limit", "out_of_range")}),
            ({"cursor": "nonsense"}, {("cursor", "invalid_cursor")}),
            ({"cursor": "é"}, {("cursor", "invalid_cursor")}),
            ({"limit": "0", "cursor": "!"}, {("limit", "out_of_range"), ("cursor", "invalid_cursor")}),
            ({"status": "DONE"}, {("status", "unknown_status")}),
            ({"status": ""}, {("status", "unknown_status")}),
        ],
    )
    async def test_refuses_a_query_that_makes_no_sense(
        self,
        client: aiohttp.ClientSession,
        acme: Tenant,
        query: dict[str, str],
        expected: set[tuple[str, str]],
    ) -> None:
        answer = await client.get("/v1/jobs", params=query, headers=acme.headers)
        assert fields(await problem(answer, 422, "invalid_input")) == expected


def _id(body: dict[str, Any]) -> Any:
    return ids.decode("job", body["id"])
