"""Verifying the chains: reads everything, believes nothing, in bounded memory.

Needs no long transaction: chains only grow, so what one statement saw must be there for the next.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app.audit import chain, queries
from app.audit.chain import Checkpoint, End, Head
from app.audit.types import INSTALLATION, following
from app.core import ids
from app.infra import db, hashing
from app.infra.db import Row

_BATCH = 1_000
_GRACE = timedelta(minutes=5)
_NO_ID = UUID(int=0)

# Each org once, from wherever it left a trace, by steps down the indexes.
_ORGS = """
SELECT org_id FROM (
    (SELECT org_id FROM audit_entry WHERE org_id >= $1 ORDER BY org_id LIMIT 1)
    UNION ALL (SELECT org_id FROM audit_seal WHERE org_id >= $1 ORDER BY org_id LIMIT 1)
    UNION ALL (SELECT org_id FROM audit_checkpoint WHERE org_id >= $1 ORDER BY org_id LIMIT 1)
    UNION ALL (SELECT org_id FROM audit_head WHERE org_id >= $1 ORDER BY org_id LIMIT 1)
    UNION ALL (SELECT org_id FROM audit_unsealed WHERE org_id >= $1 ORDER BY org_id LIMIT 1)
) AS traces ORDER BY org_id LIMIT 1
"""
_LINKS = """
SELECT seal.seq, seal.entry_id, seal.previous_hash, seal.hash AS seal_hash, entry.*
FROM audit_seal AS seal LEFT JOIN audit_entry AS entry ON entry.id = seal.entry_id
WHERE seal.org_id = $1 AND seal.seq > $2 ORDER BY seal.seq LIMIT $3
"""
_CHECKPOINTS = """
SELECT checkpoint.*, seal.hash AS seal_hash
FROM audit_checkpoint AS checkpoint LEFT JOIN audit_seal AS seal USING (org_id, seq)
WHERE checkpoint.org_id = $1 AND checkpoint.seq > $2 ORDER BY checkpoint.seq LIMIT $3
"""
_HEAD = """
SELECT head.*, seal.hash AS seal_hash, (checkpoint.seq IS NOT NULL) AS has_checkpoint
FROM audit_head AS head LEFT JOIN audit_seal AS seal USING (org_id, seq)
LEFT JOIN audit_checkpoint AS checkpoint
    ON checkpoint.org_id = head.org_id AND checkpoint.seq = head.checkpoint_seq
