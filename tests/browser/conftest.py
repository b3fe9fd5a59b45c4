"""A reader at a desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.test_app import DESK, Reader, window


@pytest.fixture(scope="module")
def desk(browser: Any) -> Iterator[Any]:
    context = window(browser, DESK)
    yield context
    context.close()


@pytest.fixture
def reader(desk: Any, server: str) -> Iterator[Reader]:
    one = Reader(desk, server)
    yield one
    one.page.close()
