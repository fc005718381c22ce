from collections.abc import Callable

import pytest

from app.core import ids
from app.core.ids import OrgId
from app.gateway.routing.circuits import Circuits, Outlet, UpstreamResting

OUTLET = Outlet(OrgId(ids.uuid7()), "openai")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuits(clock: Clock) -> Circuits:
    return Circuits(clock=clock)


def fail(circuits: Circuits, times: int) -> None:
    for _ in range(times):
        circuits.enter(OUTLET).failed()


def rests(circuits: Circuits) -> bool:
    try:
        circuits.enter(OUTLET).left()
    except UpstreamResting:
        return True
    return False


class TestCircuits:
    def test_open_after_five_failures_in_a_row(self, circuits: Circuits) -> None:
        fail(circuits, 4)
        assert not rests(circuits)
        fail(circuits, 1)
        assert rests(circuits)
        assert circuits.is_resting(OUTLET)

    def test_forget_failures_before_a_success(self, circuits: Circuits) -> None:
        fail(circuits, 4)
        circuits.enter(OUTLET).succeeded()
        fail(circuits, 4)
        assert not rests(circuits)

    def test_tell_how_long_it_takes(self, circuits: Circuits, clock: Clock) -> None:
        fail(circuits, 5)
        clock.now = 4
        with pytest.raises(UpstreamResting) as caught:
            circuits.enter(OUTLET)
        assert caught.value.retry_after == 6

    def test_let_one_try_after_a_rest_and_others_wait_for_it(self, circuits: Circuits, clock: Clock) -> None:
        fail(circuits, 5)
        clock.now = 10
        trial = circuits.enter(OUTLET)
        assert rests(circuits)
        trial.succeeded()
        assert not rests(circuits)

    def test_rest_twice_as_long_after_each_try_that_fails_up_to_a_minute(
        self, circuits: Circuits, clock: Clock
    ) -> None:
        fail(circuits, 5)
        for rest, longer in ((10, 20), (20, 40), (40, 60), (60, 60)):
            clock.now += rest
            circuits.enter(OUTLET).failed()
            clock.now += longer - 0.1
            assert rests(circuits)
            clock.now -= longer - 0.1

    def test_let_another_try_where_nobody_knows_how_it_ended(self, circuits: Circuits, clock: Clock) -> None:
        fail(circuits, 5)
        clock.now = 10
        circuits.enter(OUTLET).left()
        assert not circuits.is_resting(OUTLET)

    def test_do_not_wait_for_ever_for_who_tries(self, circuits: Circuits, clock: Clock) -> None:
        fail(circuits, 5)
        clock.now = 10
        circuits.enter(OUTLET)
        clock.now += 120
        assert not circuits.is_resting(OUTLET)

    def test_ignore_what_was_under_way_when_they_opened(self, circuits: Circuits, clock: Clock) -> None:
        late = [circuits.enter(OUTLET) for _ in range(9)]
        for trial in late[:5]:
            trial.failed()
        clock.now = 9
        for trial in late[5:]:
            trial.failed()
        clock.now = 10
        assert not circuits.is_resting(OUTLET)

    @pytest.mark.parametrize(
        "other", [lambda o: o._replace(org_id=OrgId(ids.uuid7())), lambda o: o._replace(upstream="x")]
    )
    def test_are_of_one_upstream_of_one_org(
        self, circuits: Circuits, other: Callable[[Outlet], Outlet]
    ) -> None:
        fail(circuits, 5)
        assert not circuits.is_resting(other(OUTLET))
