"""Checks of this machine: Python, settings, data directory, binaries, assets."""

import os
import platform
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from app.cli.diagnosis.finding import Finding, fail, ok, warn
from app.core.config import Settings
from app.infra import embedded
from app.infra.embedded.errors import EmbeddedError
from app.web import pages

_OLDEST_PYTHON = (3, 11)
_ON_THE_PATH = "Correct the name, or put the folder that holds it on PYTHONPATH."
_PROVIDERS = (("openai", "OPENAI_API_KEY"), ("anthropic", "ANTHROPIC_API_KEY"), ("gemini", "GEMINI_API_KEY"))


def python(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    text = f"{'.'.join(map(str, version))} on {platform.system()}"
    if version < _OLDEST_PYTHON:
        return fail("python", text, "Install Python 3.11 or newer and make a new virtual environment.")
    return ok("python", text)


def settings_of(settings: Settings) -> Finding:
    text = settings.environment.value
    if not settings.secret_key and not _is_embedded(settings):
        return warn(
            "settings",
            f"{text}; LAUNCHKIT_SECRET_KEY is not set",
            "`serve`, `worker` and the others need one; `launchkit dev` makes its own.",
        )
    return ok("settings", text)


def data_dir(settings: Settings) -> Finding:
    path = settings.data_dir
    existing = next(parent for parent in (path, *path.parents) if parent.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        return fail("data", f"{existing} cannot be written", "Choose LAUNCHKIT_DATA_DIR elsewhere.")
    return ok("data", f"{path}" if existing == path else f"{path} (will be made)")


def binaries(settings: Settings) -> Sequence[Finding]:
    """Only where they would be started: a server that is named needs none of ours."""
    findings = []
    versions = embedded.versions()
    for name, key, url, find in (
        ("PostgreSQL", "postgres", settings.database_url, embedded.find_postgres),
        ("Valkey", "valkey", settings.redis_url, embedded.find_valkey),
    ):
        if url is not None:
            continue
        try:
            find()
        except EmbeddedError as error:
            problem, _, mend = str(error).partition(": ")
            findings.append(fail("embedded", problem, _sentence(mend)))
        else:
            findings.append(ok("embedded", f"{name} {versions.get(key, 'of unknown version')}"))
    return findings


def job_kinds(settings: Settings) -> Sequence[Finding]:
    """Whether the application's modules are there; nothing of theirs is run but the packages that hold them."""
    return [_job_kinds_of(module) for module in settings.job_kinds]


def _job_kinds_of(module: str) -> Finding:
    try:
        is_there = find_spec(module) is not None
    except ModuleNotFoundError:
        is_there = False
    except Exception as error:  # noqa: BLE001 - the application's own
        return fail(
            "jobs", f"{module} cannot be imported ({error!r})", "Correct it; no worker starts with it."
        )
    if is_there:
        return ok("jobs", f"kinds of {module}")
    return fail("jobs", f"LAUNCHKIT_JOB_KINDS names {module}, which is not found", _ON_THE_PATH)


def providers(settings: Settings) -> Finding:
    """Names only: a key's value is nobody's business, not even in part."""
    configured = [variable for name, variable in _PROVIDERS if getattr(settings, name).api_key]
    if settings.openai.base_url and "OPENAI_API_KEY" not in configured:
        configured.insert(0, "OPENAI_BASE_URL")
    if configured:
        return ok("models", f"set: {', '.join(configured)}")
    return warn(
        "models",
        "no provider has a key; the built-in `local` one is used, which is no language model",
        f"Set one of {', '.join(variable for _, variable in _PROVIDERS)}.",
    )


def payments(settings: Settings) -> Finding:
    if settings.stripe_secret_key:
        return ok("payments", "Stripe; wallets can top themselves up")
    return ok("payments", "STRIPE_SECRET_KEY is not set: purchases are recorded by hand")


def outbound(settings: Settings) -> Finding:
    """Where webhooks and upstreams of orgs may lead."""
    schemes = "https and http" if settings.allows_plain_http else "https"
    text = f"{schemes}, to public addresses"
    if settings.egress_allow:
        text += f" and {', '.join(map(str, settings.egress_allow))}"
    if settings.is_production and settings.allows_plain_http:
        return warn(
            "outbound", text, "Set LAUNCHKIT_EGRESS_HTTP=off: what goes over http anybody on the way reads."
        )
    return ok("outbound", text)


def assets(directory: Path) -> Finding:
    """The files of /graphql and /docs."""
    installed = pages.Assets(directory)
    try:
        for package, files in pages.SERVED.items():
            for file in files:
                installed.version(package, file)
    except pages.AssetMissing as missing:
        return warn("assets", f"{missing} is missing: /graphql and /docs show nothing", "Run `make assets`.")
    return ok("assets", "installed")


def _is_embedded(settings: Settings) -> bool:
    return settings.is_embedded and not settings.is_production


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
