"""`batch`: many inputs of another kind as one job, each with a result or an error of its own.

Every item is saved when it is done. So a worker that is lost costs the items that it was at, a cancelled batch keeps
what is done, and all is billed once, when the job ends.
"""

import asyncio
from collections.abc import Iterator
from random import Random
from typing import Annotated, Any, NoReturn, Self

import pydantic
from pydantic import Field
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from app.core import cancellation
from app.core.ids import JobId, OrgId
from app.jobs import failures, kinds, records
from app.jobs.errors import LeaseLost, UnknownKind
from app.jobs.failures import Failure
from app.jobs.types import ItemOutcome, JobError, ModelCall, Outcome, Tokens

_NAME = "batch"
_MAX_INPUTS = 1_000
_MAX_AT_ONCE = 32
_MAX_FAULTS = 100
_TIME_LIMIT_SECONDS = 24 * 3600.0
# A provider's wish for a pause is believed that far: the other items wait with it.
_LONGEST_PAUSE_SECONDS = 120.0
_TOO_LONG = Failure(JobError("time_limit", "The item took longer than its kind allows."), is_retryable=True)

_rng = Random()


class BatchInput(kinds.Input):
    kind: Annotated[str, Field(max_length=64, description="The kind of job that each input is for")]
    inputs: Annotated[
        list[dict[str, Any]],
        Field(min_length=1, max_length=_MAX_INPUTS, description="One input of that kind for each item"),
    ]
    concurrency: Annotated[
        int, Field(ge=1, le=_MAX_AT_ONCE, description="How many items run at once"), kinds.IS_NUMBER
    ] = 4

    @pydantic.model_validator(mode="after")
    def _validate_items(self) -> Self:
        """With every fault of every input, by its place."""
        faults = list(self._faults())
        if faults:
            raise ValidationError.from_exception_data(_NAME, faults[:_MAX_FAULTS])
        return self

    @property
    def model(self) -> str | None:
        """The one that all items name; a key that is limited to models may start no other batch."""
        models = {getattr(item, "model", None) for item in self.items()}
        return models.pop() if len(models) == 1 else None

    def items(self) -> Iterator[kinds.Input]:
        kind = kinds.get(self.kind)
        for data in self.inputs:
            yield kind.parse(data)

    def _faults(self) -> Iterator[InitErrorDetails]:
        try:
            kind = kinds.get(self.kind)
        except UnknownKind as error:
            yield _fault("job_kind_unknown", str(error), ("kind",))
            return
        if kind.name == _NAME:
            yield _fault("nested_batch", "A batch is of another kind than batch.", ("kind",))
            return
        for index, data in enumerate(self.inputs):
            try:
                kind.input.model_validate(data)
            except pydantic.ValidationError as error:
                for item in error.errors(include_url=False, include_context=False, include_input=False):
                    yield _fault(item["type"], item["msg"], ("inputs", index, *item["loc"]))


class _Item:
    """The `JobContext` of one item: its own calls, and progress that only the batch shows."""

    def __init__(self, batch: kinds.JobContext) -> None:
        self._batch = batch
        self.calls: list[ModelCall] = []

    @property
    def org_id(self) -> OrgId:
        return self._batch.org_id

    @property
    def job_id(self) -> JobId:
        return self._batch.job_id

    @property
    def providers(self) -> kinds.Providers:
        return self._batch.providers

    @property
    def is_cancelling(self) -> bool:
        return self._batch.is_cancelling

    def note(self, *calls: ModelCall) -> None:
        self.calls.extend(calls)

    async def saved_items(self) -> NoReturn:
        raise TypeError("An item has no items of its own.")

    async def save_items(self, *_items: ItemOutcome) -> NoReturn:
        raise TypeError("An item has no items of its own.")

    async def report(self, progress: float, text: str = "") -> None:
        return


