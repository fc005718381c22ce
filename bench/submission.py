"""Submitting jobs by REST and GraphQL, against a bare server that writes one row in one transaction."""

import argparse

import orjson

from bench.comparison import Subject, compare, report
from bench.harness import System, Tenant
from bench.load import UNIQUE, Plan
from bench.processes import Process

TEXT = "The quick brown fox jumps over the lazy dog. It was not amused, and said so at some length."
_BODY = orjson.dumps({"text": TEXT}).decode()
_GRAPHQL_KEY = {"idempotencyKey": f"bench-{UNIQUE}"}
_KEY = {"Idempotency-Key": f"bench-{UNIQUE}"}
_ONE, _SAME, _SAME_KEYED = "floor: one row", "floor: same rows", "floor: same rows, key"
_MUTATION = """
mutation Create($input: CreateJobInput!) {
  createJob(input: $input) { __typename ... on CreatedJob { isReplay job { id status createdAt } } }
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=0.8)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 32])
    options = parser.parse_args()
    with System() as system:
        web, port = system.web()
        floors = floor_subjects(*system.floor())
        subjects = app_subjects(web, port, system.tenant)
        client = system.load()
        compare([s.fresh(8, 1.0) for s in (*floors, *subjects)], client, rounds=1, between=system.clear)
        for connections in options.connections:
            chosen = [s.fresh(connections, options.seconds) for s in (*floors, *subjects)]
            compare(chosen, client, rounds=options.rounds, between=system.clear)
            print(report(f"{connections} connections", chosen), end="\n\n")
        print(f"Peak memory of the web process: {web.rss_mib(peak=True):.0f} MiB; of the bare one: ", end="")
        print(f"{floors[0].process.rss_mib(peak=True):.0f} MiB")


def floor_subjects(process: Process, port: int) -> list[Subject]:
    plan = Plan(port, "/one-row", _BODY, '"id"')
    return [
        Subject(_ONE, plan, process),
        Subject(_SAME, Plan(port, "/same-rows", _BODY, '"id"'), process),
        Subject(_SAME_KEYED, Plan(port, "/same-rows", _BODY, '"id"', _KEY), process),
    ]


def app_subjects(process: Process, port: int, tenant: Tenant) -> list[Subject]:
    rest = Plan(port, "/v1/jobs/summarize", _BODY, '"id":"job_', tenant.headers)
    keyed = Plan(port, rest.path, _BODY, '"id":"job_', {**tenant.headers, **_KEY})
    graphql = Plan(port, "/graphql", _mutation(tenant), '"isReplay":false', tenant.headers)
    graphql_keyed = Plan(
        port, "/graphql", _mutation(tenant, **_GRAPHQL_KEY), '"isReplay":false', tenant.headers
    )
    return [
        Subject("REST", rest, process, (_ONE, _SAME)),
        Subject("REST, key", keyed, process, (_ONE, _SAME_KEYED)),
        Subject("GraphQL", graphql, process, (_ONE, _SAME)),
        Subject("GraphQL, key", graphql_keyed, process, (_ONE, _SAME_KEYED)),
    ]


def _mutation(tenant: Tenant, **more: str) -> str:
    given = {"orgId": tenant.org, "kind": "summarize", "input": {"text": TEXT}, **more}
    return orjson.dumps({"query": _MUTATION, "variables": {"input": given}}).decode()


if __name__ == "__main__":
    main()
