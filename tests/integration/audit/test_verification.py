"""Verifying: a sound log passes, and no kind of tampering goes unseen."""

import hashlib
import hmac
import json
from datetime import timedelta
from uuid import UUID

import pytest

from app.audit import sealer, verification
from app.audit.types import INSTALLATION
from app.core.config import Settings
from app.core.ids import OrgId
from app.infra import db
from tests.factories import audit
from tests.factories.orgs import NOW


@pytest.fixture
async def org(settings: Settings) -> OrgId:
    """Nine sealed entries in three batches; the newest checkpoint is of seq 3."""
    org = audit.new_org()
    for start in (0, 3, 6):
        await audit.write(org, 3, start=start)
        await audit.seal_all(settings)
    return org


async def codes(settings: Settings) -> list[str]:
    return [finding.code for finding in await audit.findings(settings)]


ENTRY = "(SELECT entry_id FROM audit_seal WHERE seq = {})"
SWAP = [
    "CREATE TEMPORARY TABLE pair AS SELECT seq, entry_id FROM audit_seal WHERE seq IN (5, 6)",
    "UPDATE audit_seal SET entry_id = gen_random_uuid() WHERE seq = 6",
    "UPDATE audit_seal SET entry_id = (SELECT entry_id FROM pair WHERE seq = 6) WHERE seq = 5",
    "UPDATE audit_seal SET entry_id = (SELECT entry_id FROM pair WHERE seq = 5) WHERE seq = 6",
]


