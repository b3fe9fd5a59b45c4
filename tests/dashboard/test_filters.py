"""The filter bar and the address: what is chosen, kept, dropped."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest

from dashboard import address, filters, share
from dashboard.queries import Options
from tests import newsroom

App = Callable[..., Any]
OPTIONS = Options(
    provinces=[("140000", "山西省"), ("410000", "河南省")],
    cities=[
        ("140100", "太原市", "140000"),
        ("140200", "大同市", "140000"),
        ("410100", "郑州市", "410000"),
    ],
    types=["meeting"],
    first_date=None,
    last_date=None,
    publications=[],
    first_issue=None,
    last_issue=None,
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), None),
        (("2023-12-28",), datetime.date(2023, 12, 28)),
        (("2023-02-30",), None),
        (("昨天",), None),
        (("2023-12-28", "2023-12-29"), datetime.date(2023, 12, 28)),
    ],
)
def test_a_day_of_the_address(values: tuple[str, ...], expected: datetime.date | None) -> None:
    assert filters.day(values) == expected


def test_cities_are_those_of_the_chosen_provinces() -> None:
    assert list(filters.city_options(OPTIONS, ["140000"])) == ["140100", "140200"]
    assert list(filters.city_options(OPTIONS, [])) == ["140100", "140200", "410100"]


def test_codes_that_are_no_option_are_dropped_and_each_is_kept_once() -> None:
    assert address.known(["a", "b"])(("b", "x", "b", "a")) == ["b", "a"]
    assert address.one_of(["a"], "z")(("x", "a")) == "a"
    assert address.one_of(["a"], "z")(("x",)) == "z"


def test_a_link_holds_several_values_and_escapes_them() -> None:
    link = share.link(
        "http://host/figures?old=1#x", {"province": ("140000", "410000"), "q": ("&",)}
    )
    assert link == "http://host/figures?province=140000&province=410000&q=%26"


def chosen(test: Any) -> dict[str, Any]:
    names = ("province", "city", "type", "from", "to")
    return {name: test.session_state[address.key_of(name)] for name in names}


def test_the_address_sets_every_filter(app: App) -> None:
    test = app(
        "overview",
        province=[newsroom.SHANXI, newsroom.HENAN],
        city=newsroom.TAIYUAN,
        type="signing",
        from_="2023-12-01",
        to="2023-12-31",
    )
    assert chosen(test) == {
        "province": [newsroom.SHANXI, newsroom.HENAN],
        "city": [newsroom.TAIYUAN],
        "type": ["signing"],
        "from": datetime.date(2023, 12, 1),
        "to": datetime.date(2023, 12, 31),
    }
    assert test.query_params["province"] == [newsroom.SHANXI, newsroom.HENAN]
    assert test.query_params["from"] in ("2023-12-01", ["2023-12-01"])


def test_what_is_not_valid_leaves_the_address(app: App) -> None:
    test = app(
        "overview", province="999999", city="x", type="party", from_="soon", lang="fr", utm="1"
    )
    assert chosen(test) == {"province": [], "city": [], "type": [], "from": None, "to": None}
    assert not test.query_params


def test_a_city_outside_the_chosen_provinces_is_dropped(app: App) -> None:
    test = app("overview", province=newsroom.SHANXI, city=newsroom.ZHENGZHOU)
    assert chosen(test)["city"] == []


def test_a_city_or_a_type_without_reports_stays_chosen(app: App) -> None:
    test = app("activities", city="460200", type="donation")
    assert chosen(test)["city"] == ["460200"]
    assert chosen(test)["type"] == ["donation"]
    assert any("三亚市" in str(one.value) for one in test.html)
    assert test.query_params["city"] in ("460200", ["460200"])
    assert chosen(app("activities", city=["440183", "429000"]))["city"] == []


def test_choosing_writes_the_address_and_every_page_keeps_it(app: App) -> None:
    test = app("overview")
    test.multiselect(key=address.key_of("province")).set_value([newsroom.SHANXI]).run()
    assert test.query_params["province"] in (newsroom.SHANXI, [newsroom.SHANXI])
    ways = re.findall("bm-nav' href='([^']*)'", "".join(str(one.value) for one in test.html))
    assert len(ways) >= 5
    assert all(f"province={newsroom.SHANXI}" in one for one in ways)


def test_clearing_takes_the_filters_and_leaves_the_language(app: App) -> None:
    test = app("overview", province=newsroom.SHANXI, lang="en", from_="2023-12-01")
    next(one for one in test.button if one.label == "Clear filters").click().run()
    assert dict(test.query_params) in ({"lang": "en"}, {"lang": ["en"]})
    assert chosen(test)["from"] is None


def test_dates_the_wrong_way_round_are_told(app: App) -> None:
    test = app("overview", from_="2023-12-31", to="2023-12-01")
    assert any("开始日期晚于结束日期" in one.value for one in test.warning)
