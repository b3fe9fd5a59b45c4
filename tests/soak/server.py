"""The real server as a process of its own: started, measured, killed and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from dashboard import fonts
from tests.conftest import ROOT, free_port

WAIT = 60


class Server:
    """`serve.py` on a folder of tables, on a port that stays the same over restarts."""

    def __init__(self, tables: Path, log: Path, **settings: str) -> None:
        self.tables, self.log = tables, log
        self.settings = {"BANMIAN_TABLES": str(tables), "BANMIAN_RATE": "0", **settings}
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; the seconds until it answers."""
        # Before it starts, as `make run` does.
        fonts.ensure_web_font()
        began = time.monotonic()
        command = [sys.executable, "-m", "streamlit", "run", "serve.py"]
        command += ["--server.port", str(self.port), "--server.address", "localhost"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | self.settings, stdout=log, stderr=log
            )
        while time.monotonic() - began < WAIT:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server did not start: {self.log.read_text()[-2000:]}")
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://localhost:{self.port}/_stcore/health", timeout=1)
                return time.monotonic() - began
            time.sleep(0.1)
        raise RuntimeError("the server did not answer")

    def kill(self) -> None:
        """End it as the kernel would."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it politely."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def memory(self) -> float:
        """What it holds in memory now, in MB."""
        assert self.process
        for line in Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return float("nan")

    def processor(self) -> float:
        """Processor seconds so far."""
        assert self.process
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
