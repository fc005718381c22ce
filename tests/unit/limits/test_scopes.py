"""Which buckets a caller spends from."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from app.core.ids import OrgId
from app.core.principal import Principal, PrincipalKind
from app.core.token_bucket import Demand, Quota
from app.limits import plans, scopes
from app.limits.types import Caller, Scope
from app.plans import current
from tests.factories.plans import CATALOGUE, FREE

ME, ACME, RIVAL = UUID(int=1), OrgId(UUID(int=2)), OrgId(UUID(int=3))


@pytest.fixture(autouse=True)
def _plans() -> Iterator[None]:
    before = current.catalogue()
    current.install(CATALOGUE)
    yield
    current.install(before)


def caller(kind: PrincipalKind, **orgs: str) -> Caller:
    """`acme="PRO"`: in that org, which has that plan."""
    known = {"acme": ACME, "rival": RIVAL}
    of = {known[name]: plan for name, plan in orgs.items()}
    principal = Principal(kind, ME, dict.fromkeys(of, frozenset()), plans=of)
    return Caller(principal, "192.0.2.1")


class TestOf:
    @pytest.mark.parametrize(
        ("plan", "amount"), [("FREE", 60), ("PRO", 300), ("ENTERPRISE", 6_000), ("BRONZE", 60)]
    )
    def test_a_key_are_the_org_the_key_and_the_address(self, plan: str, amount: int) -> None:
        assert scopes.of(caller("api_key", acme=plan)) == [
            (Scope.ORG, Demand(f"org:{ACME}", Quota(amount))),
            (Scope.API_KEY, Demand(f"api_key:{ME}", Quota(amount))),
            (Scope.IP, Demand("ip:192.0.2.1", plans.ADDRESS)),
        ]

    def test_a_user_of_one_org_are_the_org_and_the_user(self) -> None:
        found = scopes.of(caller("user", acme="PRO"))
        assert [(scope, demand.quota.amount) for scope, demand in found[:2]] == [
            (Scope.ORG, 300),
            (Scope.USER, 300),
        ]

    def test_a_user_of_several_orgs_are_the_user_with_the_best_plan(self) -> None:
        found = scopes.of(caller("user", acme="FREE", rival="PRO"))
        assert [(scope, demand.quota.amount) for scope, demand in found] == [
            (Scope.USER, 300),
            (Scope.IP, plans.ADDRESS.amount),
        ]

    def test_a_user_of_no_org_have_the_least(self) -> None:
        [(scope, demand), _] = scopes.of(caller("user"))
        assert (scope, demand.quota) == (Scope.USER, Quota(FREE.requests_per_minute))

    def test_nobody_are_another_bucket_of_the_address(self) -> None:
        [(scope, demand)] = scopes.of(Caller(None, "192.0.2.1"))
        assert (scope, demand) == (Scope.ANONYMOUS, Demand("anonymous:192.0.2.1", plans.ANONYMOUS))


class TestNetwork:
    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::", "2001:db8:1:2::/64"),
            ("fe80::1%eth0", "fe80::/64"),
            ("", ""),
        ],
    )
    def test_is_what_one_customer_of_a_provider_has(self, address: str, network: str) -> None:
        assert scopes.network(address) == network
