"""The keys that accounts are kept with: one per purpose, all of the installation's secret."""

from dataclasses import dataclass, field

from app.accounts.tokens import TokenSigner
from app.infra import hashing


@dataclass(frozen=True, slots=True)
class AccountKeys:
    """`signer` of access tokens; `refresh` digests refresh tokens."""

    signer: TokenSigner
    refresh: bytes = field(repr=False)

    @classmethod
    def derive(cls, secret_key: str) -> "AccountKeys":
        return cls(
            signer=TokenSigner(hashing.derive_key(secret_key, "access-tokens")),
            refresh=hashing.derive_key(secret_key, "refresh-tokens"),
        )
