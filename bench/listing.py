"""A GraphQL list of 50 jobs, against a bare server that sends the same rows after one query."""

import argparse

import orjson

from app.core import ids
from bench.comparison import Subject, compare, report
from bench.harness import LoadClient, System, Tenant
from bench.load import Plan

_FLOOR = "floor: one query"
_QUERY = """
query List($orgId: ID!) {
  jobs(orgId: $orgId, first: 50) {
    nodes {
      id kind status progress createdAt finishedAt credits costUsd
      workspace { name } createdBy { ... on ApiKey { name } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
_FINISH = "UPDATE job SET state = 'SUCCEEDED', finished_at = now(), credits = 1.25, cost_usd = 0.0031, progress = 100"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=0.8)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 32])
    options = parser.parse_args()
    with System() as system:
        web, port = system.web()
        bare, bare_port = system.floor()
        client = system.load()
        jobs = fill(system, client, port)
        org = ids.decode("org", system.tenant.org)
        subjects = [
            Subject(_FLOOR, Plan(bare_port, f"/listing?org={org}", "", '"id"', method="GET"), bare),
            Subject("GraphQL", plan(port, system.tenant), web, (_FLOOR,)),
        ]
        compare([s.fresh(8, 1.0) for s in subjects], client, rounds=1)
        print(f"50 of {jobs} jobs\n")
        for connections in options.connections:
            chosen = [s.fresh(connections, options.seconds) for s in subjects]
            compare(chosen, client, rounds=options.rounds)
            print(report(f"{connections} connections", chosen), end="\n\n")
        print(f"Peak memory of the web process: {web.rss_mib(peak=True):.0f} MiB")


def fill(system: System, client: LoadClient, port: int) -> int:
    """Makes jobs that look finished; returns how many."""
    noop = Plan(port, "/v1/jobs/noop", "{}", '"id":"job_', system.tenant.headers, seconds=0.5)
    made = client.run(noop).answered
    system.execute(_FINISH)
    return made


def plan(port: int, tenant: Tenant, headers: dict[str, str] | None = None) -> Plan:
    """With the org's key, or other `headers`."""
    body = orjson.dumps({"query": _QUERY, "variables": {"orgId": tenant.org}}).decode()
    return Plan(port, "/graphql", body, '"workspace":{"name":', headers or tenant.headers)


if __name__ == "__main__":
    main()
