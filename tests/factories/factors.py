"""Second factors, and the apps that show their codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

from app.accounts.keys import AccountKeys
from app.accounts.proving import Proved
from app.accounts.totp import service
from app.core.ids import UserId
from app.core.principal import Principal
from tests.factories.links import KEYS
from tests.factories.orgs import NOW


@dataclass(frozen=True)
class App:
    """An authenticator app that scanned the QR code."""

    secret: str
    recovery: Sequence[str] = ()

    def code(self, *, at: datetime = NOW) -> str:
        return pyotp.TOTP(self.secret).at(at)

    def wrong(self, *, at: datetime = NOW) -> str:
        """Six digits that are right at no time near `at`."""
        right = {self.code(at=at + steps * timedelta(seconds=30)) for steps in range(-3, 4)}
        return next(code for code in (f"{number:06}" for number in range(10)) if code not in right)


def proved(principal: Principal) -> Proved:
    """As after the right password, without the time of its hash."""
    return Proved(UserId(principal.id), principal.session_id)


async def set_up(principal: Principal, *, keys: AccountKeys = KEYS, at: datetime = NOW) -> App:
    """A confirmed second factor; the code of the step of `at` is spent."""
    enrolment = await service.enable(proved(principal), keys=keys, now=at)
    app = App(enrolment.secret)
    recovery = await service.confirm(proved(principal), app.code(at=at), keys=keys, now=at)
    return App(enrolment.secret, recovery.codes)
