"""Signing in."""

from types import SimpleNamespace

import pytest

from app.accounts import queries, service
from app.accounts.errors import WrongCredentials
from app.accounts.keys import AccountKeys
from app.accounts.types import Client, SignedIn, SignIn
from app.core.config import Settings
from app.core.errors import InvalidInput
from app.infra import db, hashing
from tests.factories.orgs import NOW, PASSWORD, Tenant, tenant, with_password

KEYS = AccountKeys.derive("k" * 32)
LAPTOP = Client("192.0.2.7", "Firefox")


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    made = await tenant(settings)
    await with_password(made)
    return made


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes that argon2 really worked on."""
    worked: list[str] = []
    original = hashing._hasher.verify

    def verify(stored: str, password: str) -> bool:
        worked.append(stored)
        return original(stored, password)

    monkeypatch.setattr(hashing, "_hasher", SimpleNamespace(verify=verify))
    return worked


async def sign_in(email: str, password: str) -> SignedIn:
    return await service.sign_in(KEYS, SignIn(email, password), client=LAPTOP, now=NOW)


class TestSignIn:
    async def test_gives_a_token_for_the_right_password(self, acme: Tenant) -> None:
        signed_in = await sign_in(acme.email, PASSWORD)

        assert signed_in.user.id == acme.owner.id
        assert signed_in.user.email == acme.email
        assert KEYS.signer.verify(signed_in.access.token, now=NOW).user_id == acme.owner.id

    async def test_does_not_mind_the_case_of_an_address(self, acme: Tenant) -> None:
        signed_in = await sign_in(acme.email.upper(), PASSWORD)

        assert signed_in.user.id == acme.owner.id

    async def test_begins_a_session_and_leaves_a_trace(self, acme: Tenant) -> None:
        signed_in = await sign_in(acme.email, PASSWORD)

        row = await db.fetchrow("SELECT * FROM user_session WHERE id = $1", signed_in.session_id)
        assert row is not None
        assert (row["user_id"], row["ip"], row["user_agent"]) == (acme.owner.id, "192.0.2.7", "Firefox")
        traces = await db.fetch(
            "SELECT principal_id, target_id FROM audit_entry WHERE action = 'session.started'"
        )
        assert [tuple(trace) for trace in traces] == [(acme.owner.id, signed_in.session_id)]
        found = await queries.principal_of_token(KEYS.signer, signed_in.access.token, now=NOW)
        assert (found.id, found.session_id) == (acme.owner.id, signed_in.session_id)

    async def test_stores_a_digest_of_the_refresh_token_alone(self, acme: Tenant) -> None:
        signed_in = await sign_in(acme.email, PASSWORD)

        stored = await db.fetchval("SELECT refresh_token::text FROM refresh_token")
        assert signed_in.refresh.token not in stored
        assert signed_in.refresh.token not in repr(signed_in)

    @pytest.mark.parametrize("known", [True, False])
    async def test_answers_a_wrong_password_and_an_unknown_address_alike(
        self, acme: Tenant, known: bool, verified: list[str]
    ) -> None:
        email = acme.email if known else "nobody@acme.example"

        with pytest.raises(WrongCredentials) as raised:
            await sign_in(email, "wrong")

        assert str(raised.value) == WrongCredentials.title
        assert len(verified) == 1
        assert verified[0].startswith("$argon2id$v=19$m=65536,t=3,p=4$")

    async def test_refuses_an_account_without_a_password_after_the_same_work(
        self, settings: Settings, verified: list[str]
    ) -> None:
        other = await tenant(settings, "other")

        for password in ("nobody has this password", "x"):
            with pytest.raises(WrongCredentials):
                await sign_in(other.email, password)
        assert verified == [hashing._NOBODY] * 2

    @pytest.mark.parametrize("email", ["' OR 1=1 --@x", "%@acme.example", "owner@acme.example "])
    async def test_takes_an_address_as_it_is(self, acme: Tenant, email: str) -> None:
        with pytest.raises(WrongCredentials):
            await sign_in(email, PASSWORD)

    @pytest.mark.parametrize(
        ("email", "password", "fields"),
        [
            ("", "", ["email", "password"]),
            ("no-at-sign", "x", ["email"]),
            ("a@b", "", ["password"]),
            (f"{'a' * 254}@b", "x" * 1025, ["email", "password"]),
        ],
    )
    async def test_names_what_is_malformed_before_any_work(
        self, settings: Settings, verified: list[str], email: str, password: str, fields: list[str]
    ) -> None:
        with pytest.raises(InvalidInput) as raised:
            await sign_in(email, password)

        assert [error.field for error in raised.value.field_errors] == fields
        assert verified == []

    async def test_never_repeats_the_password(self, acme: Tenant) -> None:
        with pytest.raises(WrongCredentials) as raised:
            await sign_in(acme.email, "hunter2-hunter2")

        assert "hunter2" not in repr(raised.value)
        stored = await db.fetchval("SELECT string_agg(audit_entry::text, '') FROM audit_entry")
        assert "hunter2" not in stored
