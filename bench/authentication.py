"""What an API key and a rate limit add to a bare aiohttp request, and what is left of that in a whole LaunchKit one."""

import argparse

from bench.comparison import Subject, compare, costs, report
from bench.harness import System
from bench.load import Plan

_BARE = "bare aiohttp"
# In the head of every answer that was counted.
_LIMITED = "RateLimit-Policy: "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=0.6)
    parser.add_argument("--connections", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    with System() as system:
        subjects = _subjects(system)
        client = system.load()
        for connections in options.connections:
            for rounds in (1, options.rounds):
                chosen = [subject.fresh(connections, options.seconds) for subject in subjects]
                compare(chosen, client, rounds=rounds, between=system.forget_spending)
            print(report(f"{connections} connections", chosen))
            print(costs(chosen), end="\n\n", flush=True)


def _subjects(system: System) -> list[Subject]:
    system.lift_limits()
    bare, bare_port = system.serve("admission", ["bench.admission"], LAUNCHKIT_RATE_LIMITS="on")
    web, port = system.web(LAUNCHKIT_RATE_LIMITS="on")
    key = system.tenant.headers

    def get(port: int, path: str, expect: str, headers: dict[str, str]) -> Plan:
        return Plan(port, path, "", expect, headers, method="GET", warmup_seconds=0.2)

    return [
        Subject(_BARE, get(bare_port, "/bare", "hello", {}), bare),
        Subject("+ key and limit", get(bare_port, "/admitted", _LIMITED, key), bare, (_BARE,)),
        Subject("+ key from PostgreSQL", get(bare_port, "/looked-up", _LIMITED, key), bare, (_BARE,)),
        Subject("GET /v1/rate-limit", get(port, "/v1/rate-limit", _LIMITED, key), web, (_BARE,)),
    ]


if __name__ == "__main__":
    main()
