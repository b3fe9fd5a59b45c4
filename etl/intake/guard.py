"""What the process that reads strangers' files may not do: checked by the interpreter itself.

The kernel bounds its memory, its time and what it may write; an audit hook, which nothing can take
away again, refuses to write outside the folder, to start a program, or to reach the network.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from pathlib import Path

_FORBIDDEN = frozenset(
    {
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "urllib.Request",
        "http.client.connect",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "pty.spawn",
        "webbrowser.open",
    }
)
# Event → which of its arguments are paths that change.
_CHANGING = {
    "os.rename": (0, 1),
    "os.link": (0, 1),
    "os.symlink": (1,),
    "os.mkdir": (0,),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "shutil.rmtree": (0,),
    "shutil.move": (0, 1),
    "shutil.copyfile": (1,),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
OPEN_FILES = 256


def close_in(folder: Path, memory: int, file_bytes: int) -> None:
    """From now on this process writes below `folder` only, starts nothing, fetches nothing."""
    _bound("RLIMIT_CORE", 0)
    _bound("RLIMIT_FSIZE", file_bytes)
    _bound("RLIMIT_NOFILE", OPEN_FILES)
    _bound("RLIMIT_DATA", memory, hard=resource.RLIM_INFINITY)
    root = os.path.realpath(folder)

    def allowed(path: object) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return True
        real = os.path.realpath(os.fsdecode(path))
        return real == os.devnull or real.startswith(root + os.sep) or real == root

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in _FORBIDDEN:
            raise PermissionError(f"{event} is not allowed while strangers' files are read")
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITING and not allowed(path):
                raise PermissionError("nothing may be written outside the visit's folder")
        elif event in _CHANGING and not all(allowed(arguments[at]) for at in _CHANGING[event]):
            raise PermissionError("nothing may be changed outside the visit's folder")

    sys.addaudithook(watch)


def allow_memory(amount: int) -> None:
    """Set how many bytes this process may have to itself from now on."""
    _bound("RLIMIT_DATA", amount, hard=resource.RLIM_INFINITY)


def peak() -> int:
    """The most memory that this process had at a time, in bytes.

    Linux tells it in /proc; what getrusage says there begins with what the program had that
    started this one.
    """
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _bound(name: str, amount: int, hard: int | None = None) -> None:
    """Set a limit where this system knows it; it can't be raised again unless `hard` is higher."""
    limit = getattr(resource, name, None)
    if limit is None:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(limit, (amount, amount if hard is None else hard))
