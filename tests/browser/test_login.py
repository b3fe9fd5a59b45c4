"""Logging in to correct, with Streamlit's own login and a provider on this machine.

Left out where Authlib and oidc-provider-mock are not installed (docs/corrections.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard import language
from tests.browser.test_app import DESK, Reader, window
from tests.conftest import free_port, serve

pytestmark = pytest.mark.browser

pytest.importorskip("authlib")
provider = pytest.importorskip("oidc_provider_mock")

PEOPLE = {
    "li": {"email": "li@paper.example", "email_verified": True, "name": "李明"},
    "zhao": {"email": "zhao@elsewhere.example", "email_verified": True, "name": "赵远"},
    "mo": {"email": "li@paper.example", "email_verified": False, "name": "莫某"},
}
SECRETS = """[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "only for this test, on this machine"
client_id = "banmian"
client_secret = "none"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


def zh(key: str) -> str:
    return language.text("zh", key)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("login") / "corrections.jsonl"


@pytest.fixture(scope="module")
def owner(tables_folder: Path, path: Path) -> Iterator[str]:
    """The app of an owner who named one person, whom a provider on this machine knows."""
    people = [provider.User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    with provider.run_server_in_thread(user_claims=people) as running:
        port = free_port()
        secrets = path.with_name("secrets.toml")
        address = f"http://localhost:{running.server_port}"
        secrets.write_text(SECRETS.format(port=port, provider=address), encoding="utf-8")
        settings = {
            "BANMIAN_CORRECTIONS": str(path),
            "BANMIAN_EDITORS": "li@paper.example",
            "STREAMLIT_SECRETS_FILES": str(secrets),
        }
        with serve(tables_folder, port=port, **settings) as served:
            yield served


def logged_in(browser: Any, owner: str, who: str) -> Reader:
    """A reader who went to /review and logged in as one of PEOPLE."""
    reader = Reader(window(browser, DESK), owner)
    page = reader.page
    reader.open("/review")
    page.get_by_role("button", name=zh("correct.log_in")).click()
    page.locator("input[name=sub]").fill(who)
    page.locator("button").first.click()
    page.wait_for_url(f"{owner}/**")
    reader.settled()
    reader.open("/review")
    return reader


def test_who_is_named_corrects_in_their_name_until_they_log_out(
    browser: Any, owner: str, path: Path
) -> None:
    reader = logged_in(browser, owner, "li")
    page = reader.page
    page.locator(".bm-review").wait_for()
    page.keyboard.press("a")
    page.get_by_text(zh("correct.saved")).wait_for()
    (entry,) = [json.loads(one) for one in path.read_text("utf-8").splitlines()]
    assert (entry["action"], entry["who"]) == ("accept", "李明")
    page.get_by_role("button", name=zh("correct.log_out")).click()
    # The provider may ask whether to end its own session, too.
    page.wait_for_url("**/oauth2/end_session**")
    reader.open("/review")
    page.get_by_role("button", name=zh("correct.log_in")).wait_for()
    assert page.locator(".bm-review").count() == 0
    page.context.close()


@pytest.mark.parametrize(
    ("who", "told"), [("zhao", "zhao@elsewhere.example"), ("mo", zh("correct.unconfirmed"))]
)
def test_anybody_else_is_told_why_they_may_not(
    browser: Any, owner: str, who: str, told: str
) -> None:
    reader = logged_in(browser, owner, who)
    assert told in reader.words() and reader.page.locator(".bm-review").count() == 0
    reader.open("/figures")
    mend = reader.page.get_by_role("button", name=zh("correct.mend"))
    assert mend.count() == 0
    reader.page.context.close()
