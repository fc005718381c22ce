"""Whoever may, can; whoever may not, is told so in one word, and nothing changes."""

import pytest

from app.core.principal import Permission
from app.web.errors import INTERNAL_DETAIL
from tests.tenancy import asking, digest
from tests.tenancy.asking import Registered, Walker, own
from tests.tenancy.values import Needs
from tests.tenancy.world import Asker, World

CALLS = asking.registered()


def verdict(needs: Needs, asker: Asker) -> str:
    if needs.is_public:
        return "ok"
    if not asker.is_known:
        return "unauthenticated"
    if needs.keys_only and asker.is_person:
        return "unauthenticated"
    if needs.people_only and not asker.is_person:
        return "forbidden"
    return "ok" if needs.permission is None or needs.permission in asker.granted else "forbidden"


@pytest.mark.parametrize("one", CALLS, ids=str)
class TestCall:
    async def test_is_refused_to_everybody_else(self, walker: Walker, world: World, one: Registered) -> None:
        refused = [asker for asker in world.askers if verdict(one.needs, asker) != "ok"]
        await walker.restore()
        before = await digest.of_database(), digest.of_redis(world.settings)
        for asker in refused:
            answer = await walker.ask(one, asker, own(world, asker))
            expected = verdict(one.needs, asker)
            # Whom only people may do it, a key is told so.
            told = "forbidden" if answer.outcome == "person_needed" else answer.outcome
            assert told == expected, f"{one} answered {asker}: {answer.text}"
        assert (await digest.of_database(), digest.of_redis(world.settings)) == before, (
            f"{one} changed something."
        )

    async def test_is_possible_for_whoever_may(self, walker: Walker, world: World, one: Registered) -> None:
        allowed = [asker for asker in world.askers if verdict(one.needs, asker) == "ok"]
        if one.needs.is_public:
            # Everybody is the same to it, and some of it is slow by design.
            allowed = [asker for asker in allowed if asker.name in ("OWNER", "nobody")]
        for asker in allowed:
            answer = await walker.ask_as_one_who_may(one, asker)
            expected = one.call.unless.get(asker.name, "ok")
            assert answer.outcome == expected, f"{one} answered {asker}: {answer.text}"

    async def test_tells_nothing_of_others_however_much_is_asked_for(
        self, walker: Walker, world: World, one: Registered
    ) -> None:
        """The walker looks at every answer; what is within may be refused to some, and only refused."""
        for name in ("OWNER", "VIEWER", "key with every scope"):
            asker = world.asker(name)
            if verdict(one.needs, asker) != "ok":
                await walker.ask(one, asker, own(world, asker), whole=True)
            else:
                answer = await walker.ask_as_one_who_may(one, asker, whole=True)
                assert INTERNAL_DETAIL not in answer.text  # by its code a job may have failed
                assert answer.outcome == one.call.unless.get(name, "ok"), (
                    f"{one} answered {asker}: {answer.text}"
                )

    async def test_tells_nothing_of_people_to_a_key_that_may_not_read_them(
        self, walker: Walker, world: World, one: Registered
    ) -> None:
        """Through whatever door: a job tells who made it."""
        askers = [
            asker
            for asker in world.askers
            if not asker.is_person
            and Permission.MEMBERS_READ not in asker.granted
            and verdict(one.needs, asker) == "ok"
            and not one.needs.is_public
        ]
        for asker in askers:
            answer = await walker.ask_as_one_who_may(one, asker, whole=True)
            assert world.acme.email not in answer.text, f"{one} told {asker}: {answer.text}"
