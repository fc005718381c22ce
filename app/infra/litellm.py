"""LiteLLM's proxy, as far as the management of its virtual keys goes.

Routes and fields as https://docs.litellm.ai/docs/proxy/virtual_keys and LiteLLM 1.106.2 have them. Its master key goes
to this address alone, in a header; what it answers is shown to the operator alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import aiohttp
import orjson

from app.core.errors import Kind, LaunchKitError, Unavailable

Info = Mapping[str, Any]
_SECONDS: Final = 10.0
_MOST_READ: Final = 8 * 1024 * 1024
_SHOWN: Final = 300
_WORTH_WAITING: Final = frozenset({401, 403, 408, 429})


class ProxyAway(Unavailable):
    """Also where it refuses the master key: what is to be told it can be told when that is mended."""

    code = "litellm_unavailable"
    title = "The LiteLLM proxy does not answer as it should."


class ProxyRefused(LaunchKitError):
    """Of the one request: asking again is in vain."""

    kind = Kind.CONFLICT
    code = "litellm_refused"
    title = "The LiteLLM proxy refused a key."

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"LiteLLM answered {status}: {said}")
        self.status = status


class LiteLlm:
    """One per process."""

    def __init__(self, base_url: str, master_key: str, *, seconds: float = _SECONDS) -> None:
        self._base_url = base_url
        self._master_key = master_key
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def find(self, aliases: Sequence[str]) -> Mapping[str, Info]:
        """The keys that there are, by alias. Raises `ProxyAway`."""
        try:
            answer = await self._post("/v2/key/info", {"key_aliases": list(aliases)})
        except ProxyRefused as error:
            raise ProxyAway(str(error)) from error
        listed = answer.get("info")
        if not isinstance(listed, list):
            raise ProxyAway("LiteLLM's answer about keys has no list of them.")
        return {
            str(info["key_alias"]): info
            for info in listed
            if isinstance(info, dict) and isinstance(info.get("key_alias"), str)
        }

    async def create(self, body: Mapping[str, Any]) -> None:
        """Raises `ProxyAway`, `ProxyRefused`."""
        await self._post("/key/generate", body)

    async def update(self, body: Mapping[str, Any]) -> None:
        """Raises `ProxyAway`, `ProxyRefused`."""
        await self._post("/key/update", body)

    async def delete(self, alias: str) -> None:
        """None of the name is as good. Raises `ProxyAway`, `ProxyRefused`."""
        try:
            await self._post("/key/delete", {"key_aliases": [alias]})
        except ProxyRefused as error:
            if error.status != 404:
                raise

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _post(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            async with self._opened().post(
                self._base_url + path,
                json=body,
                headers={"Authorization": f"Bearer {self._master_key}"},
                allow_redirects=False,  # a redirect would carry the master key to wherever it points
            ) as answer:
                said = await answer.content.read(_MOST_READ)
                while not answer.content.at_eof() and len(said) < _MOST_READ:
                    said += await answer.content.read(_MOST_READ - len(said))
                return _read(answer.status, said, [self._master_key, str(body.get("key", ""))])
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise ProxyAway(f"LiteLLM cannot be reached: {type(error).__name__}.") from error

    def _opened(self) -> aiohttp.ClientSession:
        """Made when it is first needed: it belongs to a running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._seconds),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )
        return self._session


def _read(status: int, said: bytes, secrets: Sequence[str]) -> Mapping[str, Any]:
    if status == 200:
        try:
            found = orjson.loads(said)
        except orjson.JSONDecodeError as error:
            raise ProxyAway("LiteLLM's answer is no JSON.") from error
        return found if isinstance(found, dict) else {}
    text = said.decode(errors="replace")
    # What it does not understand it may repeat, and a virtual key is as good as the key that it stands for.
    for secret in filter(None, secrets):
        text = text.replace(secret, "[key]")
    text = text[:_SHOWN]
    if status < 400 or status >= 500 or status in _WORTH_WAITING:
        raise ProxyAway(f"LiteLLM answered {status}: {text}")
    raise ProxyRefused(status, text)
