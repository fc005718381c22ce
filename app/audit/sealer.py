"""Sealing: committed entries get their place in the chain of their org, shortly after.

The act that writes an entry waits for nobody: it neither reads nor locks the chain. What it commits stands in
`audit_unsealed` until a sealer has taken it from there, so `seq` follows the order of sealing and an entry that
commits late is simply sealed late. Any number of sealers may run: an org has one at a time.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.audit import chain, events, queries
from app.audit.chain import Checkpoint, End, Head, Link
from app.audit.errors import ChainBroken
from app.audit.types import INSTALLATION, following
from app.core.ids import OrgId
from app.infra import db, hashing, telemetry
from app.infra.db import Row, UnitOfWork
from app.outbox import service as outbox

log = telemetry.logger(__name__)

_BATCH = 500
_ORGS_AT_A_TIME = 64
_AT_ONCE = 4
CHECKPOINT_EVERY = 1_000
CHECKPOINT_AFTER = timedelta(hours=1)

# One step down the index per org: DISTINCT would read the whole backlog.
_ORGS = """
WITH RECURSIVE waiting AS (
    (SELECT org_id FROM audit_unsealed WHERE org_id >= $1 ORDER BY org_id LIMIT 1)
    UNION ALL
    SELECT (SELECT org_id FROM audit_unsealed AS next WHERE next.org_id > waiting.org_id ORDER BY org_id LIMIT 1)
    FROM waiting WHERE waiting.org_id IS NOT NULL
)
SELECT org_id FROM waiting WHERE org_id IS NOT NULL LIMIT $2
"""
_LOCK = (
    "SELECT pg_try_advisory_xact_lock(hashtextextended('launchkit.audit', 0) # hashtextextended($1::text, 0))"
)
_END = """
SELECT head.*, last.seq AS last_seq, last.hash AS last_hash
FROM (SELECT $1::uuid AS org_id) AS org
LEFT JOIN audit_head AS head USING (org_id)
LEFT JOIN LATERAL (
    SELECT seq, hash FROM audit_seal WHERE org_id = org.org_id ORDER BY seq DESC LIMIT 1
) AS last ON true
"""
_WAITING = """
SELECT entry.* FROM audit_unsealed JOIN audit_entry AS entry ON entry.id = entry_id AND entry.org_id = $1
WHERE audit_unsealed.org_id = $1 ORDER BY entry_id LIMIT $2
"""
_SEAL = """
INSERT INTO audit_seal (org_id, entry_id, seq, previous_hash, hash)
SELECT $1::uuid, * FROM unnest($2::uuid[], $3::bigint[], $4::bytea[], $5::bytea[])
"""
_TAKE = "DELETE FROM audit_unsealed WHERE org_id = $1 AND entry_id = ANY($2::uuid[]) RETURNING entry_id"
_CHECKPOINT = "INSERT INTO audit_checkpoint (org_id, seq, hash, at, signature) VALUES ($1, $2, $3, $4, $5)"
_HEAD = """
INSERT INTO audit_head (org_id, seq, hash, at, checkpoint_seq, checkpoint_at, signature)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (org_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at,
    checkpoint_seq = excluded.checkpoint_seq, checkpoint_at = excluded.checkpoint_at,
    signature = excluded.signature
"""


def signing_key(secret_key: str) -> bytes:
    """The key that signs heads and checkpoints, of the installation's secret."""
    return hashing.derive_key(secret_key, "audit-checkpoints")


@dataclass(slots=True)
class Sealer:
    """One per scheduler; remembers where it stopped, so that no org waits behind a busier one for ever."""

    key: bytes
    _next: UUID = INSTALLATION

    async def tick(self, *, now: datetime) -> bool:
        """Seals one bounded round of what has committed; tells whether there is more."""
        found = [OrgId(row["org_id"]) for row in await db.fetch(_ORGS, self._next, _ORGS_AT_A_TIME)]
        is_full = len(found) == _ORGS_AT_A_TIME
        has_more = is_full
        for start in range(0, len(found), _AT_ONCE):
            group = found[start : start + _AT_ONCE]
            sealed = await asyncio.gather(*(self._seal(org_id, now) for org_id in group))
            has_more = has_more or _BATCH in sealed
        self._next = (following(found[-1]) if is_full else None) or INSTALLATION
        return has_more

    async def _seal(self, org_id: OrgId, now: datetime) -> int:
        try:
            return await seal(org_id, key=self.key, now=now)
        except ChainBroken:
            # Not the other orgs' fault. What waits stays, and the metric of its age tells of it.
            log.error("audit_chain.broken", org_id=str(org_id))
            return 0


async def seal(org_id: OrgId, *, key: bytes, now: datetime) -> int:
    """Seals the org's next batch in one transaction; returns its size, 0 also where another sealer is at it.

    Raises `ChainBroken` where the chain is not what its head says: nothing is sealed on top of that.
    """
    async with db.unit_of_work() as uow:
        if not (await uow.fetch(_LOCK, str(org_id)))[0][0]:
            return 0
        [row] = await uow.fetch(_END, org_id)
        head = _sound_head(row, key, org_id)
        waiting = [queries.stored(entry) for entry in await uow.fetch(_WAITING, org_id, _BATCH)]
        if not waiting:
            return 0
        links = chain.extend(head.end if head else End(), waiting)
        _write(uow, org_id, links)
        end = End(links[-1].seq, links[-1].hash)
        advanced = _advance(uow, org_id, head, end, key, now)
        outbox.publish(uow, events.sealed(org_id, end.seq), now=now)
    telemetry.AUDIT_SEALED.inc(len(links))
    if advanced.checkpoint_seq == end.seq:
        _bear_witness(org_id, advanced, key)
    return len(links)


def _sound_head(row: Row, key: bytes, org_id: OrgId) -> Head | None:
    if row["seq"] is None and row["last_seq"] is None:
        return None
    if row["seq"] is None or (row["seq"], row["hash"]) != (row["last_seq"], row["last_hash"]):
        raise ChainBroken
    head = Head(End(row["seq"], row["hash"]), row["at"], row["checkpoint_seq"], row["checkpoint_at"])
    if not hashing.equal(chain.sign_head(key, org_id, head), row["signature"]):
        raise ChainBroken
    return head


def _write(uow: UnitOfWork, org_id: OrgId, links: Sequence[Link]) -> None:
    for constraint in ("audit_seal_pkey", "audit_seal_once", "audit_checkpoint_pkey"):
        uow.on_violation(constraint, ChainBroken)
    rows = [(link.entry_id, link.seq, link.previous_hash, link.hash) for link in links]
    uow.add(_TAKE, org_id, [link.entry_id for link in links], expect=len(links))
    uow.add(_SEAL, org_id, *db.columns(rows))


def _advance(uow: UnitOfWork, org_id: OrgId, head: Head | None, end: End, key: bytes, now: datetime) -> Head:
    """Moves the head to `end`, with a checkpoint when one is due."""
    if head is not None and not _is_checkpoint_due(head, end, now):
        advanced = Head(end, now, head.checkpoint_seq, head.checkpoint_at)
    else:
        advanced = Head(end, now, end.seq, now)
        signature = chain.sign_checkpoint(key, org_id, Checkpoint(end, now))
        uow.add(_CHECKPOINT, org_id, end.seq, end.hash, now, signature)
    signature = chain.sign_head(key, org_id, advanced)
    uow.add(_HEAD, org_id, end.seq, end.hash, now, advanced.checkpoint_seq, advanced.checkpoint_at, signature)
    return advanced


def _is_checkpoint_due(head: Head, end: End, now: datetime) -> bool:
    return end.seq - head.checkpoint_seq >= CHECKPOINT_EVERY or now - head.checkpoint_at >= CHECKPOINT_AFTER


def _bear_witness(org_id: OrgId, head: Head, key: bytes) -> None:
    """A witness outside the database: who rewrites its tables cannot rewrite logs that are kept elsewhere."""
    log.info(
        "audit_checkpoint.signed",
        org_id=str(org_id),
        seq=head.end.seq,
        hash=head.end.hash.hex(),
        at=head.at.isoformat(),
        signature=chain.sign_checkpoint(key, org_id, Checkpoint(head.end, head.at)).hex(),
    )
