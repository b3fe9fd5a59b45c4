"""On a dask cluster: the same tables, also where a worker is killed while it works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl import __main__ as cli
from etl import cluster as cluster_module
from etl import engines, plan, stamp, store
from etl.engines import EngineError
from tests.etl.engine_work import dies, dies_once, number_of
from tests.etl.test_build import write

pytest.importorskip("distributed", reason="dask is not installed (requirements-dask.txt)")

ROOT = Path(__file__).resolve().parents[2]


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Starts workers of a scheduler; gives its address and the function that starts one more."""
    file = tmp_path_factory.mktemp("dask") / "scheduler.json"
    said = ("--scheduler-file", str(file))
    where = ("--host", "127.0.0.1", "--no-dashboard")
    begun = [_start("distributed.cli.dask_scheduler", *said, *where, "--port", "0")]
    while not file.exists():
        time.sleep(0.05)

    def worker() -> None:
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        begun.append(_start("distributed.cli.dask_worker", *said, *options))

    from distributed import Client

    with Client(scheduler_file=str(file)) as client:
        address = client.scheduler.address

        def workers(number: int) -> str:
            for _ in range(number - len(client.nthreads())):
                worker()
            client.wait_for_workers(number, timeout=60)
            return address

        yield workers
    for process in begun:
        process.kill()
        process.wait()


def test_a_cluster_makes_the_same_files_also_where_a_worker_is_killed(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "CHARACTERS_OF_PIECE", 300)
    source = write(tmp_path / "in", range(12))
    on_two = ["--engine", "dask", "--scheduler", cluster(2)]
    killed: list[int] = []
    usual = cluster_module._results

    def of(client: Any, *rest: Any) -> Iterator[dict[str, Any]]:
        """The results; behind the first one of the two workers is killed."""
        for one in usual(client, *rest):
            if not killed:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)
            yield one

    for name, more in {"one": [], "cluster": on_two, "killed": on_two}.items():
        if name == "killed":
            monkeypatch.setattr(cluster_module, "_results", of)
        call = ["build", str(source), "--out", str(tmp_path / name), "--workers", "1", *more]
        assert cli.main(call) == 0
    assert killed
    for name in store.names():
        files = {(tmp_path / build / name).read_bytes() for build in ("one", "cluster", "killed")}
        assert len(files) == 1


def test_the_work_of_a_killed_worker_is_done_by_another(cluster: Any, tmp_path: Path) -> None:
    marker = str(tmp_path / "died")
    chunks = [["a"], ["bb"], [marker], ["cc"], ["d"], ["ee"], ["f"]]
    found = list(engines.dask(cluster(2))(dies_once, iter(chunks), 2))
    assert Path(marker).exists()
    assert [one["words"]["n"].to_pylist() for one in found] == [[len(one[0])] for one in chunks]


def test_work_that_kills_every_worker_is_given_up(cluster: Any) -> None:
    cluster(4)
    with pytest.raises(EngineError, match="several workers died"):
        list(engines.dask(cluster(4))(dies, iter([["a"]]), 1))


def test_a_worker_with_other_code_is_refused(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    address = cluster(1)
    monkeypatch.setattr(stamp, "code", lambda: "0123456789abcdef")
    with pytest.raises(EngineError, match="another version of the code"):
        list(engines.dask(address)(number_of, iter([[1]]), 1))


def test_where_no_scheduler_answers_the_build_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.cluster._SECONDS_TO_CONNECT", 0.3)
    with pytest.raises(EngineError, match="no dask scheduler answers"):
        list(engines.dask("tcp://127.0.0.1:9")(number_of, iter([[1]]), 1))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("Error during deserialization of the task graph."), EngineError),
        (ModuleNotFoundError("No module named 'etl'"), EngineError),
        (RuntimeError("something else"), RuntimeError),
    ],
)
def test_a_cluster_that_does_not_find_the_code_is_told_how(
    error: Exception, told: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Client:
        def nthreads(self) -> dict[str, int]:
            return {"worker": 1}

        def submit(self, *_: object, **__: object) -> Any:
            raise error

        def close(self) -> None:
            pass

    monkeypatch.setattr("etl.cluster._connected", lambda _: Client())
    said = "PYTHONPATH=" if told is EngineError else "something else"
    with pytest.raises(told, match=said):
        list(engines.dask("tcp://host")(number_of, [["one"]], 1))


def test_engine_and_address_go_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in (["--engine", "dask"], ["--scheduler", "tcp://127.0.0.1:9"]):
        assert cli.main(["build", "x.txt", "--out", str(tmp_path), *more]) == 2
    assert "go together" in capsys.readouterr().err
