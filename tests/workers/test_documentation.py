"""What docs/jobs.md tells an application to write does what it says."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.clock import utcnow
from app.jobs import kinds
from app.jobs.state import State
from app.periodic import registry, service
from tests.factories import jobs
from tests.workers.conftest import Bench
from workers.periodic_work import run_periodic

DOCUMENT = Path(__file__).parents[2] / "docs" / "jobs.md"


@pytest.fixture
def _registered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module that the document shows, loaded as LAUNCHKIT_JOB_KINDS loads one."""
    code = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    assert len(code) == 2
    (tmp_path / "documented_jobs.py").write_text("\n".join(code))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "documented_jobs", raising=False)
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(registry, "_tasks", {})
    kinds.load(["documented_jobs"])


@pytest.mark.usefixtures("_registered")
class TestTheDocumentedModule:
    async def test_registers_a_kind_of_job_that_runs(self, bench: Bench) -> None:
        job = await jobs.queued(bench.acme, kind="count", data={"text": "whales are large"}, now=utcnow())
        done = await bench.run(job)
        assert (done.state, done.result) == (State.SUCCEEDED, {"words": 3})
        assert await jobs.output_of(job.id, 1) == "whales are large "

    async def test_registers_periodic_work_that_runs(
        self, bench: Bench, capsys: pytest.CaptureFixture[str]
    ) -> None:
        now = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
        known = registry.registered()
        await service.declare(known, now=now)
        assert [task.schedule.following(now).isoformat() for task in known] == [
            "2026-11-20T12:05:00+00:00",
            "2026-11-21T03:00:00+00:00",
        ]
        due = datetime(2026, 11, 20, 12, 5, tzinfo=UTC)
        assert await service.fire_due(known, now=due) == 1
        await run_periodic(name="acme.look", due_at=due.isoformat())
        assert "the report of 2026-11-20 12:05:00+00:00" in capsys.readouterr().out
