"""The embedded servers, with real binaries, real signals and real users."""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import redis

import app
from app.infra import embedded
from app.infra.embedded import binaries, orphans, ports

IS_ROOT = os.geteuid() == 0
SOURCE = Path(app.__file__).parents[1]
PACKAGES = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
NOBODY = pwd.getpwnam("nobody")

OVERRIDE, SEARCH = 1, 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH

needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and drops capabilities")

# Arguments: data directory, signal or poll, and the numbers of capabilities to do without.
SUPERVISOR = """
import ctypes, os, sys, time
from pathlib import Path

if len(sys.argv) > 3:
    for number in sys.argv[3:]:
        assert ctypes.CDLL(None).prctl(24, int(number), 0, 0, 0) == 0  # PR_CAPBSET_DROP: acts on the next exec
    os.execv(sys.executable, [sys.executable, "-c", os.environ["SUPERVISOR"], *sys.argv[1:3]])

from app.infra import embedded

servers = embedded.Servers(Path(sys.argv[1]), poll_parent=sys.argv[2] == "poll")
try:
    servers.start()
except embedded.EmbeddedError as error:
    sys.exit(f"EmbeddedError: {error}")
print(servers.postgres.pid, servers.valkey.pid, servers.database_url, servers.redis_url, flush=True)
sys.stdin.read()
servers.stop()
"""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """Not there yet; below a directory of mode 0700, as `mktemp -d` makes it. Removed: a cluster takes 50 MB."""
    with tempfile.TemporaryDirectory(prefix="launchkit-") as parent:
        yield Path(parent) / "data"


@pytest.fixture(scope="module")
def used_dir() -> Iterator[Path]:
    """A data directory of an earlier run, shared: whoever damages it mends it again."""
    with tempfile.TemporaryDirectory(prefix="launchkit-") as parent:
        with embedded.Servers(Path(parent) / "data"):
            pass
        yield Path(parent) / "data"


@pytest.fixture(scope="module")
def running() -> Iterator[embedded.Servers]:
    """For tests that only look."""
    parent = tempfile.TemporaryDirectory(prefix="launchkit-")
    with parent, embedded.Servers(Path(parent.name) / "data") as servers:
        yield servers


@pytest.fixture(scope="module")
def closed_place() -> Iterator[Path]:
    """A directory that only root may enter, with a `data` directory and a `venv` that holds the binaries."""
    with tempfile.TemporaryDirectory(prefix="launchkit-") as parent:
        copy_of_the_binaries(Path(parent) / "venv")
        (Path(parent) / "data").mkdir()
        yield Path(parent)


@contextlib.contextmanager
def content(path: Path, text: str) -> Iterator[None]:
    """Another content for a while; owner and mode stay."""
    original = path.read_bytes()
    path.write_text(text)
    try:
        yield
    finally:
        path.write_bytes(original)


