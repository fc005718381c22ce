"""Settings as a command needs them."""

from collections.abc import Callable

from app.core import config
from app.core.config import Settings, SettingsError

_UNSIGNED = (
    "LAUNCHKIT_SECRET_KEY is not set: every process of an installation needs the same one "
    '(python -c "import secrets; print(secrets.token_urlsafe(32))"), or use `launchkit dev`.'
)


def load(*, redis: bool = True, secret: bool = True) -> Settings:
    """With the database and what else a command needs; raises `SettingsError` naming all that is missing."""
    settings = config.load()
    problems = [*_refusal(settings.require_database_url)]
    if redis:
        problems += _refusal(settings.require_redis_url)
    # Production has refused an empty one before; in development it would sign sessions just as well.
    if secret and not settings.secret_key:
        problems.append(_UNSIGNED)
    if problems:
        raise SettingsError("\n".join(problems))
    return settings


def _refusal(require: Callable[[], str]) -> list[str]:
    try:
        require()
    except SettingsError as error:
        return [str(error)]
    return []
