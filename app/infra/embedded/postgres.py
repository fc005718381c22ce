"""The private PostgreSQL."""

import signal
from pathlib import Path
from typing import ClassVar

from app.infra.embedded import account as accounts
from app.infra.embedded import binaries, cluster, ports, postmaster, secret
from app.infra.embedded.account import Account
from app.infra.embedded.errors import EmbeddedError
from app.infra.embedded.process import Command, Process
from app.infra.embedded.server import Server

# On the command line, so that they can change from one version of LaunchKit to the next without touching a
# data directory. Nothing here may weaken durability: tests of crash safety run on this server.
_SETTINGS = {
    "listen_addresses": ports.HOST,
    "unix_socket_directories": "",  # a socket path may not exceed some 100 characters, a data directory may
    "max_connections": "200",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


class PostgresServer(Server):
    """PostgreSQL on TCP at 127.0.0.1, with the role and the database `launchkit`."""

    title: ClassVar[str] = "PostgreSQL"
    name: ClassVar[str] = "postgres"
    # The kernel sends it when the supervisor dies: fast shutdown disconnects clients and loses nothing.
    stop_signal: ClassVar[signal.Signals] = signal.SIGINT
    immediate_signal: ClassVar[signal.Signals] = signal.SIGQUIT
    # Backends of a postmaster that was killed need a moment to notice.
    passing_troubles: ClassVar[tuple[str, ...]] = (
        "pre-existing shared memory block",
        'lock file "postmaster.pid" already exists',
    )

    def __init__(self, data_dir: Path, *, poll_parent: bool) -> None:
        super().__init__(data_dir, poll_parent=poll_parent)
        self._bin_dir = Path()
        self._account: Account | None = None
        self._password = ""

    @property
    def url(self) -> str:
        return f"postgresql://{cluster.USER}:{self._password}@{ports.HOST}:{self.port}/{cluster.DATABASE}"

    def _prepare(self) -> None:
        self._bin_dir = binaries.find_postgres()
        self._account = accounts.for_directory(self.directory)
        exists = cluster.require_usable(self.directory, self._bin_dir)
        self._password = self._read_password(exists=exists)
        if exists:
            postmaster.clear_leftovers(self.directory)
        else:
            self._create_cluster()

    def _read_password(self, *, exists: bool) -> str:
        path = self._data_dir / "postgres.password"
        if exists and not path.exists():
            raise EmbeddedError(
                f"{path} is missing, so the data in {self.directory} cannot be opened: "
                "restore that file, or choose another LAUNCHKIT_DATA_DIR."
            )
        return secret.find_or_create(path)

    def _create_cluster(self) -> None:
        with self._open_log() as log:
            cluster.Cluster(
                self.directory,
                bin_dir=self._bin_dir,
                account=self._account,
                log=log,
                poll_parent=self._poll_parent,
            ).create(self._password)

    def _command(self, port: int) -> Command:
        executable = self._bin_dir / "postgres"
        settings = _SETTINGS | {"port": str(port)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Command(
            words=[str(executable), "-D", str(self.directory), *options],
            account=self._account,
            stop_signal=self.stop_signal,
            paths=[executable, self.directory],
            poll_parent=self._poll_parent,
        )

    def _accepts_connections(self, process: Process) -> bool:
        return postmaster.is_ready(self.directory, process.pid)
