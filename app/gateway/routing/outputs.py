"""How long an answer may be whose request does not say it: so much has to be held. Pure.

The price list knows no such limit. These are from the providers' own pages: https://platform.openai.com/docs/models,
https://ai.google.dev/gemini-api/docs/models, https://platform.claude.com/docs/en/about-claude/models/overview,
https://api-docs.deepseek.com/quick_start/pricing.
"""

from typing import Final

from app.gateway.routing.policy import Choice, Policy
from app.gateway.types import MAX_COUNT, Ask, Target
from app.pricing import costs

# By the beginning of their names, the first that fits.
_MOST: Final = (
    ("gpt-5-chat", 16_384),
    ("gpt-5", 128_000),
    ("gpt-4.1", 32_768),
    ("gpt-4o", 16_384),
    ("chatgpt-4o", 16_384),
    ("gpt-4-", 4_096),
    ("gpt-4", 8_192),
    ("gpt-3.5", 4_096),
    ("o1-preview", 32_768),
    ("o1-mini", 65_536),
    ("o1", 100_000),
    ("o3", 100_000),
    ("o4", 100_000),
    ("codex-mini", 100_000),
    ("gemini-3", 65_536),
    ("gemini-2.5", 65_536),
    ("gemini-2.0", 8_192),
    ("gemini-1.5", 8_192),
    ("claude-opus-4-5", 64_000),
    ("claude-opus-4", 32_000),
    ("claude-sonnet-4", 64_000),
    ("claude-haiku-4", 64_000),
    ("claude-3-7", 64_000),
    ("claude-3-5", 8_192),
    ("claude-3", 4_096),
    ("deepseek-reasoner", 65_536),
    ("deepseek-chat", 8_192),
)


def most(ask: Ask, target: Target, policy: Policy | None) -> int:
    """Tokens that all answers to `ask` may have at `target`.

    As the request says; else as the policy says of its target, as is known of the model, or as the settings say of
    all others. No answer is longer than what its context leaves.
    """
    if not ask.is_open:
        return ask.output_tokens
    choice = _choice(policy, target)
    declared = None if choice is None else choice.max_output
    each = declared or known(target.model) or ask.output_tokens // ask.answers
    context = (choice and choice.context) or costs.context_window(target.upstream.provider, target.model)
    if context is not None:
        each = min(each, max(1, context - ask.input_tokens))
    return min(each * ask.answers, MAX_COUNT)


def known(model: str) -> int | None:
    """Of a model by its name, with or without that of an upstream before it; None where nobody said."""
    name = model.rpartition("/")[2].removeprefix("ft:")
    return next((tokens for beginning, tokens in _MOST if name.startswith(beginning)), None)


def _choice(policy: Policy | None, target: Target) -> Choice | None:
    if policy is None:
        return None
    names = (target.name, target.model)
    return next((choice for choice in policy.targets if choice.model in names), None)
