"""Each rule of `.ci/lint` refuses its bad sample and lets the good one pass."""

import importlib
import subprocess
import sys
import textwrap
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
CI = ROOT / ".ci"


@pytest.fixture(scope="module")
def lint() -> Any:
    """The runner. `.ci` is no importable name, so it is on the path only while it is imported."""
    sys.path.insert(0, str(CI))
    try:
        return importlib.import_module("lint.runner")
    finally:
        sys.path.remove(str(CI))


def findings(lint: Any, rule: str, path: str, text: str, *, root: str = "/") -> list[Any]:
    source = lint.Source(PurePosixPath(path), textwrap.dedent(text), Path(root))
    chosen = [each for each in lint.ALL if each.name == rule]
    assert chosen, f"no rule {rule}"
    return list(lint.check([source], chosen))


# Put together here so that this file passes the rule that it tests.
HOME = "/ho" + "me/ada/launchkit"
MAC = "/Us" + "ers/ada/launchkit"
SUPERUSER = "/ro" + "ot/.cache"
WINDOWS = "C:\\Us" + "ers\\ada"
PYTHON_REGISTRY = "https://files.python" + "hosted.org/packages/x.whl"
NODE_REGISTRY = "https://regis" + "try.npm" + "js.org/react"

BAD = [
    ("no_naked_limit", "app/jobs/service.py", "await Job.filter(a=1).limit(5).delete()"),
    ("no_naked_limit", "workers/jobs.py", "await Job.all().limit(5).order_by('id').update(state=1)"),
    ("save_names_fields", "app/jobs/service.py", "await job.save()"),
    ("save_names_fields", "app/jobs/service.py", "await job.save(using_db=tx)"),
    ("save_names_fields", "app/jobs/service.py", "await job.save(update_fields=None)"),
    (
        "no_task_in_transaction",
        "app/jobs/service.py",
        """
        async def create() -> None:
            async with in_transaction("default"):
                if ready:
                    asyncio.create_task(tell())
        """,
    ),
    (
        "no_task_in_transaction",
        "app/jobs/service.py",
        """
        async def create() -> None:
            async with lock, db.unit_of_work() as unit:
                asyncio.ensure_future(tell())
        """,
    ),
    ("generic_names", "app/jobs/utils.py", ""),
    ("generic_names", "app/base/__init__.py", ""),
    ("generic_names", "tests/helpers/rows.py", ""),
    ("clock_at_edges", "app/jobs/service.py", "from datetime import datetime, UTC\nnow = datetime.now(UTC)"),
    ("clock_at_edges", "app/jobs/service.py", "import datetime as dt\nnow = dt.datetime.utcnow()"),
    ("clock_at_edges", "app/jobs/models.py", "import datetime\nfield(default=datetime.datetime.now)"),
    ("clock_at_edges", "app/jobs/service.py", "from time import time as seconds\nnow = seconds()"),
    ("clock_at_edges", "app/jobs/service.py", "from app.core import clock\nnow = clock.utcnow()"),
    ("clock_at_edges", "app/core/tokens.py", "import time\nnow = time.time()"),
    (
        "actors_are_thin",
        "workers/jobs.py",
        "@actor(queue='jobs')\nasync def run(job_id: str, **_: object): ...",
    ),
    ("actors_are_thin", "workers/jobs.py", "@actor\nasync def run(*, job_id: str): ..."),
    ("actors_are_thin", "workers/jobs.py", "@dramatiq.actor()\ndef run(*, job_id: str, **more: object): ..."),
    ("no_machine_paths", "docs/guide.md", f"Open {HOME} and wait."),
    ("no_machine_paths", "Makefile", f"ROOT = {MAC}"),
    ("no_machine_paths", "ops/x.yml", f"path: {SUPERUSER}"),
    ("no_machine_paths", "docs/guide.md", f"Open {WINDOWS}."),
    ("no_machine_paths", "requirements/run.txt", f"x @ {PYTHON_REGISTRY}"),
    ("no_machine_paths", "requirements/run.txt", "--index" + "-url http://10.0.0.5:3141/simple"),
    ("no_machine_paths", "docs/guide.md", f"see {NODE_REGISTRY}"),
    ("no_machine_paths", "assets/package-lock.json", '  "resolved": "x",'),
]

