"""The catalogue of plans."""

from dataclasses import replace
from datetime import timedelta

from app.plans.types import NOTHING, Catalogue
from tests.factories.plans import CATALOGUE, ENTERPRISE, FREE, PRO, SINCE

NEWER = replace(PRO, version=2, seats=20, effective_from=SINCE + timedelta(days=30))


class TestOf:
    def test_is_the_version_that_an_org_is_pinned_to(self) -> None:
        both = Catalogue([NEWER, FREE, PRO])
        assert (both.of("PRO@1"), both.of("PRO@2")) == (PRO, NEWER)

    def test_is_the_newest_version_of_a_code_alone_and_of_a_version_not_read_yet(self) -> None:
        both = Catalogue([NEWER, FREE, PRO])
        assert (both.of("PRO"), both.of("PRO@3")) == (NEWER, NEWER)

    def test_is_the_smallest_plan_where_none_is_known(self) -> None:
        assert (CATALOGUE.of("BRONZE@1"), CATALOGUE.of(None)) == (FREE, FREE)

    def test_is_nothing_before_anything_was_read(self) -> None:
        assert Catalogue().of("PRO@1") == NOTHING


class TestOnOffer:
    def test_is_the_newest_version_in_force_of_each_plan_the_smallest_first(self) -> None:
        all_of_them = Catalogue([ENTERPRISE, NEWER, PRO, FREE])
        assert all_of_them.on_offer(now=SINCE) == [FREE, PRO, ENTERPRISE]
        assert all_of_them.on_offer(now=NEWER.effective_from) == [FREE, NEWER, ENTERPRISE]


class TestTokenLimit:
    def test_is_there_only_where_nothing_beyond_it_can_be_bought(self) -> None:
        assert [plan.token_limit for plan in (FREE, PRO, ENTERPRISE)] == [50_000, None, None]
