"""The keys that accounts are kept with: one per purpose, all of the installation's secret."""

from dataclasses import dataclass, field

from app.accounts.tokens import TokenSigner
from app.infra import hashing


@dataclass(frozen=True, slots=True)
class AccountKeys:
    """`signer` of access tokens; `refresh` digests refresh tokens.

    `csrf` makes the tokens against forged requests, `attempts` digests the addresses that sign-ins are counted by.
    `links` signs the links in mails, `totp` encrypts the secrets of second factors, `recovery` digests the codes
    that stand in for one.
    """

    signer: TokenSigner
    refresh: bytes = field(repr=False)
    csrf: bytes = field(repr=False)
    attempts: bytes = field(repr=False)
    links: bytes = field(repr=False)
    totp: bytes = field(repr=False)
    recovery: bytes = field(repr=False)

    @classmethod
    def derive(cls, secret_key: str) -> "AccountKeys":
        return cls(
            signer=TokenSigner(hashing.derive_key(secret_key, "access-tokens")),
            refresh=hashing.derive_key(secret_key, "refresh-tokens"),
            csrf=hashing.derive_key(secret_key, "csrf-tokens"),
            attempts=hashing.derive_key(secret_key, "sign-in-attempts"),
            links=hashing.derive_key(secret_key, "one-time-links"),
            totp=hashing.derive_key(secret_key, "totp-secrets"),
            recovery=hashing.derive_key(secret_key, "recovery-codes"),
        )
