"""`python -m bench [NAME ...]`: the headline figures one after another, or those named."""

import argparse
import importlib.util
import subprocess
import sys

_HEADLINES = (
    "submission",
    "listing",
    "authentication",
    "graphql",
    "latency",
    "live",
    "throughput",
    "interruptions",
    "ingest",
    "credits",
    "entitlements",
    "gateway",
    "usage",
    "webhooks",
    "startup",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", default=_HEADLINES)
    names = parser.parse_args().names
    for name in names:
        if importlib.util.find_spec(f"bench.{name}") is None:
            parser.error(
                f"There is no bench/{name}.py; there are {', '.join(_HEADLINES)}, bullmq and profile."
            )
        print(f"== {name}", flush=True)
        if status := subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            return status
        print(flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