class _Batch:
    """One attempt at a batch."""

    def __init__(self, data: BatchInput, context: kinds.JobContext) -> None:
        self._kind = kinds.get(data.kind)
        self._data = data
        self._context = context
        self._done: dict[int, ItemOutcome] = {}
        self._unsaved: list[ItemOutcome] = []
        self._saving = asyncio.Lock()

    async def run(self) -> Outcome:
        self._done = {item.index: item for item in await self._context.saved_items()}
        left = iter([index for index in range(len(self._data.inputs)) if index not in self._done])
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._data.concurrency):
                    group.create_task(self._work(left))
        except ExceptionGroup as several:
            # Each item bears its own failures: what comes here is the job's, and met all who were at work.
            raise several.exceptions[0] from None
        ordered = [self._done[index] for index in sorted(self._done)]
        failed = sum(item.error is not None for item in ordered)
        return Outcome(
            {"succeeded": len(ordered) - failed, "failed": failed},
            [call for item in ordered for call in item.calls],
        )

    async def _work(self, left: Iterator[int]) -> None:
        for index in left:
            await self._save(await self._item(index))
            await self._context.report(len(self._done) / len(self._data.inputs))

    async def _save(self, item: ItemOutcome) -> None:
        """What is done while others are written is written with the next."""
        self._unsaved.append(item)
        async with self._saving:
            items, self._unsaved = self._unsaved, []
            if items:
                await self._context.save_items(*items)
                self._done.update((each.index, each) for each in items)

    async def _item(self, index: int) -> ItemOutcome:
        attempt = 1
        while True:
            context = _Item(self._context)
            came_of_it = await self._try(index, context)
            if isinstance(came_of_it, ItemOutcome):
                return came_of_it
            if not came_of_it.is_retryable or attempt >= self._kind.max_attempts:
                return ItemOutcome(index, error=came_of_it.error, calls=context.calls)
            pause = self._kind.backoff.pause(attempt, _rng).total_seconds()
            await asyncio.sleep(max(pause, min(came_of_it.retry_after or 0.0, _LONGEST_PAUSE_SECONDS)))
            attempt += 1

    async def _try(self, index: int, context: _Item) -> ItemOutcome | Failure:
        limit = asyncio.timeout(self._kind.time_limit_seconds)
        try:
            async with limit:
                outcome = await self._kind.run(self._kind.parse(self._data.inputs[index]), context)
        except asyncio.CancelledError as error:
            # Of something that it waited for: a failure as any other. A group takes it for the end of who works there,
            # and the item would be neither done nor failed.
            if not cancellation.is_requested():
                return failures.judge(error, job_id=context.job_id)
            self._context.note(*context.calls)
            raise
        except (LeaseLost, MemoryError, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, the other items go on
            if isinstance(error, TimeoutError) and limit.expired():
                return _TOO_LONG
            return failures.judge(error, job_id=context.job_id)
        try:
            records.result_text(outcome.result)
        except Exception as error:  # noqa: BLE001 - what cannot be written is this item's failure, and would be the next time
            failed = failures.judge(error, job_id=context.job_id)
            return ItemOutcome(index, error=failed.error, calls=outcome.calls)
        return ItemOutcome(index, outcome.result, calls=outcome.calls)


def _fault(code: str, message: str, place: tuple[str | int, ...]) -> InitErrorDetails:
    # The message is no template.
    error = PydanticCustomError(code, "{message}", {"message": message})
    return InitErrorDetails(type=error, loc=place, input=None)


def _estimate(data: BatchInput) -> Tokens:
    kind = kinds.get(data.kind)
    each = [kind.tokens(item) for item in data.items()]
    return Tokens(sum(tokens.input for tokens in each), sum(tokens.output for tokens in each))


def _step_seconds(data: BatchInput) -> float:
    return kinds.get(data.kind).time_limit_seconds


async def _run(data: BatchInput, context: kinds.JobContext) -> Outcome:
    return await _Batch(data, context).run()


kinds.register(
    kinds.Kind(
        name=_NAME,
        description="Runs many inputs of another kind as one job.",
        input=BatchInput,
        estimate=_estimate,
        run=_run,
        time_limit_seconds=_TIME_LIMIT_SECONDS,
        step_seconds=_step_seconds,
    )
)
