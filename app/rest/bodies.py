"""JSON bodies as the models that the OpenAPI document shows."""

from typing import TypeVar

import pydantic
from aiohttp import web

from app.core.errors import FieldError, InvalidInput
from app.web import body
from app.web.body import read_object

M = TypeVar("M", bound=pydantic.BaseModel)


async def read(request: web.Request, model: type[M]) -> M:
    """Raises `MalformedBody`, or `InvalidInput` with every field of the wrong type, too many or missing."""
    await read_object(request)
    try:
        # The text itself: what was read of it may be nested deeper than can be written again. As JSON, where strict
        # means what the document says: text is no number, a number no time.
        return model.model_validate_json(await body.read(request), strict=True)
    except pydantic.ValidationError as error:
        raise InvalidInput(
            [
                FieldError(".".join(str(part) for part in item["loc"]) or "body", item["type"], item["msg"])
                for item in error.errors(include_url=False, include_context=False, include_input=False)
            ]
        ) from None
