"""LiteLLM's proxy in an environment of its own, for comparison. Never a part of LaunchKit: it goes with the script,
unless a directory is named in which it is kept for the next time.

One worker, without database, callbacks or logs: everything off but its master key, without which it does not start.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.harness import free_port
from bench.processes import Process

VERSION = "1.106.2"
_INSTALL_SECONDS = 900
_START_SECONDS = 120.0


@contextmanager
def running(upstream: str, *, model: str, kept: Path | None) -> Iterator[tuple[Process, int, dict[str, str]]]:
    """A process that answers for `model` with what `upstream` (OpenAI's, with /v1) says, its port, and the headers that
    it wants. `kept` is where its environment is, or is made to stay.
    """
    key = f"sk-{secrets.token_hex(16)}"
    with tempfile.TemporaryDirectory(prefix="litellm-") as made:
        directory = Path(made)
        process, port = _start(_installed(kept or directory / "venv"), directory, upstream, model, key)
        try:
            process.await_http(f"http://127.0.0.1:{port}/health/liveliness", seconds=_START_SECONDS)
            yield process, port, {"Authorization": f"Bearer {key}"}
        finally:
            process.stop()


def _installed(environment: Path) -> Path:
    command = environment / "bin" / "litellm"
    if command.exists():
        return command
    venv.create(environment, with_pip=True)
    words = [str(environment / "bin" / "pip"), "install", "--quiet", f"litellm[proxy]=={VERSION}"]
    print(f"Installing litellm[proxy] {VERSION} into {environment}: some minutes.", file=sys.stderr)
    done = subprocess.run(words, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False)
    if done.returncode:
        raise SystemExit(f"pip cannot install LiteLLM here; leave out --litellm.\n{done.stderr[-2000:]}")
    return command


def _start(command: Path, directory: Path, upstream: str, model: str, key: str) -> tuple[Process, int]:
    config = {
        "model_list": [
            {
                "model_name": model,
                "litellm_params": {"model": f"openai/{model}", "api_base": upstream, "api_key": "sk-bench"},
            }
        ],
        "litellm_settings": {"num_retries": 0, "request_timeout": 60, "telemetry": False},
    }
    # JSON is YAML.
    file = directory / "config.yaml"
    file.write_text(json.dumps(config))
    port = free_port()
    words = [str(command), "--config", str(file), "--host", "127.0.0.1", "--port", str(port)]
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(directory),
        "LITELLM_LOG": "ERROR",
        "LITELLM_MASTER_KEY": key,
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }
    return Process("litellm", [*words, "--num_workers", "1"], variables, directory / "litellm.log"), port
