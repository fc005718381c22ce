"""`ingestUsage`."""

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Role
from app.infra import db
from tests.factories.orgs import Tenant, bearer, member
from tests.schema.conftest import Asker

INGEST = """mutation($input: IngestUsageInput!) {
  ingestUsage(input: $input) {
    __typename
    ... on IngestedUsage {
      results { eventId status errors { field code } } accepted duplicate conflict invalid
    }
    ... on Problem { code message }
    ... on InvalidInput { errors { field code } }
  }
}"""
EVENT = {
    "eventId": "e",
    "eventType": "TOKEN_USAGE",
    "provider": "OPENAI",
    "model": "gpt-4o",
    "inputTokens": 1_000,
    "properties": {"a": 1},
}


class TestIngestUsage:
    async def test_tells_of_each_event_what_became_of_it(self, owner: Asker, acme: Tenant) -> None:
        events = [
            {**EVENT, "timestamp": utcnow().isoformat(), "customerId": "c"},
            {**EVENT, "eventId": "x", "inputTokens": -1},
            {"eventId": "p", "eventType": "CUSTOM", "unitType": "pages", "quantity": "2.5"},
        ]
        for again in (False, True):
            told = (await owner.ask(INGEST, {"input": {"orgId": acme.org, "events": events}}))["ingestUsage"]

            status = "DUPLICATE" if again else "ACCEPTED"
            assert told == {
                "__typename": "IngestedUsage",
                "results": [
                    {"eventId": "e", "status": status, "errors": []},
                    {
                        "eventId": "x",
                        "status": "INVALID",
                        "errors": [{"field": "inputTokens", "code": "invalid"}],
                    },
                    {"eventId": "p", "status": status, "errors": []},
                ],
                "accepted": 0 if again else 2,
                "duplicate": 2 if again else 0,
                "conflict": 0,
                "invalid": 1,
            }
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 2

    async def test_knows_what_came_over_rest(self, owner: Asker, acme: Tenant) -> None:
        rest = {"event_id": "e", "event_type": "TOKEN_USAGE", "provider": "openai", "model": "gpt-4o"}
        document = {**rest, "input_tokens": 1_000, "properties": {"a": 1}}
        async with owner.session.post("/v1/events/ingest", json=document, headers=acme.headers) as answer:
            assert (await answer.json())["accepted"] == 1

        told = await owner.ask(INGEST, {"input": {"orgId": acme.org, "events": [EVENT]}})
        assert told["ingestUsage"]["duplicate"] == 1

    async def test_refuses_more_than_a_batch(self, owner: Asker, acme: Tenant) -> None:
        events = [{**EVENT, "eventId": str(number)} for number in range(1_001)]
        told = await owner.ask(INGEST, {"input": {"orgId": acme.org, "events": events}})

        assert told["ingestUsage"]["errors"] == [{"field": "events", "code": "too_many"}]

    async def test_is_for_those_who_may(self, owner: Asker, acme: Tenant, settings: Settings) -> None:
        viewer = Asker(owner.session, bearer(settings, await member(acme, Role.VIEWER)))
        error = await viewer.refusal(INGEST, {"input": {"orgId": acme.org, "events": [EVENT]}})

        assert error["extensions"]["code"] == "forbidden"
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 0
