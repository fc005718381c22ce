"""Which LaunchKit a command talks to: the one that is named, else the running `launchkit dev`."""

from app.cli.failures import Expected
from app.core import config
from app.dev import state


def find(url: str | None, api_key: str | None) -> tuple[str, str]:
    """Address and API key; raises `Expected` where there is neither."""
    if url and api_key:
        return url, api_key
    settings = config.load()
    running = state.find_running(settings.data_dir)
    if running is None:
        raise Expected(
            "No `launchkit dev` is running here: start it in another terminal, "
            "or name a LaunchKit with --url and --api-key."
        )
    if url and url.rstrip("/") != running.url and not api_key:
        raise Expected(f"{url} needs its own API key: give --api-key, or set LAUNCHKIT_API_KEY.")
    return url or running.url, api_key or running.api_key