GOOD = [
    (
        "no_naked_limit",
        "app/jobs/service.py",
        "await Job.filter(id__in=Subquery(Job.all().limit(5))).delete()",
    ),
    ("no_naked_limit", "app/jobs/queries.py", "await Job.all().limit(5)"),
    ("no_naked_limit", "app/jobs/service.py", "settings.update(limit=5)"),
    ("save_names_fields", "app/jobs/service.py", "await job.save(update_fields=['state'])"),
    ("save_names_fields", "app/jobs/service.py", "await storage.save('name', content)"),
    ("save_names_fields", "app/jobs/service.py", "await job.save(**options)"),
    ("save_names_fields", "tests/unit/test_x.py", "await job.save()"),
    (
        "no_task_in_transaction",
        "app/jobs/service.py",
        """
        async def create() -> None:
            async with in_transaction("default"):
                await write()
            asyncio.create_task(tell())
        """,
    ),
    (
        "no_task_in_transaction",
        "app/web/live.py",
        """
        async def listen() -> None:
            async with asyncio.TaskGroup() as group:
                group.create_task(read())
        """,
    ),
    ("generic_names", "app/jobs/lease.py", ""),
    ("generic_names", "app/core/database.py", ""),
    ("clock_at_edges", "app/web/health.py", "from datetime import datetime, UTC\nnow = datetime.now(UTC)"),
    ("clock_at_edges", "app/cli/ingest.py", "import time\nnow = time.time()"),
    ("clock_at_edges", "app/main.py", "import time\nnow = time.time()"),
    ("clock_at_edges", "app/core/clock.py", "from datetime import datetime, UTC\nnow = datetime.now(UTC)"),
    ("clock_at_edges", "app/jobs/service.py", "import time\nstarted = time.monotonic()"),
    (
        "clock_at_edges",
        "app/jobs/service.py",
        "def create(*, now: datetime) -> None:\n    later = now + HOUR",
    ),
    ("clock_at_edges", "app/jobs/service.py", "lease.datetime.now()"),
    (
        "actors_are_thin",
        "workers/jobs.py",
        "@actor(queue='jobs')\nasync def run(*, job_id: str, **_: object): ...",
    ),
    ("actors_are_thin", "workers/jobs.py", "def plain(job_id: str): ..."),
    ("no_machine_paths", "docs/guide.md", "The data lies in ~/.local/share/launchkit or $HOME/data."),
    ("no_machine_paths", "docs/guide.md", "See schema/root.py and https://github.com/py" + "pi/warehouse."),
    ("no_machine_paths", "requirements/run.txt", "#    uv pip compile --no-emit-index" + "-url"),
    ("no_machine_paths", "app/rest/v1/users.py", 'path = "/users/{id}"'),
    ("no_machine_paths", "assets/package-lock.json", '  "integrity": "sha512-x"'),
]


class TestRules:
    @pytest.mark.parametrize(("rule", "path", "text"), BAD)
    def test_refuse(self, lint: Any, rule: str, path: str, text: str) -> None:
        found = findings(lint, rule, path, text)
        assert [each.rule for each in found] == [rule]

    @pytest.mark.parametrize(("rule", "path", "text"), GOOD)
    def test_let_pass(self, lint: Any, rule: str, path: str, text: str) -> None:
        assert findings(lint, rule, path, text) == []

    def test_each_have_a_bad_and_a_good_sample_and_a_reason(self, lint: Any) -> None:
        names = {rule.name for rule in lint.ALL}
        assert names == {rule for rule, _, _ in BAD} == {rule for rule, _, _ in GOOD}
        assert all(len(sys.modules[f"lint.rules.{name}"].__doc__ or "") > 200 for name in names)

    def test_report_a_nested_transaction_once(self, lint: Any) -> None:
        text = """
        async def create() -> None:
            async with unit_of_work():
                async with in_transaction():
                    asyncio.create_task(tell())
        """
        assert len(findings(lint, "no_task_in_transaction", "app/jobs/service.py", text)) == 1

    def test_refuse_the_path_of_this_checkout(self, lint: Any) -> None:
        text = "cd /srv/builds/launchkit/docs"
        assert findings(lint, "no_machine_paths", "docs/x.md", text, root="/srv/builds/launchkit")
        assert not findings(lint, "no_machine_paths", "docs/x.md", text, root="/srv")
        assert not findings(lint, "no_machine_paths", "docs/x.md", text, root="/srv/builds/launch")

    def test_tell_the_line(self, lint: Any) -> None:
        (found,) = findings(lint, "no_machine_paths", "docs/x.md", f"one\ntwo\nthree {HOME}\n")
        assert str(found).startswith("docs/x.md:3 no_machine_paths ")

    def test_report_a_file_that_cannot_be_parsed(self, lint: Any) -> None:
        (found,) = findings(lint, "no_naked_limit", "app/x.py", "def (")
        assert "cannot be parsed" in found.message


class TestAllowing:
    def test_takes_the_line_or_the_one_above_it(self, lint: Any) -> None:
        here = "await job.save()  # lint: allow save_names_fields: a new row"
        above = "# lint: allow save_names_fields: a new row\nawait job.save()"
        assert findings(lint, "save_names_fields", "app/x.py", here) == []
        assert findings(lint, "save_names_fields", "app/x.py", above) == []

    @pytest.mark.parametrize(
        "comment", ["# lint: allow save_names_fields", "# lint: allow no_naked_limit: why"]
    )
    def test_needs_a_reason_and_the_right_rule(self, lint: Any, comment: str) -> None:
        assert findings(lint, "save_names_fields", "app/x.py", f"await job.save()  {comment}")


class TestCommand:
    def run(self, root: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(CI / "lint"), "--root", str(root)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_prints_findings_and_fails(self, tmp_path: Path) -> None:
        (tmp_path / "app" / "jobs").mkdir(parents=True)
        (tmp_path / "app" / "jobs" / "service.py").write_text("async def f(job):\n    await job.save()\n")
        done = self.run(tmp_path)
        assert done.returncode == 1
        assert done.stdout.startswith("app/jobs/service.py:2 save_names_fields ")

    def test_is_silent_when_all_is_well(self, tmp_path: Path) -> None:
        (tmp_path / "app").mkdir()
        (tmp_path / "app" / "ok.py").write_text("x = 1\n")
        (tmp_path / "app" / "picture.png").write_bytes(b"\0" + HOME.encode())
        done = self.run(tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
