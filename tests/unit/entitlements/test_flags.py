"""Feature flags: who has them, and that they keep them."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.core.ids import OrgId
from app.entitlements.flags import is_rolled_out, state
from app.entitlements.types import Flag, FlagReason
from tests.factories.orgs import NOW

orgs = st.uuids().map(OrgId)
MANY = [OrgId(UUID(int=number * 7919)) for number in range(10_000)]


class TestIsRolledOut:
    @given(orgs, st.integers(0, 100), st.integers(0, 100))
    def test_keeps_whom_it_has_while_the_share_grows(self, org_id: OrgId, one: int, other: int) -> None:
        fewer, more = sorted((one, other))
        assert is_rolled_out("canvas", org_id, fewer) <= is_rolled_out("canvas", org_id, more)

    @given(orgs)
    def test_is_nobody_at_none_and_everybody_at_all(self, org_id: OrgId) -> None:
        assert (is_rolled_out("canvas", org_id, 0), is_rolled_out("canvas", org_id, 100)) == (False, True)

    def test_is_about_the_share_and_another_one_for_each_flag(self) -> None:
        canvas = {org for org in MANY if is_rolled_out("canvas", org, 30)}
        drafts = {org for org in MANY if is_rolled_out("drafts", org, 30)}
        assert 2_800 < len(canvas) < 3_200
        assert 700 < len(canvas & drafts) < 1_100

    def test_never_changes_its_mind(self) -> None:
        assert [is_rolled_out("canvas", org, 50) for org in MANY[:8]] == [
            *(False, False, False, True, False, False, True, True)
        ]


class TestState:
    @given(
        orgs,
        st.none() | st.lists(st.sampled_from(["FREE", "PRO"])),
        st.integers(0, 100),
        st.none() | st.booleans(),
    )
    def test_asks_the_plan_then_the_org_then_the_rollout(
        self, org_id: OrgId, plans: list[str] | None, percentage: int, override: bool | None
    ) -> None:
        flag = Flag("canvas", "", None if plans is None else tuple(plans), percentage, NOW)
        found = state(flag, org_id=org_id, plan="FREE", override=override)
        assert found.is_permitted == (plans is None or "FREE" in plans)
        if not found.is_permitted:
            assert (found.is_enabled, found.reason) == (False, FlagReason.PLAN)
        elif override is not None:
            assert (found.is_enabled, found.reason) == (override, FlagReason.OVERRIDE)
        else:
            assert found.is_enabled == is_rolled_out("canvas", org_id, percentage)
