"""Another org's id answers exactly as one that does not exist; a malformed one says no more; nothing changes."""

import pytest

from tests.tenancy import asking, digest
from tests.tenancy.asking import Registered, Walker, ids_of, missing, siblings, theirs, written
from tests.tenancy.world import SEPARATED, World, encode

WITH_IDS = [one for one in asking.registered() if ids_of(one.call)]
WITHIN_AN_ORG = [one for one in WITH_IDS if {*ids_of(one.call).values()} & SEPARATED.keys()]
ASKERS = ("OWNER", "key with every scope")
MALFORMED = [
    "x",
    "",
    "job_",
    "job_00000000000000000000000000",
    "job_zzzzzzzzzzzzzzzzzzzzzzzzzz",
    "job_0000000000000000000000000I",
    "018f4a2e-0000-7000-8000-000000000000",
    "'; DROP TABLE job; --",
    "é" * 26,
    "_" * 300,
]
# What a malformed id may be answered with.
PROMISED = ("invalid_input", "not_found")


@pytest.mark.parametrize("one", WITH_IDS, ids=str)
class TestId:
    async def test_of_another_org_answers_as_a_missing_one(
        self, walker: Walker, world: World, one: Registered
    ) -> None:
        paths = [*ids_of(one.call)]
        await walker.restore()
        before = await digest.of_database(), digest.of_redis(world.settings)
        for name in ASKERS:
            asker = world.asker(name)
            # Each by itself, and all of them at once.
            for chosen in dict.fromkeys([*(frozenset({path}) for path in paths), frozenset(paths)]):
                for is_whole in (True, False):
                    foreign = await walker.ask(one, asker, theirs(world, asker, chosen), whole=is_whole)
                    nowhere = await walker.ask(one, asker, missing(world, asker, chosen), whole=is_whole)
                    assert foreign.without_echo() == nowhere.without_echo(), (
                        f"{asker} can tell that another org has the {sorted(chosen)} that {one} was given."
                    )
        # With a place in one's own list that never was there, a change may be made all the same, to what is one's own.
        await walker.restore()
        assert (await digest.of_database(), digest.of_redis(world.settings)) == before

    async def test_that_is_malformed_or_of_another_kind_is_refused_in_words(
        self, walker: Walker, world: World, one: Registered
    ) -> None:
        await walker.restore()
        before = await digest.of_database(), digest.of_redis(world.settings)
        owner = world.asker("OWNER")
        for path in ids_of(one.call):
            for text in (*MALFORMED, *(encode(kind, row) for kind, row in world.theirs.items())):
                answer = await walker.ask(one, owner, written(world, owner, path, text), whole=True)
                assert answer.outcome == "ok" or answer.outcome.endswith(PROMISED), (one, path, text, answer)
        assert (await digest.of_database(), digest.of_redis(world.settings)) == before


@pytest.mark.parametrize("one", WITHIN_AN_ORG, ids=str)
class TestIdWithinAnOrg:
    async def test_of_another_workspace_or_person_answers_as_a_missing_one(
        self, walker: Walker, world: World, one: Registered
    ) -> None:
        await walker.restore()
        before = await digest.of_database(), digest.of_redis(world.settings)
        for name in {SEPARATED[kind] for kind in ids_of(one.call).values() if kind in SEPARATED}:
            asker = world.asker(name)
            apart = {kind: row for kind, row in world.siblings.items() if SEPARATED[kind] == name}
            everywhere = frozenset(ids_of(one.call))
            for is_whole in (True, False):
                sibling = await walker.ask(one, asker, siblings(world, asker, apart), whole=is_whole)
                nowhere = await walker.ask(
                    one, asker, missing(world, asker, everywhere, beside=apart), whole=is_whole
                )
                assert sibling.without_echo() == nowhere.without_echo()
        assert (await digest.of_database(), digest.of_redis(world.settings)) == before