WHERE head.org_id = $1
"""
# A window of entries at a time. The sealer moves an entry from the one table to the other in one transaction, so
# that every statement sees it in exactly one of them.
_ENTRIES = """
SELECT entry.id, seal.seq, unsealed.since
FROM (SELECT id FROM audit_entry WHERE org_id = $1 AND id > $2 ORDER BY id LIMIT $3) AS entry
LEFT JOIN audit_seal AS seal ON seal.entry_id = entry.id AND seal.org_id = $1
LEFT JOIN audit_unsealed AS unsealed ON unsealed.entry_id = entry.id AND unsealed.org_id = $1
ORDER BY entry.id
"""
_LOST = """
SELECT unsealed.entry_id FROM audit_unsealed AS unsealed
LEFT JOIN audit_entry AS entry ON entry.id = unsealed.entry_id AND entry.org_id = unsealed.org_id
WHERE unsealed.org_id = $1 AND entry.id IS NULL AND unsealed.entry_id > $2 ORDER BY unsealed.entry_id LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written: what, and where."""

    code: str
    org_id: UUID
    where: str
    text: str


@dataclass(slots=True)
class Counts:
    """What was looked at."""

    orgs: int = 0
    entries: int = 0
    checkpoints: int = 0


@dataclass(slots=True)
class Verification:
    """One run over one org, or over all of them."""

    key: bytes
    now: datetime
    counts: Counts = field(default_factory=Counts)

    async def findings(self, org_id: UUID | None = None) -> AsyncIterator[Finding]:
        """Every finding as soon as it is made."""
        if org_id is not None:
            async for finding in self._of_org(org_id):
                yield finding
            return
        start: UUID | None = INSTALLATION
        while start is not None and (found := await db.fetchval(_ORGS, start)) is not None:
            async for finding in self._of_org(found):
                yield finding
            start = following(found)

    async def _of_org(self, org_id: UUID) -> AsyncIterator[Finding]:
        self.counts.orgs += 1
        walk = _Walk(org_id)
        while rows := await db.fetch(_LINKS, org_id, walk.end.seq, _BATCH):
            for row in rows:
                for finding in walk.step(row):
                    yield finding
        self.counts.entries += walk.steps
        for part in (self._checkpoints(org_id), self._head(org_id, walk.end.seq), self._entries(org_id)):
            async for finding in part:
                yield finding

    async def _checkpoints(self, org_id: UUID) -> AsyncIterator[Finding]:
        after = 0
        while rows := await db.fetch(_CHECKPOINTS, org_id, after, _BATCH):
            self.counts.checkpoints += len(rows)
            for row in rows:
                after = row["seq"]
                checkpoint = Checkpoint(End(row["seq"], row["hash"]), row["at"])
                signature = chain.sign_checkpoint(self.key, org_id, checkpoint)
                where = f"checkpoint {after}"
                if not hashing.equal(signature, row["signature"]):
                    yield Finding(
                        "checkpoint_forged", org_id, where, "its signature is not of this installation's key"
                    )
                elif row["seal_hash"] is None:
                    yield Finding(
                        "truncated", org_id, where, "the chain no longer has the entry that it speaks of"
                    )
                elif row["seal_hash"] != row["hash"]:
                    yield Finding(
                        "rewritten", org_id, where, "the chain has another hash here than was signed"
                    )

    async def _head(self, org_id: UUID, walked: int) -> AsyncIterator[Finding]:
        """Read after the walk, so that it is no older than the last link seen."""
        row = await db.fetchrow(_HEAD, org_id)
        if row is None:
            if walked:
                yield Finding("head_missing", org_id, "head", f"of a chain of {walked} entries")
            return
        end = End(row["seq"], row["hash"])
        head = Head(end, row["at"], row["checkpoint_seq"], row["checkpoint_at"])
        where = f"head {end.seq}"
        if not hashing.equal(chain.sign_head(self.key, org_id, head), row["signature"]):
            yield Finding("head_forged", org_id, where, "its signature is not of this installation's key")
        if walked > end.seq:
            yield Finding("head_behind", org_id, where, f"the chain goes on to {walked}, unsigned")
        if row["seal_hash"] is None:
            yield Finding("truncated", org_id, where, f"the chain ends at {walked}; its end was cut off")
        elif row["seal_hash"] != row["hash"]:
            yield Finding("rewritten", org_id, where, "the chain has another hash here than was signed")
        if not row["has_checkpoint"]:
            yield Finding("checkpoint_missing", org_id, f"checkpoint {head.checkpoint_seq}", "it was removed")

    async def _entries(self, org_id: UUID) -> AsyncIterator[Finding]:
        after = _NO_ID
        while rows := await db.fetch(_ENTRIES, org_id, after, _BATCH):
            after = rows[-1]["id"]
            for row in rows:
                if row["seq"] is None and row["since"] is None:
                    yield Finding("seal_missing", org_id, _entry(row["id"]), "it is in no chain")
                elif row["seq"] is None and self.now - row["since"] > _GRACE:
                    text = f"not sealed since {row['since']:%Y-%m-%dT%H:%M:%SZ}; is a scheduler running?"
                    yield Finding("unsealed", org_id, _entry(row["id"]), text)
        after = _NO_ID
        while rows := await db.fetch(_LOST, org_id, after, _BATCH):
            after = rows[-1]["entry_id"]
            for row in rows:
                yield Finding(
                    "entry_missing", org_id, _entry(row["entry_id"]), "it was removed before it was sealed"
                )


@dataclass(slots=True)
class _Walk:
    """Along one chain: each link against the one before it and against its entry."""

    org_id: UUID
    end: End = field(default_factory=End)
    steps: int = 0

    def step(self, row: Row) -> Iterator[Finding]:
        seq, expected = row["seq"], self.end.seq + 1
        where = f"seq {seq}, {_entry(row['entry_id'])}"
        if seq > expected:
            gone = f"{expected}" if seq == expected + 1 else f"{expected} to {seq - 1}"
            yield Finding("gap", self.org_id, f"seq {gone}", "missing in the chain")
        elif row["previous_hash"] != self.end.hash:
            yield Finding("link_broken", self.org_id, where, "it does not follow the entry before it")
        if row["id"] is None:
            yield Finding("entry_missing", self.org_id, where, "sealed, and no longer there")
        elif row["org_id"] != self.org_id:
            yield Finding("entry_moved", self.org_id, where, "it now says it is another org's")
        elif chain.entry_hash(queries.stored(row), seq, row["previous_hash"]) != row["seal_hash"]:
            yield Finding("entry_changed", self.org_id, where, "entry or seal differ from what was sealed")
        # On with what is stored: one change is one finding, not one for every entry after it.
        self.end = End(seq, row["seal_hash"])
        self.steps += 1


def _entry(entry_id: UUID) -> str:
    return ids.encode("aud", entry_id)
