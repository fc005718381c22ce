"""Documents that the server knows by their hash: those that clients left here, or those that were listed.

Clients send a hash instead of a document as Apollo's do (`extensions.persistedQuery`): an unknown one is answered
`PersistedQueryNotFound`, and sent again with its document, which is kept. Where documents are listed, no others run.
"""

import hashlib
import json
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from redis.asyncio import Redis

from app.core.config import SettingsError
from app.infra import redis, telemetry
from schema.core.requests import GraphQLRequest, Refused

log = telemetry.logger(__name__)

NOT_FOUND = "PersistedQueryNotFound"
_KEPT_SECONDS = 7 * 24 * 3600
_MAX_KEPT = 2_000
_MAX_KEPT_CHARACTERS = 20_000
_PREFIX = "launchkit:graphql:document:"
_INDEX = "launchkit:graphql:documents"
# The oldest leave when there are too many; who still needs one sends it again.
_KEEP = """
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
local time = redis.call('TIME')
redis.call('ZADD', KEYS[2], time[1] * 1000000 + time[2], KEYS[1])
redis.call('EXPIRE', KEYS[2], ARGV[2])
local surplus = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[3])
if surplus > 0 then
  for _, key in ipairs(redis.call('ZRANGE', KEYS[2], 0, surplus - 1)) do
    redis.call('DEL', key)
    redis.call('ZREM', KEYS[2], key)
  end
end
"""


class KeptDocuments:
    """What clients left in Redis. Without it they send their documents whole, as before."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._keep = client.register_script(_KEEP)

    async def resolve(self, asked: GraphQLRequest) -> str | None:
        """The document that is meant. Raises `Refused`."""
        digest = asked.digest
        if digest is None:
            return asked.query
        if asked.query is not None:
            _check(asked.query, digest)
            return asked.query
        found = await self._find(digest)
        if found is None:
            # The status that those clients expect: the answer is part of their protocol, not a failure.
            raise Refused(HTTPStatus.OK, "PERSISTED_QUERY_NOT_FOUND", NOT_FOUND)
        return found

    async def learn(self, asked: GraphQLRequest) -> None:
        """Called for documents that could run, of clients that are known: strangers fill no memory."""
        query, digest = asked.query, asked.digest
        if query is None or digest is None or len(query) > _MAX_KEPT_CHARACTERS:
            return
        try:
            with redis.failures():
                await self._keep(keys=[_PREFIX + digest, _INDEX], args=[query, _KEPT_SECONDS, _MAX_KEPT])
        except ConnectionError as error:
            log.warning("graphql.document_not_kept", error=str(error))

    async def _find(self, digest: str) -> str | None:
        try:
            with redis.failures():
                found = await self._client.get(_PREFIX + digest)
        except ConnectionError:
            return None
        return found.decode() if isinstance(found, bytes) else found


class TrustedDocuments:
    """Only what was listed when the process started."""

    def __init__(self, documents: Mapping[str, str]) -> None:
        self._documents = documents

    async def resolve(self, asked: GraphQLRequest) -> str | None:
        digest = asked.digest
        if digest is None and asked.query is not None:
            digest = digest_of(asked.query)
        found = self._documents.get(digest or "")
        if found is None:
            sentence = "Only listed documents run here: send the hash of one of them."
            raise Refused(HTTPStatus.FORBIDDEN, "document_not_trusted", sentence)
        if asked.query is not None:
            _check(asked.query, digest or "")
        return found

    async def learn(self, asked: GraphQLRequest) -> None:
        """Nothing is added while the process runs."""


Documents = KeptDocuments | TrustedDocuments


def of_settings(path: Path | None, client: Redis) -> Documents:
    """Raises `SettingsError` where `path` holds no documents."""
    if path is None:
        return KeptDocuments(client)
    documents = _of_folder(path) if path.is_dir() else _of_file(path)
    if not documents:
        raise SettingsError(f"LAUNCHKIT_TRUSTED_DOCUMENTS: {path} lists no documents.")
    return TrustedDocuments(documents)


def digest_of(document: str) -> str:
    return hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()


def _of_folder(path: Path) -> dict[str, str]:
    texts = [file.read_text("utf-8") for file in sorted(path.rglob("*.graphql"))]
    return {digest_of(text): text for text in texts}


def _of_file(path: Path) -> dict[str, str]:
    """As build tools write it: `{"<sha256>": "<document>"}`, with or without `sha256:`."""
    try:
        listed = json.loads(path.read_bytes())
    except ValueError as error:
        raise SettingsError(f"LAUNCHKIT_TRUSTED_DOCUMENTS: {path} is not valid JSON: {error}") from None
    if not isinstance(listed, dict) or not all(isinstance(text, str) for text in listed.values()):
        raise SettingsError(f"LAUNCHKIT_TRUSTED_DOCUMENTS: {path} is not an object of hashes and documents.")
    for key, text in listed.items():
        if key.removeprefix("sha256:") != digest_of(text):
            raise SettingsError(f"LAUNCHKIT_TRUSTED_DOCUMENTS: {key} is not the SHA-256 of its document.")
    return {digest_of(text): text for text in listed.values()}


def _check(query: str, digest: str) -> None:
    if digest_of(query) != digest:
        raise Refused(HTTPStatus.BAD_REQUEST, "document_mismatch", "The hash is not that of the document.")
