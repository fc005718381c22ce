"""How to call the fields about accounts: most need something that one is mailed, or shown, or has been given before."""

from collections.abc import Mapping, Sequence

import pyotp

from app.accounts.keys import AccountKeys
from app.accounts.links.purposes import Purpose
from app.accounts.totp import service as totp
from app.core.clock import utcnow
from app.core.principal import Principal
from app.infra import db
from tests.factories import factors, links, sessions
from tests.factories.orgs import PASSWORD
from tests.tenancy.values import PEOPLE, PUBLIC, Call, Id, Made, Unique, call
from tests.tenancy.world import Asker, World

NEW_PASSWORD = "a rather long sentence, and nobody's"


def keys(world: World) -> AccountKeys:
    return AccountKeys.derive(world.settings.secret_key)


def principal(asker: Asker) -> Principal:
    assert asker.person is not None
    return Principal("user", asker.person)


async def refresh_token(world: World, _asker: Asker) -> str:
    return (await sessions.begun(keys(world), world.acme.owner, now=utcnow())).refresh.token


async def mailed_verification(world: World, _asker: Asker) -> str:
    await db.execute("UPDATE user_account SET email_verified_at = NULL WHERE id = $1", world.acme.owner.id)
    return await links.made(world.acme, Purpose.VERIFY_EMAIL, created_at=utcnow(), keys=keys(world))


async def mailed_reset(world: World, _asker: Asker) -> str:
    return await links.made(world.acme, Purpose.RESET_PASSWORD, created_at=utcnow(), keys=keys(world))


async def code_to_confirm(world: World, asker: Asker) -> str:
    enrolment = await totp.enable(factors.proved(principal(asker)), keys=keys(world), now=utcnow())
    return pyotp.TOTP(enrolment.secret).at(utcnow())


async def recovery_code(world: World, asker: Asker) -> str:
    app = await factors.set_up(principal(asker), keys=keys(world), at=utcnow())
    return app.recovery[0]


FIELDS: Mapping[str, Sequence[Call]] = {
    "Query.sessions": [call(PEOPLE)],
    "Query.csrfToken": [call(PUBLIC)],
    "Query.identities": [call(PEOPLE)],
    "Query.identityProviders": [call(PUBLIC)],
    "Mutation.signIn": [
        call(
            PUBLIC,
            input={"email": "owner@acme.example", "password": PASSWORD, "code": None, "session": "TOKEN"},
        ),
    ],
    "Mutation.signUp": [
        call(PUBLIC, input={"email": Unique("new-{}@acme.example"), "name": "New", "password": NEW_PASSWORD})
    ],
    "Mutation.requestEmailVerification": [
        call(PEOPLE, unless=dict.fromkeys(("OWNER", "ADMIN", "MEMBER"), "email_already_verified"))
    ],
    "Mutation.verifyEmail": [call(PUBLIC, input={"token": Made(mailed_verification)})],
    "Mutation.requestPasswordReset": [call(PUBLIC, input={"email": "owner@acme.example"})],
    "Mutation.resetPassword": [
        call(PUBLIC, input={"token": Made(mailed_reset), "password": NEW_PASSWORD}),
    ],
    "Mutation.changePassword": [call(PEOPLE, input={"current": PASSWORD, "new": NEW_PASSWORD})],
    "Mutation.refreshSession": [call(PUBLIC, input={"refreshToken": Made(refresh_token)})],
    "Mutation.signOut": [call(PEOPLE, input={"everywhere": True})],
    "Mutation.revokeSession": [call(PEOPLE, input={"id": Id("session")})],
    "Mutation.revokeOtherSessions": [call(PEOPLE, input={"keep": Id("session")})],
    "Mutation.linkIdentity": [
        call(PEOPLE, input={"provider": "github", "returnTo": "/", "password": PASSWORD})
    ],
    "Mutation.unlinkIdentity": [call(PEOPLE, input={"id": Id("identity")})],
    "Mutation.enableTotp": [call(PEOPLE, input={"password": PASSWORD})],
    "Mutation.confirmTotp": [call(PEOPLE, input={"code": Made(code_to_confirm), "password": PASSWORD})],
    "Mutation.disableTotp": [call(PEOPLE, input={"code": Made(recovery_code)})],
    "Mutation.replaceRecoveryCodes": [call(PEOPLE, input={"code": Made(recovery_code)})],
}
