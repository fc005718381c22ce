"""Turning steps into updates: nothing lost, nothing early."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.core.ids import JobId, OrgId, WorkspaceId
from app.jobs.live import merge
from app.jobs.state import TERMINAL, TRANSITIONS, State
from app.jobs.types import Job, JobError, JobEvent, JobUpdate

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NIL = UUID(int=0)


@st.composite
def histories(draw: st.DrawFn) -> list[JobEvent]:
    """What a job may leave in its event table: any walk through the states, text while it runs."""
    steps = [_state(1, State.QUEUED, 0)]
    attempt, length = 0, 0
    for _ in range(draw(st.integers(0, 40))):
        last = steps[-1]
        if last.state in TERMINAL:
            break
        if last.state in (State.RUNNING, State.CANCELLING) and draw(st.booleans()):
            delta = draw(st.text(max_size=5))
            steps.append(
                replace(last, seq=last.seq + 1, kind="progress", output_offset=length, output_delta=delta)
            )
            length += len(delta)
            continue
        following = draw(st.sampled_from(sorted(TRANSITIONS[last.state])))
        if following is State.RUNNING:
            attempt, length = attempt + 1, 0
        steps.append(_state(last.seq + 1, following, attempt))
    return steps


def _state(seq: int, state: State, attempt: int) -> JobEvent:
    return JobEvent(seq, "state", state, attempt, 0, 0, "", NOW)


def job_as_of(step: JobEvent) -> Job:
    """The row as it stands after `step`, with everything that an end brings."""
    is_over = step.state in TERMINAL
    return Job(
        id=JobId(NIL),
        org_id=OrgId(NIL),
        workspace_id=WorkspaceId(NIL),
        kind="summarize",
        state=step.state,
        seq=step.seq,
        attempt=step.attempt,
        progress=step.progress,
        input={},
        estimated_tokens=1,
        created_by_kind="user",
        created_by_id=NIL,
        created_at=NOW,
        run_at=NOW,
        finished_at=NOW if is_over else None,
        result={"summary": "end"} if is_over else None,
        error=JobError("worker_lost", "lost") if is_over else None,
        credits=Decimal(7) if is_over else Decimal(0),
    )


def merged(steps: Sequence[JobEvent], cuts: Sequence[int]) -> list[JobUpdate]:
    """As a subscriber is sent them: `steps` arrive in several reads."""
    bounds = sorted({0, len(steps), *(cut % (len(steps) + 1) for cut in cuts)})
    return [
        update
        for start, end in pairwise(bounds)
        for update in merge(job_as_of(steps[end - 1]), steps[start:end])
    ]


CUTS = st.lists(st.integers(0, 50), max_size=5)


class TestMerge:
    @given(histories(), CUTS)
    def test_loses_no_text_of_any_attempt(self, steps: list[JobEvent], cuts: list[int]) -> None:
        said: defaultdict[int, str] = defaultdict(str)
        for step in steps:
            said[step.attempt] += step.output_delta
        heard: defaultdict[int, str] = defaultdict(str)
        for update in merged(steps, cuts):
            heard[update.job.attempt] += update.output
        assert heard == said

    @given(histories(), CUTS)
    def test_says_where_each_piece_of_text_belongs(self, steps: list[JobEvent], cuts: list[int]) -> None:
        heard: defaultdict[int, str] = defaultdict(str)
        for update in merged(steps, cuts):
            if update.output:
                assert update.output_offset == len(heard[update.job.attempt])
            heard[update.job.attempt] += update.output

    @given(histories(), CUTS)
    def test_shows_every_state(self, steps: list[JobEvent], cuts: list[int]) -> None:
        states = [(step.seq, step.state) for step in steps if step.kind == "state"]
        shown = {update.job.seq: update.job.state for update in merged(steps, cuts)}
        assert [(seq, shown.get(seq)) for seq, _ in states] == states

    @given(histories(), CUTS)
    def test_only_ever_moves_forward_and_ends_at_the_last_step(
        self, steps: list[JobEvent], cuts: list[int]
    ) -> None:
        seqs = [update.job.seq for update in merged(steps, cuts)]
        assert all(earlier < later for earlier, later in pairwise(seqs))
        assert seqs[-1] == steps[-1].seq

    @given(histories())
    def test_shows_no_end_before_the_end(self, steps: list[JobEvent]) -> None:
        job = job_as_of(steps[-1])
        *earlier, last = merge(job, steps)
        assert last.job == job
        for update in earlier:
            assert update.job.state not in TERMINAL
            assert (update.job.finished_at, update.job.result, update.job.error) == (None, None, None)
            assert update.job.credits == 0

    @given(histories())
    def test_sends_a_run_of_progress_as_one(self, steps: list[JobEvent]) -> None:
        updates = merge(job_as_of(steps[-1]), steps)
        runs = sum(
            1
            for before, step in pairwise([None, *steps])
            if step is not None and not (before and before.kind == step.kind == "progress")
        )
        assert len(updates) == runs
        assert not any(update.resynced for update in updates)

    def test_of_nothing_is_nothing(self) -> None:
        assert merge(job_as_of(_state(1, State.QUEUED, 0)), []) == []

    def test_shows_a_job_no_newer_than_its_newest_step(self) -> None:
        """More steps were written than one read brings: the row is ahead of them."""
        steps = [_state(1, State.QUEUED, 0), _state(2, State.RUNNING, 1)]
        ahead = job_as_of(_state(3, State.SUCCEEDED, 1))
        last = merge(ahead, steps)[-1].job
        assert (last.seq, last.state, last.result) == (2, State.RUNNING, None)
