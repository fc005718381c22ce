"""The chain: what is hashed, what is signed. Pure; README.md says how an auditor recomputes it."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

VERSION = 1
GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as its row holds it. `changes` is the JSON text: a parser would round its numbers."""

    id: UUID
    org_id: UUID
    at: datetime
    action: str
    principal_kind: str
    principal_id: UUID
    target_type: str
    target_id: UUID | None
    changes: str
    request_id: str | None
    ip: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry's place in the chain of its org."""

    entry_id: UUID
    seq: int
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class End:
    """How far a chain reached: `seq` 0 is the empty one."""

    seq: int = 0
    hash: bytes = GENESIS


@dataclass(frozen=True, slots=True)
class Head:
    """What is signed with every batch: where the chain ends, and where its newest checkpoint is."""

    end: End
    at: datetime
    checkpoint_seq: int
    checkpoint_at: datetime


@dataclass(frozen=True, slots=True)
class Checkpoint:
    end: End
    at: datetime


def canonical(value: object) -> bytes:
    """One text for one value: UTF-8, no spaces, names sorted, nothing escaped that need not be (RFC 8785, 3.2).

    Other than there, names are sorted by code point and whole numbers are written in full.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def entry_hash(entry: StoredEntry, seq: int, previous_hash: bytes) -> bytes:
    return hashlib.sha256(
        canonical(
            {
                "version": VERSION,
                "seq": seq,
                "previous_hash": previous_hash.hex(),
                "id": str(entry.id),
                "org_id": str(entry.org_id),
                "at": _time(entry.at),
                "action": entry.action,
                "principal_kind": entry.principal_kind,
                "principal_id": str(entry.principal_id),
                "target_type": entry.target_type,
                "target_id": entry.target_id and str(entry.target_id),
                "changes": parse_changes(entry.changes),
                "request_id": entry.request_id,
                "ip": entry.ip,
            }
        )
    ).digest()


def parse_changes(text: str) -> Any:
    """JSON of the database, its fractions kept digit by digit.

    A number with a point or an exponent becomes a string that begins with NUL. No float rounds it, and nothing
    else can look like it: PostgreSQL stores no NUL in JSON.
    """
    return json.loads(text, parse_float=lambda digits: f"\0{digits}")


def extend(end: End, entries: Sequence[StoredEntry]) -> list[Link]:
    """The links of `entries`, in their order, after `end`."""
    links: list[Link] = []
    for entry in entries:
        seq = end.seq + 1
        link = Link(entry.id, seq, end.hash, entry_hash(entry, seq, end.hash))
        links.append(link)
        end = End(seq, link.hash)
    return links


def sign_checkpoint(key: bytes, org_id: UUID, checkpoint: Checkpoint) -> bytes:
    facts = {"kind": "checkpoint", "org_id": str(org_id), "at": _time(checkpoint.at)}
    return _sign(key, {**facts, **_end(checkpoint.end)})


def sign_head(key: bytes, org_id: UUID, head: Head) -> bytes:
    facts = {"kind": "head", "org_id": str(org_id), "at": _time(head.at), **_end(head.end)}
    newest = {"checkpoint_seq": head.checkpoint_seq, "checkpoint_at": _time(head.checkpoint_at)}
    return _sign(key, {**facts, **newest})


def _end(end: End) -> dict[str, object]:
    return {"seq": end.seq, "hash": end.hash.hex()}


def _sign(key: bytes, statement: Mapping[str, object]) -> bytes:
    return hmac.digest(key, canonical({"version": VERSION, **statement}), hashlib.sha256)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
