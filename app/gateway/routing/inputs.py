"""How many tokens the input may be with a model: pictures are far more with some than with most. Pure.

From the providers' own pages: https://platform.openai.com/docs/guides/images-vision (gpt-4o-mini counts 2,833 tokens
and 5,667 for each of at most eight tiles, others 1,536 patches times a factor),
https://ai.google.dev/gemini-api/docs/vision, https://platform.claude.com/docs/en/build-with-claude/vision.
"""

from typing import Final

from app.gateway import texts
from app.gateway.types import Ask, Target

# By the beginning of their names, the first that fits.
_PER_PICTURE: Final = (
    ("gpt-4o-mini", 48_169),
    ("gpt-4.1-mini", 2_489),
    ("gpt-4.1-nano", 3_779),
    ("gpt-5-mini", 2_489),
    ("gpt-5-nano", 3_779),
    ("o4-mini", 2_642),
    ("claude-opus-4-7", 4_784),
    ("gemini-3", 2_240),
)


def most(ask: Ask, target: Target) -> int:
    """Tokens, estimated; of pictures the most that they can be. So much is held; most pictures are smaller, so where an
    answer breaks off it is the plain estimate that counts.
    """
    return ask.input_tokens + ask.pictures * (per_picture(target.model) - texts.PER_PICTURE)


def per_picture(model: str) -> int:
    name = model.rpartition("/")[2].removeprefix("ft:")
    return next(
        (tokens for beginning, tokens in _PER_PICTURE if name.startswith(beginning)), texts.PER_PICTURE
    )
