"""API keys as values."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.ids import ApiKeyId, OrgId, WorkspaceId
from app.core.principal import Permission, PrincipalKind
from app.idempotency import types as idempotency
from app.idempotency.types import Done

MAX_NAME_LENGTH = 100
MAX_MODELS = 50
MAX_MODEL_LENGTH = 128
MAX_TOKENS_PER_MINUTE = 1_000_000_000
LONGEST_OVERLAP_HOURS = 168
LONGEST_LIFE = timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`allowed_models` are patterns of `app.core.allowed_models`, None is any model. `tokens_per_minute` are those of
    models that it may take through the gateway, None is any number.

    `replaced_by_id` is the key it was rotated to. Who made a key is not known of the oldest ones.
    """

    id: ApiKeyId
    org_id: OrgId
    workspace_id: WorkspaceId
    name: str
    public_id: str
    scopes: frozenset[Permission]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    allowed_models: tuple[str, ...] | None = None
    tokens_per_minute: int | None = None
    created_by_kind: PrincipalKind | None = None
    created_by_id: UUID | None = None
    replaced_by_id: ApiKeyId | None = None

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """The only place where the key in full exists outside the client.

    `token` is None in a replay: the text was shown once and is kept nowhere.
    """

    key: ApiKey
    token: str | None = field(repr=False)
    is_replay: bool = False

    @classmethod
    def of(cls, done: Done[ApiKey], token: str) -> "NewApiKey":
        return cls(done.value, None if done.is_replay else token, done.is_replay)

    @property
    def shown_token(self) -> str:
        """The text of a key that was made just now."""
        assert self.token is not None, "a replay shows no text"
        return self.token


@dataclass(frozen=True, slots=True)
class CreateApiKey:
    """A wish for a key. Without `workspace_id` it is for the maker's own workspace, or the org's first live one."""

    name: str
    scopes: Sequence[str]
    workspace_id: WorkspaceId | None = None
    expires_at: datetime | None = None
    allowed_models: Sequence[str] | None = None
    tokens_per_minute: int | None = None
    idempotency_key: str | None = None

    def faults(self, *, now: datetime) -> list[FieldError]:
        return [
            *idempotency.validate_key(self.idempotency_key),
            *_of_name(self.name),
            *_of_scopes(self.scopes),
            *_of_expiry(self.expires_at, now),
            *_of_models(self.allowed_models),
            *_of_tokens(self.tokens_per_minute),
        ]


@dataclass(frozen=True, slots=True)
class RotateApiKey:
    """`overlap_hours` is how long the old key stays good; None leaves it to the installation."""

    overlap_hours: int | None = None
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = idempotency.validate_key(self.idempotency_key)
        if self.overlap_hours is not None and not 0 <= self.overlap_hours <= LONGEST_OVERLAP_HOURS:
            mend = f"Use 0 to {LONGEST_OVERLAP_HOURS} hours."
            errors.append(FieldError("overlap_hours", "out_of_range", mend))
        if errors:
            raise InvalidInput(errors)

    def overlap(self, default: timedelta) -> timedelta:
        return default if self.overlap_hours is None else timedelta(hours=self.overlap_hours)