class TestSoundChain:
    async def test_passes(self, settings: Settings, org: OrgId) -> None:
        assert await audit.findings(settings) == []

    async def test_passes_in_small_batches(
        self, settings: Settings, org: OrgId, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(verification, "_BATCH", 2)
        run = verification.Verification(sealer.signing_key(settings.secret_key), NOW)
        assert [finding async for finding in run.findings()] == []
        assert (run.counts.orgs, run.counts.entries, run.counts.checkpoints) == (1, 9, 1)

    async def test_of_nothing_passes(self, settings: Settings) -> None:
        assert await audit.findings(settings) == []

    async def test_may_have_entries_that_wait_for_their_seal(self, settings: Settings, org: OrgId) -> None:
        await audit.write(org, 2, start=9)
        assert await audit.findings(settings) == []

        later = await db.fetchval("SELECT now() + interval '6 minutes'")
        assert [finding.code for finding in await audit.findings(settings, now=later)] == ["unsealed"] * 2

    async def test_is_recomputed_by_an_auditor_from_the_readme(self, settings: Settings) -> None:
        """Word for word what app/audit/README.md gives."""
        org = audit.new_org()
        odd = {
            "text": 'é \u2028 \U0001f40b "\\\n\x7f',
            "big": 2**62 + 1,
            "ratio": 0.1,
            "list": [1.50, None, True],
        }
        await audit.record(audit.entry(org, 1, changes=odd), audit.entry(org, 2))
        await audit.seal_all(settings)
        rows = [
            dict(row)
            for row in await db.fetch(
                "SELECT e.*, s.seq, s.hash FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id ORDER BY seq"
            )
        ]

        previous = bytes(32)
        for row in rows:
            stored_hash = row.pop("hash")
            at = row["at"].isoformat(timespec="microseconds").replace("+00:00", "Z")
            changes = json.loads(row["changes"], parse_float=lambda digits: "\0" + digits)
            ids = {k: row[k] and str(row[k]) for k in ("id", "org_id", "principal_id", "target_id")}
            record = {
                **row,
                **ids,
                "at": at,
                "changes": changes,
                "version": 1,
                "previous_hash": previous.hex(),
            }
            text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            previous = hashlib.sha256(text.encode()).digest()
            assert previous == stored_hash
        assert len(rows) == 2


class TestTampering:
    @pytest.mark.parametrize(
        ("statements", "found"),
        [
            (["UPDATE audit_entry SET action = 'x' WHERE id = " + ENTRY.format(4)], ["entry_changed"]),
            (["UPDATE audit_entry SET ip = '::1' WHERE id = " + ENTRY.format(9)], ["entry_changed"]),
            (
                ["UPDATE audit_entry SET at = at + interval '1us' WHERE id = " + ENTRY.format(1)],
                ["entry_changed"],
            ),
            (
                [
                    "UPDATE audit_entry SET changes = changes || '{\"number\": 99}' WHERE id = "
                    + ENTRY.format(2)
                ],
                ["entry_changed"],
            ),
            (
                ["UPDATE audit_entry SET org_id = gen_random_uuid() WHERE id = " + ENTRY.format(2)],
                ["entry_moved", "seal_missing"],
            ),
            (["DELETE FROM audit_entry WHERE id = " + ENTRY.format(5)], ["entry_missing"]),
            (["DELETE FROM audit_entry WHERE id = " + ENTRY.format(9)], ["entry_missing"]),
            (["DELETE FROM audit_entry"], ["entry_missing"] * 9),
            (["DELETE FROM audit_seal WHERE seq = 5"], ["gap", "seal_missing"]),
            (["DELETE FROM audit_seal WHERE seq = 9"], ["truncated", "seal_missing"]),
            (SWAP, ["entry_changed"] * 2),
            (["UPDATE audit_seal SET hash = sha256('x') WHERE seq = 4"], ["entry_changed", "link_broken"]),
            (["UPDATE audit_seal SET seq = 10 WHERE seq = 9"], None),
            (["UPDATE audit_checkpoint SET hash = sha256('x')"], ["checkpoint_forged"]),
            (["UPDATE audit_checkpoint SET seq = 2"], ["checkpoint_forged", "checkpoint_missing"]),
            (["DELETE FROM audit_checkpoint"], ["checkpoint_missing"]),
            (["DELETE FROM audit_head"], ["head_missing"]),
            (["UPDATE audit_head SET seq = 8"], None),
            (["UPDATE audit_head SET at = at + interval '1 day'"], ["head_forged"]),
        ],
    )
    async def test_is_found(
        self, settings: Settings, org: OrgId, statements: list[str], found: list[str] | None
    ) -> None:
        await audit.tamper(settings, *statements)

        seen = await codes(settings)
        assert seen
        if found is not None:
            assert sorted(seen) == sorted(found)

    async def test_says_where(self, settings: Settings, org: OrgId) -> None:
        await audit.tamper(settings, "DELETE FROM audit_seal WHERE seq IN (4, 5)")
        gap = (await audit.findings(settings))[0]
        assert (gap.code, gap.org_id, gap.where) == ("gap", org, "seq 4 to 5")

    @pytest.mark.parametrize("keep", [0, 3, 5])
    async def test_that_cuts_off_the_end_is_found(self, settings: Settings, org: OrgId, keep: int) -> None:
        """Entries and seals: nothing of them is left, also after the newest checkpoint."""
        await audit.tamper(
            settings,
            f"DELETE FROM audit_entry USING audit_seal WHERE id = entry_id AND seq > {keep}",
            f"DELETE FROM audit_seal WHERE seq > {keep}",
        )
        assert "truncated" in await codes(settings)

    @pytest.mark.parametrize("seq", [2, 5])
    async def test_that_computes_every_hash_anew_is_found(
        self, settings: Settings, org: OrgId, seq: int
    ) -> None:
        """Everybody can hash; only the installation can sign: before the checkpoint and after it."""
        await _rewrite(settings, org, seq)
        found = await audit.findings(settings)
        assert {finding.code for finding in found} == {"rewritten"}
        assert len(found) == (2 if seq <= 3 else 1), "head, and checkpoint where it is older"

    async def test_that_also_signs_with_another_key_is_found(self, settings: Settings, org: OrgId) -> None:
        await _rewrite(settings, org, 2)
        await audit.tamper(
            settings,
            "UPDATE audit_checkpoint c SET hash = s.hash, signature = sha256(s.hash) FROM audit_seal s "
            "WHERE s.seq = c.seq",
            "UPDATE audit_head h SET hash = s.hash, signature = sha256(s.hash) FROM audit_seal s WHERE s.seq = h.seq",
        )
        assert set(await codes(settings)) == {"checkpoint_forged", "head_forged"}

    async def test_of_what_waits_for_its_seal_is_found(self, settings: Settings, org: OrgId) -> None:
        await audit.write(org, 2, start=9)
        await audit.tamper(
            settings,
            "DELETE FROM audit_unsealed WHERE entry_id = (SELECT entry_id FROM audit_unsealed LIMIT 1)",
        )
        assert await codes(settings) == ["seal_missing"]
        await audit.tamper(
            settings, "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_unsealed)"
        )
        assert sorted(await codes(settings)) == ["entry_missing", "seal_missing"]

    async def test_that_adds_an_entry_past_the_triggers_is_found(
        self, settings: Settings, org: OrgId
    ) -> None:
        await audit.tamper(
            settings,
            "INSERT INTO audit_entry SELECT gen_random_uuid(), org_id, at, action, principal_kind, principal_id, "
            "target_type, target_id, changes, request_id, ip FROM audit_entry LIMIT 1",
        )
        assert await codes(settings) == ["seal_missing"]

    @pytest.mark.parametrize("log", [INSTALLATION, OrgId(UUID(int=2**128 - 1))], ids=["least", "greatest"])
    async def test_of_the_installations_own_log_is_found_too(
        self, settings: Settings, org: OrgId, log: OrgId
    ) -> None:
        await audit.write(log, 2)
        await sealer.seal(log, key=sealer.signing_key(settings.secret_key), now=NOW)
        assert await audit.findings(settings) == []
        await audit.tamper(settings, f"UPDATE audit_entry SET action = 'x' WHERE org_id = '{log}'")
        assert {finding.org_id for finding in await audit.findings(settings)} == {log}

    async def test_of_one_org_is_not_the_others(self, settings: Settings, org: OrgId) -> None:
        other = audit.new_org()
        await audit.write(other, 2)
        await audit.seal_all(settings, now=NOW + timedelta(seconds=1))
        await audit.tamper(settings, f"DELETE FROM audit_entry WHERE org_id = '{org}'")
        assert await audit.findings(settings, other) == []
        assert {finding.org_id for finding in await audit.findings(settings)} == {org}


async def _rewrite(settings: Settings, org: OrgId, seq: int) -> None:
    """Changes an entry and computes the chain from there on, as an attacker with the source at hand would."""
    from app.audit import chain, queries

    await audit.tamper(settings, f"UPDATE audit_entry SET action = 'x' WHERE id = {ENTRY.format(seq)}")
    rows = await db.fetch(
        "SELECT e.*, s.seq, s.hash AS seal_hash FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id "
        "WHERE s.org_id = $1 ORDER BY seq",
        org,
    )
    end = chain.End()
    statements = [
        f"UPDATE audit_seal SET previous_hash = '\\x{link.previous_hash.hex()}', hash = '\\x{link.hash.hex()}' "
        f"WHERE entry_id = '{link.entry_id}'"
        for link in chain.extend(end, [queries.stored(row) for row in rows])
    ]
    await audit.tamper(settings, *statements)


def test_an_auditor_with_the_secret_can_check_a_signature() -> None:
    """Word for word what app/audit/README.md gives."""
    from datetime import UTC, datetime
    from uuid import UUID

    from app.audit import chain

    org, secret = UUID(int=7), "s" * 40
    signed = chain.sign_checkpoint(
        sealer.signing_key(secret),
        org,
        chain.Checkpoint(chain.End(5, b"h" * 32), datetime(2026, 11, 20, tzinfo=UTC)),
    )

    key = hmac.digest(secret.encode(), b"launchkit:audit-checkpoints", "sha256")
    record = {
        "version": 1,
        "kind": "checkpoint",
        "org_id": str(org),
        "seq": 5,
        "hash": (b"h" * 32).hex(),
        "at": "2026-11-20T00:00:00.000000Z",
    }
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hmac.digest(key, text.encode(), "sha256") == signed
