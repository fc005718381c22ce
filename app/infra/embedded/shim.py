"""Turns itself into a server that cannot outlive the process that supervises it.

Run as a script, `python -I -S shim.py …`, never imported by the application: it starts in milliseconds, and
once it has given up root it may no longer be able to read the interpreter's library, so everything that it
needs is imported at the top.

Arguments: expected parent pid, signal to send when that parent dies, descriptor for reports, `signal` or
`poll`, account (`uid:gid:group,group` or `-`), number of paths that the server must be able to enter, those
paths, and the command. A report is `pid N`, `unreachable PATH` or `error TEXT`; silence and a closed
descriptor mean that the server was executed in this very process.
"""

import os
import signal
import sys
import time

if sys.platform == "linux":
    import ctypes

EXIT_REFUSED = 96
_POLL_SECONDS = 0.05
_STOP_SECONDS = 10.0

# linux/prctl.h and linux/capability.h
_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_SET_SECUREBITS = 28
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_OVERRIDE = 1
_CAP_DAC_READ_SEARCH = 2
_CAP_SETPCAP = 8
_SECBIT_NO_SETUID_FIXUP = 1 << 2


class Order:
    """The command line, taken apart; a plain class, as `dataclasses` takes longer to import than all else."""

    def __init__(self, arguments: list[str]) -> None:
        self.parent, self.stop_signal, self.report_fd = (int(text) for text in arguments[:3])
        self.polls = arguments[3] == "poll"
        self.account = None if arguments[4] == "-" else _parse_account(arguments[4])
        first_path = 6
        first_word = first_path + int(arguments[5])
        self.paths = arguments[first_path:first_word]
        self.command = arguments[first_word:]


class RefusedError(Exception):
    """The server cannot be started; the text is the report."""


def main(arguments: list[str]) -> None:
    order = Order(arguments)
    # It must close when the server is executed: that is how the supervisor learns of success.
    os.set_inheritable(order.report_fd, False)
    if order.polls:
        _supervise(order)
    else:
        _become_server_or_exit(order)


def _parse_account(text: str) -> tuple[int, int, list[int]]:
    uid, gid, groups = text.split(":")
    return int(uid), int(gid), [int(group) for group in groups.split(",") if group]


def _report(order: Order, text: str) -> None:
    os.write(order.report_fd, os.fsencode(text) + b"\n")


def _become_server_or_exit(order: Order) -> None:
    try:
        _become_server(order)
    except RefusedError as refused:
        _report(order, str(refused))
    except OSError as error:
        _report(order, f"error {error}")
    os._exit(EXIT_REFUSED)


def _become_server(order: Order) -> None:
    """Drop root, then tie the server to its parent (a change of user clears that tie), then execute it."""
    if order.account is not None:
        _change_user(*order.account)
        blocked = _first_blocked(order.paths)
        if blocked is not None:
            _execute_with_a_capability(order)
            raise RefusedError(f"unreachable {blocked}")
        _drop_capabilities()
    _execute(order)


def _execute_with_a_capability(order: Order) -> None:
    """Returns when no capability of this process lets the new user in."""
    for capability in _usable_capabilities(order.command[0]):
        # Searching directories is not enough when the binary itself has no execute bit for others.
        try:
            _keep_only(capability)
            _execute(order)
        except PermissionError:
            continue


def _execute(order: Order) -> None:
    if not order.polls:
        _tie_to_parent(order)
    os.execv(order.command[0], order.command)  # noqa: S606


def _tie_to_parent(order: Order) -> None:
    _prctl(_PR_SET_PDEATHSIG, order.stop_signal)
    if os.getppid() != order.parent:
        # It died before the tie was made, so no signal will come.
        raise RefusedError("error the supervising process is gone")


def _change_user(uid: int, gid: int, groups: list[int]) -> None:
    if sys.platform == "linux":
        _prctl(_PR_SET_KEEPCAPS, 1)
    os.setgroups(groups)
    os.setgid(gid)
    os.setuid(uid)


def _first_blocked(paths: list[str]) -> str | None:
    """The first directory on the way to the paths that the user may not enter without a capability."""
    for path in paths:
        entered = "/"
        for part in path.split("/"):
            entered = os.path.join(entered, part)  # noqa: PTH118 (pathlib is too slow to import here)
            if not os.access(entered, os.X_OK):
                return entered
    return None


def _drop_capabilities() -> None:
    if sys.platform == "linux":
        _capset(permitted=0, inheritable=0)


def _usable_capabilities(program: str) -> list[int]:
    """Capabilities that let the new user in, weakest first; Docker's default set has only the second."""
    if sys.platform != "linux":
        return []
    permitted = _permitted()
    if not _let_access_see_capabilities(permitted) and _first_blocked([program]) is not None:
        return []  # PostgreSQL asks access() about its own binaries
    wanted = (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE)
    return [number for number in wanted if permitted & (1 << number)]


def _let_access_see_capabilities(permitted: int) -> bool:
    """Without this secure bit access() leaves out the capabilities of everybody but root."""
    if not permitted & (1 << _CAP_SETPCAP):
        return False
    _capset(permitted, inheritable=0, effective=1 << _CAP_SETPCAP)
    try:
        _prctl(_PR_SET_SECUREBITS, _SECBIT_NO_SETUID_FIXUP)
    except OSError:
        return False
    return True


def _keep_only(capability: int) -> None:
    """Let one capability survive the execution, which itself needs it too.

    The others stay permitted for another attempt; a successful execution ends them.
    """
    _capset(_permitted(), inheritable=1 << capability, effective=1 << capability)
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability)


def _prctl(*arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    padded = [ctypes.c_ulong(number) for number in (*arguments, 0, 0, 0, 0)[:5]]
    _check(libc.prctl(ctypes.c_int(arguments[0]), *padded[1:]))


def _permitted() -> int:
    header, data = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    _check(ctypes.CDLL(None, use_errno=True).capget(header, data))
    return data[1]


def _capset(permitted: int, inheritable: int, effective: int = 0) -> None:
    """Sets of the first 32 capabilities; all that come after are dropped."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)(effective, permitted, inheritable, 0, 0, 0)
    _check(ctypes.CDLL(None, use_errno=True).capset(header, data))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _supervise(order: Order) -> None:
    """Where the kernel cannot tie a child to its parent (macOS): stay between the two and watch."""
    server = os.fork()
    if server == 0:
        _become_server_or_exit(order)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: os.kill(server, received))
    _report(order, f"pid {server}")
    os.close(order.report_fd)
    os._exit(_watch(server, order))


def _watch(server: int, order: Order) -> int:
    """Return the exit status of the server, which is told to stop when the parent goes away."""
    kill_at: float | None = None
    while True:
        done, status = os.waitpid(server, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if kill_at is None and os.getppid() != order.parent:
            os.kill(server, order.stop_signal)
            kill_at = time.monotonic() + _STOP_SECONDS
        if kill_at is not None and time.monotonic() > kill_at:
            os.kill(server, signal.SIGKILL)
        time.sleep(_POLL_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1:])
