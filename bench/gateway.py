"""What the gateway adds to a call of a model: against the upstream itself and a bare relay in front of it.

LaunchKit has everything on: key, rate limit, a wallet, a hard budget, hold, settlement, durable metering.
"""

import argparse
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.request import Request, urlopen

import orjson

from bench import litellm_proxy, processes
from bench.comparison import Subject, compare, costs, report
from bench.harness import LoadClient, System
from bench.load import Plan
from bench.processes import Process

_DIRECT = "upstream"
_RELAY = "bare relay"
_OURS = "LaunchKit"
_LITELLM = "LiteLLM"
_MODEL = "gpt-4o-mini"
_STREAMS = "streams"
_KINDS = ("JSON", _STREAMS)
_MEMORY_CONNECTIONS = 16
# Calls are settled behind their answers.
_SETTLE_SECONDS = 1.0
_BUDGET = """
INSERT INTO budget (id, org_id, scope_kind, scope_id, environment, period, amount, is_hard, created_at)
SELECT gen_random_uuid(), org_id, 'api_key', id::text, 'live', 'month', 100000000, true, now() FROM api_key
"""
_COUNTS = "SELECT (SELECT count(*) FROM usage_event) AS events, (SELECT count(*) FROM gateway_call) AS calls"
_MESSAGES = [
    {"role": "system", "content": "You are brief."},
    {"role": "user", "content": "Say twenty words about whales, please, and not one more than that." * 4},
]


def main() -> None:
    options = _options()
    with System() as system, ExitStack() as stack:
        system.lift_limits()
        upstream, upstream_port = system.serve("upstream", ["bench.relays"], DELAY=str(options.thinking))
        base = f"http://127.0.0.1:{upstream_port}"
        web, port = system.web(
            LAUNCHKIT_RATE_LIMITS="on", OPENAI_BASE_URL=f"{base}/v1", OPENAI_API_KEY="sk-bench"
        )
        _give_credit(system, port)
        if options.calls:
            _watch_memory(system, web, port, calls=options.calls, seconds=options.seconds)
        else:
            relay, relay_port = system.serve("relay", ["bench.relays"], UPSTREAM=base)
            subjects = [
                Subject(_DIRECT, _plan(upstream_port, {}), upstream),
                Subject(_RELAY, _plan(relay_port, {}), relay, (_DIRECT,)),
                Subject(_OURS, _plan(port, system.tenant.headers), web, (_DIRECT, _RELAY)),
            ]
            if options.litellm is not None:
                subjects = _with_litellm(subjects, stack, base, options.litellm)
            client = system.load()
            for kind in options.kinds:
                for connections in options.connections:
                    _compare(system, client, subjects, kind, connections, options)
        time.sleep(_SETTLE_SECONDS)
        row = system.fetchrow(_COUNTS)
        print(f"{row['calls']} calls, {row['events']} usage events")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--kinds", nargs="+", choices=_KINDS, default=_KINDS)
    parser.add_argument("--thinking", type=float, default=0, help="milliseconds before the upstream answers")
    parser.add_argument(
        "--litellm",
        nargs="?",
        const="",
        metavar="DIRECTORY",
        help="also LiteLLM's proxy, installed for it from pip's index; in DIRECTORY it stays for the next time",
    )
    parser.add_argument(
        "--calls",
        type=int,
        help="instead: so many calls, JSON and streams by turns, and memory ten times meanwhile",
    )
    return parser.parse_args()


def _with_litellm(subjects: list[Subject], stack: ExitStack, base: str, directory: str) -> list[Subject]:
    kept = Path(directory).resolve() if directory else None
    running = litellm_proxy.running(f"{base}/v1", model=_MODEL, kept=kept)
    process, port, headers = stack.enter_context(running)
    *floors, ours = subjects
    ours = replace(ours, against=(*ours.against, _LITELLM))
    return [*floors, ours, Subject(_LITELLM, _plan(port, headers), process, (_DIRECT, _RELAY))]


def _compare(
    system: System,
    client: LoadClient,
    subjects: Sequence[Subject],
    kind: str,
    connections: int,
    options: argparse.Namespace,
) -> None:
    """Prints it. The first round warms up."""
    asked = [replace(one, plan=_asking(one.plan, kind)) for one in subjects]
    for rounds in (1, options.rounds):
        chosen = [subject.fresh(connections, options.seconds) for subject in asked]
        before = processes.postgres_cpu_seconds()
        compare(chosen, client, rounds=rounds, between=system.forget_spending)
        used = processes.postgres_cpu_seconds() - before
    print(report(f"{kind}, {connections} connections", chosen))
    print(costs(chosen))
    for one in chosen:
        if one.name in (_OURS, _LITELLM):
            print(f"{one.name}: {one.process.rss_mib():.0f} MiB")
        if one.name == _OURS:
            # Nobody else asks it anything.
            answered = sum(result.answered for result in one.results)
            print(f"PostgreSQL: {used / answered * 1e6:.0f} µs of CPU a call")
    print(flush=True)


def _watch_memory(system: System, web: Process, port: int, *, calls: int, seconds: float) -> None:
    """What the web process has in memory after each tenth of the calls; the first of them fill caches and pools."""
    client = system.load()
    plan = replace(
        _plan(port, system.tenant.headers),
        connections=_MEMORY_CONNECTIONS,
        seconds=seconds,
        warmup_seconds=0,
    )
    started = time.monotonic()
    done, tenths, turn = 0, 0, 0
    while done < calls:
        done += client.run(_asking(plan, _KINDS[turn % 2])).answered
        turn += 1
        system.forget_spending()
        if done * 10 // calls > tenths:
            tenths = done * 10 // calls
            print(f"{done:>7,} calls: {web.rss_mib():.1f} MiB", flush=True)
    rate = done / (time.monotonic() - started)
    print(f"{rate:.0f} calls/s; at most {web.rss_mib(peak=True):.1f} MiB")


def _plan(port: int, headers: dict[str, str]) -> Plan:
    return Plan(port, "/v1/chat/completions", "", "", headers)


def _asking(plan: Plan, kind: str) -> Plan:
    is_stream = kind == _STREAMS
    body = {"model": _MODEL, "max_tokens": 64, "messages": _MESSAGES, "stream": is_stream}
    return replace(plan, body=orjson.dumps(body).decode(), expect="[DONE]" if is_stream else '"usage"')


def _give_credit(system: System, port: int) -> None:
    body = orjson.dumps({"amount": "100000000"})
    headers = {**system.tenant.headers, "Content-Type": "application/json"}
    url = f"http://127.0.0.1:{port}/v1/credits/purchase"
    with urlopen(Request(url, body, headers), timeout=10):
        system.execute(_BUDGET)


if __name__ == "__main__":
    main()
