"""Refusals: one form, one code per cause, nothing secret, and always the request's id."""

import asyncio
from typing import Any

import aiohttp
import asyncpg
import pytest
from structlog.testing import capture_logs

from app.apikeys import verification
from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import db, telemetry
from app.jobs import queries
from tests.factories import jobs
from tests.factories.orgs import Tenant, bearer, tenant
from tests.fakes import network
from tests.fakes.web import serving
from tests.rest.problems import fields, problem

LONG = {"text": "Long article text here..."}


class TestUnauthenticated:
    @pytest.mark.parametrize(
        ("authorization", "code"),
        [
            (None, "unauthenticated"),
            ("", "unauthenticated"),
            ("Basic dXNlcjpwdw==", "unauthenticated"),
            ("Bearer", "unauthenticated"),
            ("Bearer " + "x" * 5000, "unauthenticated"),
            ("Bearer lk_live_pk_0000000000000000_x", "api_key_invalid"),
            ("Bearer lk_live_", "api_key_invalid"),
            ("Bearer nonsense", "token_invalid"),
            ("Bearer a.b.c", "token_invalid"),
        ],
    )
    @pytest.mark.parametrize("path", ["/v1/jobs", "/v1/jobs/job_x", "/v1/usage"])
    async def test_without_a_good_credential(
        self, client: aiohttp.ClientSession, path: str, authorization: str | None, code: str
    ) -> None:
        headers = {} if authorization is None else {"Authorization": authorization}
        answer = await client.get(path, headers=headers)
        await problem(answer, 401, code)
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="launchkit"'

    async def test_is_said_before_anything_about_the_request(self, client: aiohttp.ClientSession) -> None:
        for path, body in (("/v1/jobs/summarize", "{"), ("/v1/jobs/no-such-kind", "{}")):
            await problem(await client.post(path, data=body), 401, "unauthenticated")

    async def test_with_a_key_whose_secret_is_wrong(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        wrong = acme.token[:-1] + ("0" if acme.token[-1] != "0" else "1")
        answer = await client.get("/v1/jobs", headers={"Authorization": f"Bearer {wrong}"})
        body = await problem(answer, 401, "api_key_invalid")
        assert wrong not in str(body)

    async def test_with_a_revoked_key_within_a_second(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        assert (await client.get("/v1/jobs", headers=acme.headers)).status == 200
        await db.execute("UPDATE api_key SET revoked_at = now() WHERE org_id = $1", acme.org_id)
        assert verification._CACHE_SECONDS < 1
        await asyncio.sleep(verification._CACHE_SECONDS)
        assert (await client.get("/v1/jobs", headers=acme.headers)).status == 401

    async def test_with_a_token_that_has_expired(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        fresh, stale = bearer(settings, acme.owner), bearer(settings, acme.owner, minutes_ago=16)
        ok = await client.get("/v1/jobs", headers=fresh)
        assert ok.status == 200
        late = await client.get(
            "/v1/jobs", headers={"Authorization": stale["Authorization"].replace("Bearer", "bearer")}
        )
        await problem(late, 401, "token_expired")


class TestRouting:
    @pytest.mark.parametrize("path", ["/v1/nothing", "/nothing", "/v1/jobs/a/b/c", "/v2/jobs"])
    async def test_of_an_unknown_path(self, client: aiohttp.ClientSession, path: str) -> None:
        await problem(await client.get(path), 404, "not_found")

    @pytest.mark.parametrize(
        ("method", "path", "allowed"),
        [
            ("DELETE", "/v1/jobs", {"GET"}),
            ("POST", "/v1/usage", {"GET"}),
            ("PUT", "/v1/jobs/summarize", {"GET", "POST"}),
        ],
    )
    async def test_of_a_wrong_method_says_which_are_right(
        self, client: aiohttp.ClientSession, method: str, path: str, allowed: set[str]
    ) -> None:
        answer = await client.request(method, path)
        await problem(answer, 405, "method_not_allowed")
        assert {name.strip() for name in answer.headers["Allow"].split(",")} - {"HEAD"} == allowed

    async def test_refuses_nul_in_the_path(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        for path in ("/v1/jobs/job_%00", "/v1/jobs?cursor=%00", "/v1/usage?group_by=%00"):
            answer = await client.get(path, headers=acme.headers)
            assert fields(await problem(answer, 422, "invalid_input")) == {("path", "nul_character")}


class TestRequestId:
    async def test_is_the_callers_own(self, client: aiohttp.ClientSession) -> None:
        for given in ("abcdefgh", "A.b_c-9" * 9):
            answer = await client.get("/v1/jobs", headers={"X-Request-Id": given})
            assert answer.headers["X-Request-Id"] == given

    @pytest.mark.parametrize("given", ["", "short", "x" * 65, "has space", "söme-idée", "a;DROP TABLE"])
    async def test_is_made_where_the_callers_is_unfit_for_a_log_line(
        self, client: aiohttp.ClientSession, given: str
    ) -> None:
        answer = await client.get("/health", headers={"X-Request-Id": given})
        assert answer.headers["X-Request-Id"].startswith("req_")

    async def test_is_new_for_each_request(self, client: aiohttp.ClientSession) -> None:
        made = [(await client.get("/health")).headers["X-Request-Id"] for _ in range(3)]
        assert len(set(made)) == 3


class TestUnexpected:
    async def test_is_masked_for_the_client_and_logged_with_the_request_id(
        self, client: aiohttp.ClientSession, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def crash(*_: Any, **__: Any) -> None:
            raise RuntimeError("the password is hunter2")

        monkeypatch.setattr(queries, "page", crash)
        with capture_logs(processors=[telemetry._add_facts]) as logs:
            answer = await client.get("/v1/jobs", headers={**acme.headers, "X-Request-Id": "trace-me-1"})
            body = await problem(answer, 500, "internal_error")

        assert "hunter2" not in str(body)
        [line] = [line for line in logs if line["event"] == "http.unexpected_error"]
        assert line["request_id"] == "trace-me-1"
        assert "hunter2" in repr(line["exc_info"])

    async def test_of_the_database_is_masked_too(
        self, client: aiohttp.ClientSession, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def crash(*_: Any, **__: Any) -> None:
            await db.fetch("SELECT secret_column FROM job")

        monkeypatch.setattr(queries, "page", crash)
        with capture_logs():
            answer = await client.get("/v1/jobs", headers=acme.headers)
            body = await problem(answer, 500, "internal_error")
        assert "secret_column" not in str(body)


class TestSecrets:
    async def test_are_in_no_answer_and_in_no_log_line(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        secret = acme.token.rsplit("_", 1)[1]
        with capture_logs(processors=[telemetry._add_facts]) as logs:
            answers = [
                await client.post("/v1/jobs/summarize", json=LONG, headers=acme.headers),
                await client.post("/v1/jobs/summarize", json={}, headers=acme.headers),
                await client.get("/v1/jobs", headers=acme.headers),
                await client.get("/v1/usage?from=x", headers=acme.headers),
                await client.get("/v1/nothing", headers=acme.headers),
                await client.get("/metrics", headers=acme.headers),
            ]
            texts = [await answer.text() + str(answer.headers) for answer in answers]
        assert not any(secret in text for text in texts)
        assert secret not in repr(logs)
        assert not any(secret in str(tuple(row)) for row in await db.fetch("SELECT * FROM audit_entry"))


class TestOutage:
    async def test_of_the_database_is_said_and_passes(self, settings: Settings) -> None:
        acme = await tenant(settings)
        headers = {**acme.headers, "Idempotency-Key": "k1"}
        async with (
            network.database_behind_wire(settings) as wire,
            serving(settings) as server,
            aiohttp.ClientSession(server.make_url("/")) as client,
        ):
            assert (await client.get("/ready")).status == 200
            await wire.cut()
            with capture_logs():
                for answer in (
                    await client.post("/v1/jobs/summarize", json=LONG, headers=headers),
                    await client.get("/v1/jobs", headers=headers),
                    await client.get("/v1/usage", headers=headers),
                ):
                    await problem(answer, 503, "database_unavailable")
                    assert int(answer.headers["Retry-After"]) >= 1
            ready = await client.get("/ready")
            assert ready.status == 503
            assert await ready.json() == {"status": "unavailable", "database": "unreachable", "redis": "ok"}
            assert (await client.get("/health")).status == 200, "the process lives"

            await wire.mend()
            again = await client.post("/v1/jobs/summarize", json=LONG, headers=headers)
            assert again.status == 202, "the same process, the same pool"
            assert "Idempotent-Replay" not in again.headers, "the refusal was not pinned to the key"
            assert (await client.get("/ready")).status == 200

        assert (await jobs.counts())["job"] == 1

    async def test_of_a_lock_asks_to_come_back(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        other = await asyncpg.connect(settings.require_database_url())
        try:
            async with other.transaction():
                await other.execute(
                    "INSERT INTO idempotency_key VALUES ($1, $2, 'jobs.create', 'k1', '', '{}', $3, $3)",
                    acme.org_id,
                    acme.key.id,
                    utcnow(),
                )
                headers = {**acme.headers, "Idempotency-Key": "k1"}
                answer = await client.post("/v1/jobs/summarize", json=LONG, headers=headers)
                await problem(answer, 409, "idempotency_in_progress")
                assert answer.headers["Retry-After"] == "1"
        finally:
            await other.close()
