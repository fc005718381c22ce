"""What the gateway adds to a call of a model: against the upstream itself and a bare relay in front of it.

LaunchKit has everything on: key, rate limit, a wallet, a hard budget, hold, settlement, durable metering.
"""

import argparse
from contextlib import ExitStack
from urllib.request import Request, urlopen

import orjson

from bench import litellm_proxy
from bench.comparison import Subject, compare, costs, report
from bench.harness import System
from bench.load import Plan

_DIRECT = "upstream"
_RELAY = "bare relay"
_BUDGET = """
INSERT INTO budget (id, org_id, scope_kind, scope_id, environment, period, amount, is_hard, created_at)
SELECT gen_random_uuid(), org_id, 'api_key', id::text, 'live', 'month', 100000000, true, now() FROM api_key
"""
_MESSAGES = [
    {"role": "system", "content": "You are brief."},
    {"role": "user", "content": "Say twenty words about whales, please, and not one more than that." * 4},
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument(
        "--litellm",
        action="store_true",
        help="also LiteLLM's proxy, which is installed for it; needs pip's index",
    )
    parser.add_argument("--thinking", type=float, default=0, help="milliseconds before the upstream answers")
    options = parser.parse_args()
    with System() as system, ExitStack() as stack:
        system.lift_limits()
        upstream, upstream_port = system.serve("upstream", ["bench.relays"], DELAY=str(options.thinking))
        base = f"http://127.0.0.1:{upstream_port}"
        relay, relay_port = system.serve("relay", ["bench.relays"], UPSTREAM=base)
        web, port = system.web(
            LAUNCHKIT_RATE_LIMITS="on", OPENAI_BASE_URL=f"{base}/v1", OPENAI_API_KEY="sk-bench"
        )
        _give_credit(system, port)
        others = []
        if options.litellm:
            others.append(stack.enter_context(litellm_proxy.running(f"{base}/v1", model="gpt-4o-mini")))
        client = system.load()
        for is_stream in (False, True):
            subjects = [
                Subject(_DIRECT, _plan(upstream_port, {}, is_stream), upstream),
                Subject(_RELAY, _plan(relay_port, {}, is_stream), relay, (_DIRECT,)),
                Subject(
                    "LaunchKit",
                    _plan(port, system.tenant.headers, is_stream),
                    web,
                    (_DIRECT, _RELAY),
                ),
                *[
                    Subject("LiteLLM", _plan(port, headers, is_stream), process, (_DIRECT, _RELAY))
                    for process, port, headers in others
                ],
            ]
            for connections in options.connections:
                for rounds in (1, options.rounds):
                    chosen = [subject.fresh(connections, options.seconds) for subject in subjects]
                    compare(chosen, client, rounds=rounds, between=system.forget_spending)
                kind = "streams" if is_stream else "JSON"
                print(report(f"{kind}, {connections} connections", chosen))
                print(costs(chosen))
                print(f"LaunchKit: {web.rss_mib():.0f} MiB", flush=True)
                for process, *_ in others:
                    print(f"LiteLLM: {process.rss_mib():.0f} MiB", flush=True)
                print()
        row = system.fetchrow(
            "SELECT (SELECT count(*) FROM usage_event) AS events, (SELECT count(*) FROM gateway_call) AS calls"
        )
        print(f"{row['calls']} calls, {row['events']} usage events")


def _plan(port: int, headers: dict[str, str], is_stream: bool) -> Plan:
    body = {"model": "gpt-4o-mini", "max_tokens": 64, "messages": _MESSAGES, "stream": is_stream}
    expect = "[DONE]" if is_stream else '"usage"'
    return Plan(port, "/v1/chat/completions", orjson.dumps(body).decode(), expect, headers)


def _give_credit(system: System, port: int) -> None:
    body = orjson.dumps({"amount": "100000000"})
    headers = {**system.tenant.headers, "Content-Type": "application/json"}
    url = f"http://127.0.0.1:{port}/v1/credits/purchase"
    with urlopen(Request(url, body, headers), timeout=10):
        system.execute(_BUDGET)


if __name__ == "__main__":
    main()
