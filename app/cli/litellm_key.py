"""`launchkit litellm-key`."""

import click

from app.cli import settings as cli_settings
from app.cli.failures import Expected
from app.core import ids
from app.gateway.mirror import virtual_keys
from app.gateway.mirror.virtual_keys import VirtualKeys
from app.infra import hashing


@click.command()
@click.argument("key_id")
def command(*, key_id: str) -> None:
    """Print the virtual key that an API key (key_…) has at LiteLLM.

    For a client that asks LiteLLM itself, past LaunchKit and its budgets. It is a secret, and ends with the key.
    """
    found = ids.find("key", key_id)
    if found is None:
        raise Expected(f"{key_id!r} is no API key's id: it begins with key_, and is in the list of keys.")
    settings = cli_settings.load(redis=False)
    if settings.litellm is None:
        raise Expected(
            "No LiteLLM is set, so keys have no copy there: set LITELLM_BASE_URL and LITELLM_MASTER_KEY."
        )
    keys = VirtualKeys(hashing.derive_key(settings.secret_key, virtual_keys.PURPOSE))
    click.echo(keys.of(found))
