"""The keys that LiteLLM knows our keys by. Pure.

Ours is known here as a digest alone, so another one is derived, from the installation's secret and the key's id:
nothing has to be kept or handed on, and a proxy that was set up anew is given the same.
"""

import base64
import hashlib
import hmac
from dataclasses import replace
from uuid import UUID

from app.gateway.types import Plan

PURPOSE = "litellm-keys"
_PREFIX = "sk-lk-"


class VirtualKeys:
    """`key` is derived from the installation's secret for `PURPOSE`."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, key_id: UUID) -> str:
        digest = hmac.digest(self._key, key_id.bytes, hashlib.sha256)
        return _PREFIX + base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def applied(self, plan: Plan, key_id: UUID) -> Plan:
        """The plan with the caller's own key for upstreams that take it."""
        if not any(target.upstream.takes_virtual_keys for target in plan.targets):
            return plan
        secret = self.of(key_id)
        targets = [
            replace(target, upstream=replace(target.upstream, secret=secret))
            if target.upstream.takes_virtual_keys
            else target
            for target in plan.targets
        ]
        return replace(plan, targets=targets)