class Unchanged(Enum):
    """Says of a field that it stays as it is, where None says something else."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class UpdateApiKey:
    """What is to be different. Scopes only get fewer: for more, create another key."""

    name: str | Unchanged = UNCHANGED
    scopes: Sequence[str] | Unchanged = UNCHANGED
    allowed_models: Sequence[str] | Unchanged | None = UNCHANGED
    tokens_per_minute: int | Unchanged | None = UNCHANGED
    idempotency_key: str | None = None

    def wishes(self) -> dict[str, object]:
        """The fields that are to change, as they were given."""
        wanted = {
            "name": self.name,
            "scopes": self.scopes,
            "allowed_models": self.allowed_models,
            "tokens_per_minute": self.tokens_per_minute,
        }
        return {name: value for name, value in wanted.items() if value is not UNCHANGED}

    def faults(self) -> list[FieldError]:
        errors = idempotency.validate_key(self.idempotency_key)
        if self.name is not UNCHANGED:
            errors += _of_name(self.name)
        if self.scopes is not UNCHANGED:
            errors += _of_scopes(self.scopes)
        if self.allowed_models is not UNCHANGED:
            errors += _of_models(self.allowed_models)
        if self.tokens_per_minute is not UNCHANGED:
            errors += _of_tokens(self.tokens_per_minute)
        return errors

    def faults_against(self, stored_scopes: Collection[str]) -> list[FieldError]:
        """Scopes that exist, but that the key does not have."""
        if self.scopes is UNCHANGED:
            return []
        mend = "Scopes only get fewer: create another key for more."
        return [
            FieldError("scopes", "scope_not_in_key", f"The key does not have {scope}. {mend}")
            for scope in sorted(_KNOWN & set(self.scopes) - set(stored_scopes))
        ]

    def changes(self, key: ApiKey) -> dict[str, Any]:
        """The fields of `key` that come out different."""
        wanted: dict[str, Any] = self.wishes()
        if self.scopes is not UNCHANGED:
            wanted["scopes"] = known_scopes(self.scopes)
        if isinstance(self.allowed_models, Sequence):
            wanted["allowed_models"] = tuple(self.allowed_models)
        return {name: value for name, value in wanted.items() if value != getattr(key, name)}

    def stored_scopes(self, stored: Collection[str]) -> list[str]:
        """What is stored afterwards: those of another version stay where scopes are not touched."""
        return sorted(stored if self.scopes is UNCHANGED else set(self.scopes))


def known_scopes(stored: Iterable[str]) -> frozenset[Permission]:
    """Those of this version. A newer one, running beside it or rolled back, may have stored others."""
    return frozenset(Permission(scope) for scope in stored if scope in _KNOWN)


_KNOWN = frozenset(permission.value for permission in Permission)


def _of_name(name: str) -> list[FieldError]:
    errors = []
    if not (1 <= len(name) <= MAX_NAME_LENGTH and name.strip()):
        errors.append(FieldError("name", "length", f"Use 1 to {MAX_NAME_LENGTH} characters."))
    if not name.isprintable():
        errors.append(FieldError("name", "characters", "Use printable characters on one line."))
    return errors


def _of_scopes(scopes: Sequence[str]) -> list[FieldError]:
    if not scopes:
        return [FieldError("scopes", "empty", "Name at least one scope.")]
    known = ", ".join(sorted(_KNOWN))
    unknown = dict.fromkeys(scope for scope in scopes if scope not in _KNOWN)
    # A few are enough to see the mistake; a list of a million would come back as a million errors.
    return [
        FieldError("scopes", "unknown_scope", f"There is no scope {scope[:64]!r}; there are {known}.")
        for scope in list(unknown)[: len(_KNOWN)]
    ]


def _of_expiry(expires_at: datetime | None, now: datetime) -> list[FieldError]:
    if expires_at is None:
        return []
    if expires_at.tzinfo is None:
        return [FieldError("expires_at", "no_offset", "Say the offset from UTC, for example …T10:00:00Z.")]
    if expires_at <= now:
        return [FieldError("expires_at", "past", "Name a time in the future.")]
    if expires_at > now + LONGEST_LIFE:
        return [FieldError("expires_at", "too_late", "Name a time within ten years, or none.")]
    return []


def _of_models(patterns: Sequence[str] | None) -> list[FieldError]:
    if patterns is None:
        return []
    if not 1 <= len(patterns) <= MAX_MODELS:
        mend = f"Name 1 to {MAX_MODELS} models, or leave it out for all."
        return [FieldError("allowed_models", "count", mend)]
    mend = f"Use a model's name, or a prefix and one * at its end, of at most {MAX_MODEL_LENGTH} characters."
    return [
        FieldError(f"allowed_models.{place}", "pattern", mend)
        for place, pattern in enumerate(patterns)
        if not _is_pattern(pattern)
    ]


def _of_tokens(amount: int | None) -> list[FieldError]:
    if amount is None or 1 <= amount <= MAX_TOKENS_PER_MINUTE:
        return []
    mend = f"Use 1 to {MAX_TOKENS_PER_MINUTE:,} tokens a minute, or null for any number."
    return [FieldError("tokens_per_minute", "out_of_range", mend)]


def _is_pattern(text: str) -> bool:
    is_plain = text.isascii() and text.isprintable() and " " not in text and "*" not in text[:-1]
    return is_plain and 1 <= len(text) <= MAX_MODEL_LENGTH
