"""What several tests need: tables to look at, the app in a test, the app in a browser."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from dashboard import fonts

# A test that is slow on a busy machine is no wrong one.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLE = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
HOW_TO = "Debian: sudo apt install chromium; macOS: brew install --cask chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests of the shared material where it is not beside the project."""
    reason = f"the shared material is not at {SHARED}"
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def tables_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small newspaper's tables."""
    from tests.newsroom import newspaper

    folder = tmp_path_factory.mktemp("tables")
    newspaper().write(folder)
    return folder


@pytest.fixture
def app(tables_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs app.py on one of its pages: `app("figures", province="140000")`."""
    from streamlit.testing.v1 import app_test

    class Pages(app_test.PagesManager):
        """A folder named pages/ would else take over from the second run on."""

        @property
        def uses_pages_directory(self) -> bool:
            return False

        @uses_pages_directory.setter
        def uses_pages_directory(self, value: object) -> None:
            pass

    monkeypatch.setattr(app_test, "PagesManager", Pages)
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))
    monkeypatch.chdir(ROOT)

    # A run of the app takes the place of __main__, which a worker process would then start from.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])

    def run(page: str = "overview", **parameters: str | list[str]) -> Any:
        test = app_test.AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        if page != "overview":
            # A page is known only once the app has run.
            test.run().switch_page(f"pages/{page}.py")
        for name, value in parameters.items():
            test.query_params[name.rstrip("_")] = value
        return test.run()

    return run


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The corrections file of an owner who sits at this machine."""
    from dashboard import editors

    path = tmp_path / "corrections.jsonl"
    monkeypatch.setenv("BANMIAN_CORRECTIONS", str(path))
    monkeypatch.setenv(editors.EDITORS, editors.EVERYBODY)
    monkeypatch.setattr(editors, "_owner", lambda: "王")
    return path


def _chromium() -> str | None:
    named = os.environ.get("BANMIAN_CHROMIUM")
    found = [named, *map(shutil.which, BROWSERS), APPLE]
    return next((one for one in found if one and Path(one).exists()), None)


def _leave_out(reason: str) -> None:
    if os.environ.get("BANMIAN_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium."""
    if _chromium() is None:
        _leave_out(f"no Chromium here. {HOW_TO}")
    with open_browser() as chromium:
        yield chromium


@contextlib.contextmanager
def open_browser() -> Iterator[Any]:
    """The Chromium of this machine."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(tables_folder: Path) -> Iterator[str]:
    """The address of the app on the small newspaper's tables."""
    with serve(tables_folder) as address:
        yield address


@contextlib.contextmanager
def serve(
    tables: Path, port: int | None = None, script: str = "serve.py", **settings: str
) -> Iterator[str]:
    """The app on some tables, started on a free port unless one is given; its address.

    `script` is what is served, `settings` are more variables of its environment.
    """
    # Before it starts, as `make run` does: a server looks for the folder of letters only once.
    fonts.ensure_web_font()
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    environment = os.environ | {"BANMIAN_TABLES": str(tables)} | settings
    with subprocess.Popen(
        [*command, "--server.address", "127.0.0.1"], cwd=ROOT, env=environment
    ) as process:
        try:
            waited_for(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def waited_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers, at most half a minute."""
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail("the app did not start; its words are above")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return
        time.sleep(0.1)
    pytest.fail("the app did not answer within 30 seconds")
