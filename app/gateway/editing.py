"""Changing as little as possible of a request's bytes. Pure; what cannot be changed is a `MalformedRequest`."""

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson

from app.core.errors import FieldError
from app.gateway.errors import MalformedRequest

_SPACE: Final = b" \t\r\n"
# Of one of the letters of `model`: a name may be written so, too.
_ESCAPED: Final = re.compile(rb"\\u006[45c-fC-F]")
_MODEL: Final = re.compile(rb'("model"\s*:\s*)"(?:[^"\\]|\\.)*"')


def with_model(body: bytes, document: Mapping[str, Any], model: str) -> bytes:
    """The same request for `model`. Where its name stands in one place alone, all else stays byte for byte."""
    if _ESCAPED.search(body):
        return encoded({**document, "model": model})
    said = body.count(b'"model"')
    if said > 1:
        # What was said twice in one place is there once when it is written again.
        if document["model"] == model and encoded(document).count(b'"model"') == said:
            return body
        # Two models in one request: written anew, no reader can see another one than ours did.
        return encoded({**document, "model": model})
    if document["model"] == model:
        return body
    name = orjson.dumps(model)
    changed, count = _MODEL.subn(lambda match: match[1] + name, body, count=1)
    return changed if count else encoded({**document, "model": model})


def with_member(body: bytes, document: Mapping[str, Any], name: str, value: Any) -> bytes:
    """The same request with one more member, or with another value of it."""
    if name in document or not document:
        return encoded({**document, name: value})
    start = body.index(b"{") + 1
    return body[:start] + orjson.dumps(name) + b":" + orjson.dumps(value) + b"," + body[start:].lstrip(_SPACE)


def encoded(document: Mapping[str, Any]) -> bytes:
    """Raises `MalformedRequest` where it is nested too deeply."""
    try:
        return orjson.dumps(document)
    except TypeError:
        mend = "It is nested too deeply to be changed, as it has to be here."
        raise MalformedRequest([FieldError("body", "depth", mend)]) from None
