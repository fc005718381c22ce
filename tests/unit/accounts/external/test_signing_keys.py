"""Keys of an issuer: which are usable, and how they change."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey, OKPKey, RSAKey

from app.accounts.external import signing_keys
from app.accounts.external.kept import COOLDOWN, FRESH
from app.accounts.external.signing_keys import SigningKeys
from app.core.federation import IssuerUnavailable
from tests.factories.orgs import NOW
from tests.waiting import until

RSA = RSAKey.generate_key(2048, parameters={"kid": "r"}).as_dict(private=False)
EC = ECKey.generate_key("P-256", parameters={"kid": "e"}).as_dict(private=False)
OKP = OKPKey.generate_key("Ed25519", parameters={"kid": "o"}).as_dict(private=False)


def kids(*keys: Any) -> set[str | None]:
    return set(signing_keys.parse({"keys": list(keys)}))


class TestParse:
    def test_reads_every_asymmetric_kind(self) -> None:
        assert kids(RSA, EC, OKP) == {"r", "e", "o"}

    @pytest.mark.parametrize(
        "unusable",
        [
            {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQ", "kid": "x"},
            {**RSA, "kid": "x", "use": "enc"},
            {"kty": "RSA", "kid": "x", "n": "AQAB", "e": "AQAB"},
            {"kty": "RSA", "kid": "x"},
            {"kty": "EC", "kid": "x", "crv": "P-256", "x": "AQ", "y": "AQ"},
            {"kty": "EC", "kid": "x", "crv": "nonsense", "x": "AQ", "y": "AQ"},
            {"kty": "AKP", "kid": "x"},
            {"kid": "x"},
            {**RSA, "kid": ["x"]},
            {**RSA, "kid": 1},
            {**RSA, "kid": "x", "n": 5},
            "x",
            None,
        ],
        # Not by what they are: the keys are new in each process, and all processes have to name tests alike.
        ids=map(str, itertools.count()),
    )
    def test_leaves_out_what_nobody_should_sign_with(self, unusable: Any) -> None:
        assert kids(unusable, EC) == {"e"}

    def test_leaves_out_a_short_key(self) -> None:
        with pytest.warns(match="2048"):
            short = RSAKey.generate_key(1024, parameters={"kid": "x"}).as_dict(private=False)
        with pytest.warns(match="2048"):
            assert kids(short, EC) == {"e"}

    def test_never_holds_a_private_key(self) -> None:
        private = RSAKey.generate_key(2048, parameters={"kid": "p"}).as_dict(private=True)
        assert not signing_keys.parse({"keys": [private]})["p"].is_private

    @pytest.mark.parametrize("document", [None, [], "keys", {}, {"keys": {}}, {"keys": [EC] * 101}])
    def test_refuses_what_is_no_set(self, document: object) -> None:
        with pytest.raises(IssuerUnavailable):
            signing_keys.parse(document)


class Published:
    def __init__(self, *keys: Any) -> None:
        self.current = list(keys)
        self.asked = 0

    async def fetch(self, _now: object) -> object:
        self.asked += 1
        return {"keys": list(self.current)}


class TestSigningKeys:
    async def test_finds_a_new_key_when_it_is_first_used(self) -> None:
        published = Published(RSA)
        keys = SigningKeys(published.fetch)
        assert await keys.find("r", now=NOW)
        published.current = [RSA, EC]
        assert await keys.find("e", now=NOW + COOLDOWN)
        assert published.asked == 2

    async def test_drops_a_key_that_was_withdrawn(self) -> None:
        published = Published(RSA, EC)
        keys = SigningKeys(published.fetch)
        assert await keys.find("r", now=NOW)
        published.current = [EC]
        await keys.find("e", now=NOW + FRESH)
        await until(lambda: keys._kept._fetching is None, "the second answer")
        assert await keys.find("r", now=NOW + FRESH) is None

    async def test_asks_twice_a_minute_at_most_however_many_keys_are_made_up(self) -> None:
        published = Published(RSA)
        keys = SigningKeys(published.fetch)
        for number in range(600):
            assert (
                await keys.find(f"made-up-{number}", now=NOW + timedelta(milliseconds=100 * number)) is None
            )
        assert published.asked == 2

    async def test_needs_no_id_where_there_is_one_key(self) -> None:
        assert await SigningKeys(Published(RSA).fetch).find(None, now=NOW)
        assert await SigningKeys(Published(RSA, EC).fetch).find(None, now=NOW) is None
