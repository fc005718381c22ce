"""The kinds of jobs: a registry of typed handlers.

An application adds its own with `register(Kind(...))` in a module named by LAUNCHKIT_JOB_KINDS; web processes
validate against it, workers run it.
"""

import importlib
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import pydantic
from pydantic_core import PydanticCustomError

from app.core.config import SettingsError
from app.core.errors import FieldError
from app.core.ids import JobId, OrgId
from app.core.inference import Provider
from app.jobs.errors import InputRefused, UnknownKind
from app.jobs.state import DEFAULT_BACKOFF, Backoff
from app.jobs.types import MAX_TOKENS, ItemOutcome, ModelCall, Outcome, Tokens

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_MOST_ATTEMPTS = 1_000
_LONGEST_SECONDS = 7 * 24 * 3600.0


class Input(pydantic.BaseModel):
    """Base of a kind's input: immutable, and a field that the kind does not know is an error."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


def _number(value: object) -> object:
    if isinstance(value, bool | str):
        raise PydanticCustomError("number_type", "Input should be a number")
    return value


# Pydantic takes "5" and false for numbers, which JSON Schema does not; its strict mode refuses 5.0, which is an integer
# there.
IS_NUMBER = pydantic.BeforeValidator(_number)


I = TypeVar("I", bound=Input)  # noqa: E741 - the input


class Providers(Protocol):
    """Where a handler gets its models from."""

    def for_model(self, model: str | None) -> tuple[Provider, str]:
        """The provider of `model` and the model's name there; the default of both for None."""
        ...

    def default_for_embeddings(self) -> tuple[Provider, str]: ...


class JobContext(Protocol):
    """What a running handler can reach."""

    @property
    def org_id(self) -> OrgId: ...

    @property
    def job_id(self) -> JobId: ...

    @property
    def providers(self) -> Providers: ...

    @property
    def is_cancelling(self) -> bool:
        """Whether the job is to stop. The handler is cancelled, too, at its next `await`; this is for loops without."""
        ...

    def note(self, *calls: ModelCall) -> None:
        """Calls that were made: what is billed when the handler is stopped. An outcome lists all calls itself."""
        ...

    async def saved_items(self) -> Sequence[ItemOutcome]:
        """The items that this job saved, in any of its attempts."""
        ...

    async def save_items(self, *items: ItemOutcome) -> None:
        """Keeps what the items came to, whatever becomes of this attempt. Raises `LeaseLost`."""
        ...

    async def report(self, progress: float, text: str = "") -> None:
        """Shows progress (0 to 1, never backwards) and text that is new. Cheap: calls are coalesced.

        Raises `LeaseLost` when the job was taken away, which ends the handler.
        """
        ...


@dataclass(frozen=True, slots=True)
class Kind(Generic[I]):
    """`estimate` gives the tokens that an input will use, before anything runs: as a number those that go into a model.

    An attempt that takes longer than its time limit is stopped and tried again, after a pause, while attempts are left.
    One that holds up its whole process, so that it cannot be stopped kindly, is not tried again. `step_seconds` is how
    long one step of an input may do so, where the whole may take much longer.
    """

    name: str
    description: str
    input: type[I]
    estimate: Callable[[I], int | Tokens]
    run: Callable[[I, JobContext], Awaitable[Outcome]]
    max_attempts: int = 3
    backoff: Backoff = DEFAULT_BACKOFF
    time_limit_seconds: float = 600
    step_seconds: Callable[[I], float] | None = None

    def tokens(self, data: I) -> Tokens:
        """The estimate, by what goes in and what comes out. Raises `ValueError` where it is no number of tokens."""
        found: object = self.estimate(data)
        if isinstance(found, int):
            found = Tokens(found)
        # What is less than nothing would make room for other jobs.
        if not isinstance(found, Tokens) or not all(0 <= count <= MAX_TOKENS for count in found):
            raise ValueError(f"The kind {self.name!r} estimates {found!r}: use 0 to {MAX_TOKENS} tokens.")
        return found

    def parse(self, data: Mapping[str, Any]) -> I:
        """Raises `InputRefused` with every field that is wrong."""
        try:
            return self.input.model_validate(data)
        except pydantic.ValidationError as error:
            raise InputRefused(field_errors(error)) from None


def field_errors(error: pydantic.ValidationError) -> list[FieldError]:
    return [
        FieldError(".".join(str(part) for part in item["loc"]) or "body", item["type"], item["msg"])
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    ]


_kinds: dict[str, Kind[Any]] = {}


def register(kind: Kind[Any]) -> None:
    """Raises `ValueError` for a kind that no job could be of, or whose name is taken."""
    if faults := list(_faults(kind)):
        raise ValueError(f"The job kind {kind.name!r} cannot be registered: {' '.join(faults)}")
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"A job kind named {kind.name!r} is registered already.")


def _faults(kind: Kind[Any]) -> Iterator[str]:
    # It is part of a path (`/v1/jobs/summarize`).
    if _NAME.fullmatch(kind.name) is None:
        yield "Name it with 1 to 64 lower-case letters, digits, - and _, a letter first."
    if not 1 <= kind.max_attempts <= _MOST_ATTEMPTS:
        yield f"Allow 1 to {_MOST_ATTEMPTS} attempts."
    if not 0 < kind.time_limit_seconds <= _LONGEST_SECONDS:
        yield f"Give an attempt more than no time, and at most {_LONGEST_SECONDS:g} seconds."


def get(name: str) -> Kind[Any]:
    """Raises `UnknownKind`, naming those that exist."""
    kind = _kinds.get(name)
    if kind is None:
        raise UnknownKind(f"There is no job kind {name[:64]!r}; there are: {', '.join(sorted(_kinds))}.")
    return kind


def registered() -> list[Kind[Any]]:
    return [_kinds[name] for name in sorted(_kinds)]


def load(modules: Iterable[str] = ()) -> None:
    """Imports LaunchKit's own kinds and those of the application; importing registers.

    Raises `SettingsError` for a module that is not there; what else goes wrong in one is its own, and shown whole.
    """
    for module in (
        "app.jobs.handlers.summarize",
        "app.jobs.handlers.completion",
        "app.jobs.handlers.embeddings",
        "app.jobs.handlers.batch",
    ):
        importlib.import_module(module)
    for module in modules:
        _import(module)


def _import(module: str) -> None:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError as error:
        # Or it is there, and something that it imports is not.
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise
        mend = "correct the name, or put the folder that holds it on PYTHONPATH"
        raise SettingsError(f"LAUNCHKIT_JOB_KINDS names {module!r}, which is not found: {mend}.") from None
