"""Secrets at rest."""

import pytest

from app.accounts.totp import encryption
from app.accounts.totp.errors import SecretUnreadable
from app.core import ids

KEY = b"k" * 32
USER = ids.uuid7()
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class TestSeal:
    def test_hides_the_secret_and_never_looks_the_same(self) -> None:
        first, second = (encryption.seal(KEY, USER, SECRET) for _ in range(2))

        assert first != second
        assert SECRET.encode() not in first


class TestOpen:
    def test_gives_the_secret_back(self) -> None:
        assert encryption.open_(KEY, USER, encryption.seal(KEY, USER, SECRET)) == SECRET

    def test_refuses_under_another_key(self) -> None:
        with pytest.raises(SecretUnreadable, match="LAUNCHKIT_SECRET_KEY"):
            encryption.open_(b"x" * 32, USER, encryption.seal(KEY, USER, SECRET))

    def test_refuses_the_row_of_another(self) -> None:
        with pytest.raises(SecretUnreadable):
            encryption.open_(KEY, ids.uuid7(), encryption.seal(KEY, USER, SECRET))

    def test_refuses_what_was_changed_anywhere(self) -> None:
        sealed = encryption.seal(KEY, USER, SECRET)

        for place in range(len(sealed)):
            changed = bytearray(sealed)
            changed[place] ^= 1
            with pytest.raises(SecretUnreadable):
                encryption.open_(KEY, USER, bytes(changed))
