"""GraphQL as clients get it, against plain Strawberry with its caches and against bare aiohttp with the same data.

Two questions: `{ me { id } }`, and 50 jobs with two relations. LaunchKit authenticates, limits, masks, counts and
logs; plain Strawberry runs the same resolvers and does none of that; bare aiohttp sends the rows of one query.
"""

import argparse

import orjson

from app.core import ids
from bench import listing
from bench.comparison import Subject, compare, costs, report
from bench.harness import System
from bench.load import Plan
from bench.processes import Process

_BARE, _PLAIN, _OBSERVED = "bare aiohttp", "plain Strawberry", "plain Strawberry, observed"
ME = orjson.dumps({"query": "{ me { id } }"}).decode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=0.8)
    parser.add_argument("--connections", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    with System() as system:
        questions = _questions(system)
        client = system.load()
        for connections in options.connections:
            for title, subjects in questions.items():
                chosen = [subject.fresh(connections, options.seconds) for subject in subjects]
                compare(chosen, client, rounds=1, between=system.forget_spending)
                chosen = [subject.fresh(connections, options.seconds) for subject in subjects]
                compare(chosen, client, rounds=options.rounds, between=system.forget_spending)
                print(report(f"{title}, {connections} connections", chosen))
                print(costs(chosen), end="\n\n", flush=True)


def _questions(system: System) -> dict[str, list[Subject]]:
    system.lift_limits()
    _fill(system)
    web, port = system.web(LAUNCHKIT_RATE_LIMITS="on")
    bare, bare_port = system.floor()
    tenant = system.tenant
    owner = system.sign_in(port)
    known = {"BENCH_USER": tenant.user, "BENCH_ORG": tenant.org}
    plains = {
        _PLAIN: system.serve("plain", ["bench.plain_graphql"], **known),
        _OBSERVED: system.serve("observed", ["bench.plain_graphql"], **known, BENCH_OBSERVED="1"),
    }
    user_id, org_id = ids.decode("user", tenant.user), ids.decode("org", tenant.org)
    me = Plan(port, "/graphql", ME, '"id":"user_', owner)
    jobs = listing.plan(port, tenant)
    floors = (_BARE, _PLAIN, _OBSERVED)
    return {
        "{ me { id } }": [
            Subject(_BARE, Plan(bare_port, f"/me?user={user_id}", "", '"id"', method="GET"), bare),
            *_plain(me, plains),
            Subject("LaunchKit, access token", me, web, floors),
        ],
        "50 jobs with two relations": [
            Subject(_BARE, Plan(bare_port, f"/listing?org={org_id}", "", '"id"', method="GET"), bare),
            *_plain(jobs, plains),
            Subject("LaunchKit, API key", jobs, web, floors),
            Subject("LaunchKit, access token", listing.plan(port, tenant, owner), web, floors),
        ],
    }


def _fill(system: System) -> None:
    web, port = system.web()
    client = system.load()
    listing.fill(system, client, port)
    client.stop()
    web.stop()


def _plain(plan: Plan, servers: dict[str, tuple[Process, int]]) -> list[Subject]:
    """The same question, with no header that says who asks."""
    return [
        Subject(name, Plan(port, plan.path, plan.body, plan.expect), process, (_BARE,))
        for name, (process, port) in servers.items()
    ]


if __name__ == "__main__":
    main()
