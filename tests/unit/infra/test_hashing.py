"""Passwords and high-entropy secrets at rest."""

import asyncio
import threading
import time
from types import SimpleNamespace

import pytest

from app.infra import hashing

PASSWORD = "correct horse battery staple"


class TestVerifyPassword:
    async def test_tells_the_right_password_from_a_wrong_one(self) -> None:
        stored = await hashing.hash_password(PASSWORD)

        assert stored.startswith("$argon2id$")
        assert PASSWORD not in stored
        assert await hashing.verify_password(stored, PASSWORD)
        assert not await hashing.verify_password(stored, PASSWORD + " ")

    async def test_salts_each_hash(self) -> None:
        first, second = await asyncio.gather(hashing.hash_password(PASSWORD), hashing.hash_password(PASSWORD))

        assert first != second

    async def test_refuses_everything_where_nothing_is_stored(self) -> None:
        assert not await hashing.verify_password(None, "nobody has this password")
        assert not await hashing.verify_password("", "")

    @pytest.mark.parametrize("stored", [None, "not a hash", "$argon2id$v=19$m=8,t=1,p=1$broken"])
    async def test_never_raises_on_what_is_stored(self, stored: str | None) -> None:
        assert not await hashing.verify_password(stored, PASSWORD)

    async def test_does_the_same_work_for_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        checked: list[str] = []
        original = hashing._hasher

        def verify(stored: str, password: str) -> bool:
            checked.append(stored)
            return original.verify(stored, password)

        monkeypatch.setattr(hashing, "_hasher", SimpleNamespace(verify=verify))
        await hashing.verify_password(None, PASSWORD)

        (stored,) = checked
        assert not original.check_needs_rehash(stored), "other parameters take another time"

    async def test_leaves_the_event_loop_to_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a stopwatch: the loop has to let the work go on, and can while it is blocked elsewhere."""
        entered, let_go = threading.Event(), threading.Event()

        def slow(stored: str | None, password: str) -> bool:
            entered.set()
            return let_go.wait(30)

        monkeypatch.setattr(hashing, "_matches", slow)
        verification = asyncio.create_task(hashing.verify_password("x", PASSWORD))
        deadline = time.monotonic() + 30
        while not entered.is_set() and time.monotonic() < deadline:
            await asyncio.sleep(0.001)
        assert entered.is_set()
        assert not verification.done()
        let_go.set()

        assert await verification

    async def test_turns_away_who_would_only_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        let_go = threading.Event()
        monkeypatch.setattr(hashing, "_matches", lambda stored, password: let_go.wait(30))
        bound = hashing._MAX_UNDER_WAY
        waiting = [asyncio.create_task(hashing.verify_password("x", PASSWORD)) for _ in range(bound + 3)]
        refused, under_way = await asyncio.wait(waiting, timeout=25, return_when=asyncio.FIRST_COMPLETED)
        let_go.set()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)

        assert (len(refused), len(under_way)) == (3, bound)
        assert outcomes[:bound] == [True] * bound
        for refusal in outcomes[bound:]:
            assert isinstance(refusal, hashing.TooManySignIns)
            assert refusal.retry_after
        assert await hashing.verify_password("x", PASSWORD), "there is room again"

    async def test_counts_hashes_and_verifications_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A hash takes as much memory: signing up must not be the way around the bound."""
        let_go = threading.Event()
        monkeypatch.setattr(hashing, "_hasher", SimpleNamespace(hash=lambda password: let_go.wait(30)))
        bound = hashing._MAX_UNDER_WAY
        waiting = [asyncio.create_task(hashing.hash_password(PASSWORD)) for _ in range(bound)]
        await asyncio.sleep(0)
        for another in (hashing.hash_password(PASSWORD), hashing.verify_password("x", PASSWORD)):
            with pytest.raises(hashing.TooManySignIns):
                await another
        let_go.set()

        assert len(await asyncio.gather(*waiting)) == bound

    async def test_makes_room_when_one_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(stored: str | None, password: str) -> bool:
            raise MemoryError

        monkeypatch.setattr(hashing, "_matches", fails)
        for _ in range(hashing._MAX_UNDER_WAY + 1):
            with pytest.raises(MemoryError):
                await hashing.verify_password("x", PASSWORD)


class TestKeyedDigest:
    def test_depends_on_the_key_and_the_secret(self) -> None:
        digests = {hashing.keyed_digest(key, secret) for key in (b"a", b"b") for secret in ("x", "y")}

        assert len(digests) == 4
        assert {len(digest) for digest in digests} == {32}

    def test_is_hmac_sha256(self) -> None:
        # RFC 4231, test case 2
        digest = hashing.keyed_digest(b"Jefe", "what do ya want for nothing?")

        assert digest.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


class TestDeriveKey:
    def test_gives_each_purpose_a_key_of_its_own(self) -> None:
        keys = {hashing.derive_key(secret, use) for secret in ("s1", "s2") for use in ("tokens", "keys")}

        assert len(keys) == 4

    def test_is_the_same_in_every_process(self) -> None:
        assert hashing.derive_key("s", "p") == hashing.keyed_digest(b"s", "launchkit:p")