@contextlib.contextmanager
def supervisor(
    data_dir: Path, mode: str = "signal", *without: int, python: str = sys.executable, **options: Any
) -> Iterator["subprocess.Popen[str]"]:
    """Another process that starts the servers, prints their pids and URLs, and stops them when stdin closes."""
    with subprocess.Popen(
        [python, "-c", SUPERVISOR, str(data_dir), mode, *map(str, without)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=SOURCE,
        env=os.environ | {"SUPERVISOR": SUPERVISOR, "PYTHONPATH": PACKAGES} | options.pop("env", {}),
        **options,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def started(process: "subprocess.Popen[str]") -> tuple[int, int, str, str]:
    assert process.stdout is not None
    assert process.stderr is not None
    words = process.stdout.readline().split()
    assert len(words) == 4, process.stderr.read()
    return int(words[0]), int(words[1]), words[2], words[3]


def until(condition: Callable[[], bool], *, seconds: float = 30.0) -> None:
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, "it did not happen in time"
        time.sleep(0.005)


def is_gone(pid: int) -> bool:
    """Also true of a zombie, which stays where nobody reaps orphans."""
    return not orphans.command_line(pid)


def query(url: str, *statements: str) -> Any:
    async def ask() -> Any:
        connection = await asyncpg.connect(url, timeout=30)
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            return await connection.fetchval(statements[-1])
        finally:
            await connection.close()

    return asyncio.run(ask())


@contextlib.contextmanager
def redis_client(url: str) -> Iterator["redis.Redis"]:
    client = redis.Redis.from_url(url, socket_timeout=30, decode_responses=True)
    try:
        yield client
    finally:
        client.close()


def pids(servers: embedded.Servers) -> tuple[int, int]:
    assert servers.postgres.pid is not None
    assert servers.valkey.pid is not None
    return servers.postgres.pid, servers.valkey.pid


def capabilities(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("CapPrm:")), 16)


def uid_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


class TestStart:
    def test_both_serve_clients(self, running: embedded.Servers) -> None:
        assert running.database_url.startswith("postgresql://launchkit:")
        who = query(running.database_url, "select current_user || '/' || current_database()")
        assert who == "launchkit/launchkit"
        with redis_client(running.redis_url) as client:
            assert client.ping()

    def test_nothing_runs_after_stop(self, used_dir: Path) -> None:
        with embedded.Servers(used_dir) as servers:
            left = pids(servers)
            assert not any(is_gone(pid) for pid in left)
        assert all(is_gone(pid) for pid in left)
        assert not servers.postgres.is_running()
        assert servers.valkey.pid is None

    def test_nothing_weakens_durability(self, running: embedded.Servers) -> None:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert query(running.database_url, f"show {name}") == "on"

    def test_text_is_unicode_whatever_the_locale_of_the_machine(self, running: embedded.Servers) -> None:
        assert query(running.database_url, "select upper('déjà vu')") == "DÉJÀ VU"
        assert query(running.database_url, "show timezone") == "UTC"

    def test_data_and_passwords_survive_a_restart(self, used_dir: Path) -> None:
        with embedded.Servers(used_dir) as first:
            password = first.database_url.split("@")[0]
            query(first.database_url, "create table if not exists kept as select 42 as n", "select 1")
            with redis_client(first.redis_url) as client:
                client.set("kept", "42")
        with embedded.Servers(used_dir) as second:
            assert second.database_url.split("@")[0] == password
            assert query(second.database_url, "select n from kept") == 42
            with redis_client(second.redis_url) as client:
                assert client.get("kept") == "42"

    def test_passwords_are_in_private_files_and_on_no_command_line(self, running: embedded.Servers) -> None:
        shown = "".join(orphans.command_line(pid) for pid in pids(running))
        files = [path for path in running.data_dir.iterdir() if path.is_file()]
        secrets = [path.read_text().strip() for path in files if path.suffix == ".password"]
        assert len(secrets) == 2
        assert shown
        assert all(len(secret) >= 32 and secret not in shown for secret in secrets)
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        for server in running.wanted:
            assert stat.S_IMODE(server.directory.stat().st_mode) == 0o700

    def test_a_wrong_password_is_refused(self, running: embedded.Servers) -> None:
        with pytest.raises(asyncpg.InvalidPasswordError):
            query(f"postgresql://launchkit:wrong@127.0.0.1:{running.postgres.port}/launchkit", "select 1")
        wrong_url = f"redis://:wrong@127.0.0.1:{running.valkey.port}/0"
        with redis_client(wrong_url) as client, pytest.raises(redis.AuthenticationError):
            client.ping()

    def test_a_second_owner_is_told_who_holds_the_directory(self, running: embedded.Servers) -> None:
        with supervisor(running.data_dir) as other:
            _, complaint = other.communicate(timeout=60)
        assert f"in use by process {os.getpid()}" in complaint
        assert running.postgres.is_running()

    def test_only_one_server_starts_when_only_one_is_wanted(self, used_dir: Path) -> None:
        with embedded.Servers(used_dir, postgres=False) as servers:
            assert not servers.postgres.is_running()
            assert servers.wanted == (servers.valkey,)
            with pytest.raises(embedded.EmbeddedError, match="no port"):
                _ = servers.database_url

    def test_a_port_lost_to_somebody_else_is_replaced(
        self, used_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose = ports.choose
        with socket.create_server(("127.0.0.1", choose())) as taken:
            busy = taken.getsockname()[1]
            offers = [busy, busy]
            monkeypatch.setattr(ports, "choose", lambda: offers.pop() if offers else choose())
            with embedded.Servers(used_dir) as servers:
                assert busy not in (servers.postgres.port, servers.valkey.port)
                assert query(servers.database_url, "select 1") == 1

    def test_a_very_long_path_with_odd_characters_works(self, data_dir: Path) -> None:
        with embedded.Servers(data_dir / ("long " * 30) / 'quo"te and spa ce') as servers:
            assert query(servers.database_url, "select 1") == 1


class TestRefusals:
    def test_another_major_version_is_refused(self, used_dir: Path) -> None:
        refusal = pytest.raises(embedded.EmbeddedError, match=r"written by PostgreSQL 14.*LAUNCHKIT_PG_BIN")
        with content(used_dir / "postgres" / "PG_VERSION", "14\n"), refusal:
            embedded.Servers(used_dir).start()

    def test_a_failed_start_shows_the_log_and_leaves_nothing(self, used_dir: Path) -> None:
        servers = embedded.Servers(used_dir)
        refusal = pytest.raises(embedded.EmbeddedError, match=r'(?s)failed to start.*"nonsense"')
        with content(used_dir / "postgres" / "postgresql.conf", "nonsense = on\n"), refusal:
            servers.start()
        assert not servers.valkey.is_running()
        with embedded.Servers(used_dir):
            pass

    def test_a_data_directory_that_cannot_exist_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(embedded.EmbeddedError, match="LAUNCHKIT_DATA_DIR"):
            embedded.Servers(tmp_path / "file" / "data").start()

    def test_a_lost_password_is_refused(self, used_dir: Path) -> None:
        kept = (used_dir / "postgres.password").rename(used_dir / "kept")
        try:
            with pytest.raises(embedded.EmbeddedError, match="is missing"):
                embedded.Servers(used_dir, valkey=False).start()
        finally:
            kept.rename(used_dir / "postgres.password")

    def test_windows_is_pointed_at_the_urls(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "win32")
        with pytest.raises(embedded.EmbeddedError, match="Windows set DATABASE_URL and REDIS_URL"):
            embedded.Servers(tmp_path)


class TestBinaries:
    def test_versions_are_told(self) -> None:
        assert set(embedded.versions()) == {"postgres", "valkey"}

    def test_the_environment_comes_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "bin").symlink_to(embedded.find_postgres())
        monkeypatch.setenv("LAUNCHKIT_PG_BIN", str(tmp_path / "bin"))
        monkeypatch.setattr(binaries, "_package_dir", lambda _name: None)
        monkeypatch.setenv("PATH", "")
        assert embedded.find_postgres() == (tmp_path / "bin").resolve()

    def test_a_wrong_environment_is_not_passed_over(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LAUNCHKIT_PG_BIN", str(tmp_path))
        with pytest.raises(embedded.EmbeddedError, match="LAUNCHKIT_PG_BIN"):
            embedded.find_postgres()

    def test_without_the_wheels_the_system_is_searched_newest_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in (
            "9/bin/postgres",
            "9/bin/initdb",
            "16/bin/postgres",
            "16/bin/initdb",
            "path/redis-server",
        ):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch(0o755)
        monkeypatch.setattr(binaries, "_package_dir", lambda _name: None)
        monkeypatch.setattr(binaries, "_SYSTEM_POSTGRES", ((str(tmp_path), "*/bin"),))
        monkeypatch.setenv("PATH", str(tmp_path / "path"))
        assert embedded.find_postgres() == (tmp_path / "16" / "bin").resolve()
        assert embedded.find_valkey() == (tmp_path / "path" / "redis-server").resolve()

    def test_a_machine_without_any_is_told_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(binaries, "_package_dir", lambda _name: None)
        monkeypatch.setattr(binaries, "_SYSTEM_POSTGRES", ())
        monkeypatch.setenv("PATH", "")
        with pytest.raises(embedded.EmbeddedError, match="DATABASE_URL"):
            embedded.find_postgres()
        with pytest.raises(embedded.EmbeddedError, match="REDIS_URL"):
            embedded.find_valkey()
        assert embedded.versions() == {}


class TestCrashes:
    def test_crashed_servers_come_back_on_their_ports_with_their_data(self, used_dir: Path) -> None:
        with embedded.Servers(used_dir) as servers:
            urls, before = (servers.database_url, servers.redis_url), pids(servers)
            query(servers.database_url, "create table if not exists kept as select 42 as n", "select 1")
            with redis_client(servers.redis_url) as client:
                client.set("kept", "42")
            os.kill(before[0], signal.SIGKILL)
            os.kill(before[1], signal.SIGKILL)
            until(lambda: not servers.postgres.is_running() and not servers.valkey.is_running())
            servers.postgres.start()
            servers.valkey.start()
            assert (servers.database_url, servers.redis_url) == urls
            assert query(servers.database_url, "select n from kept") == 42
            with redis_client(servers.redis_url) as client:
                assert client.get("kept") == "42"

    def test_a_busy_backend_of_the_crashed_server_does_not_prevent_the_next_start(
        self, used_dir: Path
    ) -> None:
        async def crash_under_load(servers: embedded.Servers) -> None:
            connection = await asyncpg.connect(servers.database_url)
            load = asyncio.create_task(
                connection.fetchval("select count(*) from generate_series(1, 3000000)")
            )
            await asyncio.sleep(0.02)
            servers.postgres.kill()
            servers.postgres.start()
            with contextlib.suppress(asyncpg.PostgresError, OSError):
                await load
            connection.terminate()

        with embedded.Servers(used_dir, valkey=False) as servers:
            asyncio.run(crash_under_load(servers))
            assert query(servers.database_url, "select 1") == 1

    @pytest.mark.parametrize("polls", [False, True], ids=["signal", "poll"])
    def test_restart_keeps_the_port(self, used_dir: Path, polls: bool) -> None:
        with embedded.Servers(used_dir, poll_parent=polls) as servers:
            urls, before = (servers.database_url, servers.redis_url), pids(servers)
            servers.postgres.restart()
            servers.valkey.restart()
            assert (servers.database_url, servers.redis_url) == urls
            assert not set(before) & set(pids(servers))
            servers.postgres.stop(immediate=True)
            servers.valkey.kill()
            assert not servers.postgres.is_running()
            servers.start()
            assert query(servers.database_url, "select 1") == 1

    @pytest.mark.parametrize("mode", ["signal", "poll"])
    def test_nothing_survives_a_killed_supervisor(self, used_dir: Path, mode: str) -> None:
        with supervisor(used_dir, mode) as process:
            left = started(process)[:2]
            assert not any(is_gone(pid) for pid in left)
            process.kill()
            process.wait()
            until(lambda: all(is_gone(pid) for pid in left))

    def test_orphans_of_an_earlier_run_are_stopped_first(self, used_dir: Path) -> None:
        with supervisor(used_dir, "poll") as process:
            *left, url, _ = started(process)
            query(url, "create table if not exists kept as select 42 as n", "select 1")
            for pid in left:
                os.kill(parent_of(pid), signal.SIGKILL)  # the shim, which would have stopped its server
            process.kill()
            process.wait()
        assert not any(is_gone(pid) for pid in left)
        with embedded.Servers(used_dir) as servers:
            assert all(is_gone(pid) for pid in left)
            assert query(servers.database_url, "select n from kept") == 42

    def test_a_stale_pid_file_whose_number_was_given_out_again_is_seen_through(self, used_dir: Path) -> None:
        pid_file = used_dir / "postgres" / "postmaster.pid"
        with impostor() as pid:
            pid_file.write_text(f"{pid}\n{used_dir}/postgres\n1\n5432\n\n127.0.0.1\n0 0\nready\n")
            os.chown(pid_file, *(pid_file.parent.stat().st_uid, pid_file.parent.stat().st_gid))
            with embedded.Servers(used_dir, valkey=False) as servers:
                assert servers.postgres.pid != pid
                assert query(servers.database_url, "select 1") == 1
            assert not is_gone(pid)

    def test_an_interrupted_initdb_is_begun_again(self, data_dir: Path) -> None:
        with supervisor(data_dir) as process:
            until(lambda: any(data_dir.glob("postgres.initdb-*/global/*")))
            process.kill()
        assert not (data_dir / "postgres").exists()
        with embedded.Servers(data_dir, valkey=False) as servers:
            assert query(servers.database_url, "select 1") == 1
        assert not list(data_dir.glob("postgres.initdb-*"))

    @pytest.mark.skipif(not Path("/bin/ps").exists(), reason="needs ps")
    def test_ps_tells_the_same_as_proc(self) -> None:
        assert orphans._ask_ps(os.getpid()) == orphans.command_line(os.getpid())


def parent_of(pid: int) -> int:
    if (stat_file := Path(f"/proc/{pid}/stat")).exists():
        return int(stat_file.read_text().rpartition(")")[2].split()[1])
    shown = subprocess.run(["ps", "-o", "ppid=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(shown.stdout)


@contextlib.contextmanager
def impostor() -> Iterator[int]:
    """A process of the same user as the server, which PostgreSQL itself would take for a running server."""
    user: dict[str, Any] = {"user": NOBODY.pw_uid, "extra_groups": []} if IS_ROOT else {}
    with subprocess.Popen(["sleep", "60"], cwd="/", **user) as process:
        try:
            yield process.pid
        finally:
            process.kill()


@needs_root
@needs_linux
class TestRoot:
    def test_servers_run_as_nobody_without_any_capability(self, used_dir: Path) -> None:
        used_dir.parent.chmod(0o755)
        try:
            with embedded.Servers(used_dir) as servers:
                assert {uid_of(pid) for pid in pids(servers)} == {NOBODY.pw_uid}
                assert {capabilities(pid) for pid in pids(servers)} == {0}
        finally:
            used_dir.parent.chmod(0o700)

    @pytest.mark.parametrize("mode", ["signal", "poll"])
    @pytest.mark.parametrize(
        ("without", "kept"),
        [((), SEARCH), ((SEARCH,), OVERRIDE)],
        ids=["all", "all-but-search"],
    )
    def test_a_closed_directory_is_entered_with_one_capability_and_nothing_else_changes(
        self, closed_place: Path, mode: str, without: tuple[int, ...], kept: int
    ) -> None:
        bin_dir = binaries_in(closed_place / "venv")
        watched = [*bin_dir.parents, bin_dir, closed_place / "data", Path("/etc/passwd"), Path("/etc/group")]
        before, passwd = rights(watched), Path("/etc/passwd").read_bytes()
        environment = {"LAUNCHKIT_PG_BIN": str(bin_dir)}
        with supervisor(closed_place / "data", mode, *without, env=environment) as process:
            postgres, valkey, url, _ = started(process)
            assert query(url, "select 1") == 1
            assert str(bin_dir) in orphans.command_line(postgres)
            assert {uid_of(pid) for pid in (postgres, valkey)} == {NOBODY.pw_uid}
            assert {capabilities(pid) for pid in (postgres, valkey)} == {1 << kept}
            process.kill()
            process.wait()
            until(lambda: is_gone(postgres) and is_gone(valkey))
        assert rights(watched) == before
        assert Path("/etc/passwd").read_bytes() == passwd

    def test_binaries_only_root_may_execute_need_the_stronger_capability(
        self, closed_place: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bin_dir = binaries_in(closed_place / "venv")
        monkeypatch.setenv("LAUNCHKIT_PG_BIN", str(bin_dir))
        for program in bin_dir.iterdir():
            program.chmod(0o700)
        try:
            with embedded.Servers(data_dir, valkey=False) as servers:
                assert servers.postgres.pid is not None
                assert capabilities(servers.postgres.pid) == 1 << OVERRIDE
        finally:
            for program in bin_dir.iterdir():
                program.chmod(0o755)

    def test_without_any_capability_the_closed_directory_is_named(self, data_dir: Path) -> None:
        with supervisor(data_dir, "signal", OVERRIDE, SEARCH) as process:
            _, complaint = process.communicate(timeout=60)
        assert f"nobody, who cannot enter {data_dir.parent}: choose LAUNCHKIT_DATA_DIR elsewhere" in complaint

    def test_root_without_the_power_to_change_users_is_told_so(self, data_dir: Path) -> None:
        with supervisor(data_dir, "signal", 5, 7) as process:
            _, complaint = process.communicate(timeout=60)
        assert "for want of CAP_KILL, CAP_SETUID" in complaint

    def test_data_of_an_ordinary_user_is_served_as_that_user(self, used_dir: Path) -> None:
        directories = [str(used_dir / name) for name in ("postgres", "valkey")]
        subprocess.run(["chown", "-R", "daemon", *directories], check=True)
        try:
            with embedded.Servers(used_dir) as servers:
                assert {uid_of(pid) for pid in pids(servers)} == {pwd.getpwnam("daemon").pw_uid}
        finally:
            subprocess.run(["chown", "-R", "nobody", *directories], check=True)

    def test_a_server_directory_of_root_is_refused(self, data_dir: Path) -> None:
        (data_dir / "postgres").mkdir(parents=True)
        with pytest.raises(embedded.EmbeddedError, match="belongs to root"):
            embedded.Servers(data_dir).start()

    def test_an_ordinary_user_needs_no_root(self, data_dir: Path) -> None:
        python = interpreter_for(NOBODY.pw_uid)
        data_dir.parent.chmod(0o755)
        data_dir.mkdir()
        os.chown(data_dir, NOBODY.pw_uid, NOBODY.pw_gid)
        as_nobody: dict[str, Any] = {"user": NOBODY.pw_uid, "group": NOBODY.pw_gid, "extra_groups": []}
        for _ in range(2):
            with supervisor(data_dir, python=python, **as_nobody) as process:
                *running, url, _ = started(process)
                assert query(url, "select current_user") == "launchkit"
                assert {uid_of(pid) for pid in running} == {NOBODY.pw_uid}
                process.communicate(timeout=60)
            assert process.returncode == 0
            assert all(is_gone(pid) for pid in running)

    def test_an_ordinary_user_is_told_that_root_started_it_before(self, data_dir: Path) -> None:
        python = interpreter_for(pwd.getpwnam("daemon").pw_uid)
        data_dir.parent.chmod(0o755)
        (data_dir / "valkey").mkdir(parents=True)
        os.chown(data_dir, pwd.getpwnam("daemon").pw_uid, -1)
        with supervisor(data_dir, python=python, user="daemon", extra_groups=[]) as process:
            _, complaint = process.communicate(timeout=60)
        assert "belongs to another user (uid 0)" in complaint


def rights(paths: list[Path]) -> list[tuple[int, int, int]]:
    return [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in paths]


def copy_of_the_binaries(target: Path) -> None:
    """The package of the wheel as it lies in a virtualenv, with the libraries that it refers to by its place."""
    install = embedded.find_postgres().parent
    target.mkdir(0o700)
    (target / install.parent.name / install.name / "bin").mkdir(parents=True)
    for program in ("postgres", "initdb"):
        shutil.copy(install / "bin" / program, binaries_in(target))
    for directory in ("lib", "share"):
        shutil.copytree(install / directory, binaries_in(target).with_name(directory), symlinks=True)
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)


def binaries_in(target: Path) -> Path:
    install = embedded.find_postgres().parent
    return target / install.parent.name / install.name / "bin"


def interpreter_for(uid: int) -> str:
    """A Python that the user can run; that of the tests may lie below somebody's closed home."""
    candidates = [sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"]
    program = "import sys; import app.infra.embedded; sys.exit(sys.version_info < (3, 11))"
    for candidate in candidates:
        with contextlib.suppress(OSError):
            tried = subprocess.run(
                [candidate, "-c", program],
                user=uid,
                extra_groups=[],
                cwd=SOURCE,
                capture_output=True,
                check=False,
            )
            if tried.returncode == 0:
                return candidate
    pytest.skip("no interpreter that another user can run")


@needs_linux
class TestThreads:
    def test_servers_started_by_a_thread_that_lives_on_outlive_the_call(self, used_dir: Path) -> None:
        """The kernel's tie is to the thread: an executor keeps its thread, which is why this works."""

        async def start_and_use() -> int:
            servers = embedded.Servers(used_dir, valkey=False)
            await asyncio.to_thread(servers.start)
            try:
                connection = await asyncpg.connect(servers.database_url)
                value: int = await connection.fetchval("select 1")
                await connection.close()
                return value
            finally:
                await asyncio.to_thread(servers.stop)

        assert asyncio.run(start_and_use()) == 1
