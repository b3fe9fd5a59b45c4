"""What the parsers are given: grammars of pieces that newspapers hold, and broken sound files."""

from __future__ import annotations

import functools
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.conftest import ROOT

Inputs = st.SearchStrategy[bytes]

NUMBERS = [
    "一",
    "二",
    "两",
    "三",
    "十",
    "十二",
    "二十",
    "百",
    "三百零五",
    "千",
    "万",
    "亿",
    "万亿",
    "〇",
    "零",
    "半",
    "廿",
    "几",
    "数",
    "多",
    "余",
    "近",
    "约",
    "超",
    "逾",
    "百分之",
    "千分之",
    "第",
    "成",
    "1",
    "12",
    "3.5",
    "1,126",
    "2023",
    "0",
    "00",
    "1e9",
    ".5",
    "-3",
    "１２",
    "３．５",
    "①",
    "²",
    "٣",
    "𝟘",
    "Ⅻ",
    "½",
    "%",
    "％",
    "‰",
    "～",
    "~",
    "至",
    "到",
    "—",
    "倍",
    "番",
    "个百分点",
    "亿元",
    "万元",
    "件",
    "条",
    "人次",
    "家",
    "名",
    "位",
    "项",
    "公里",
    "平方米",
    "吨",
    "元/吨",
    "℃",
    "9999999999999999999999",
]
DATES = [
    "2023年",
    "12月",
    "28日",
    "去年",
    "今年",
    "明年",
    "昨日",
    "近日",
    "上午",
    "下旬",
    "季度",
    "一季度",
    "年底",
    "以来",
    "期间",
    "当天",
    "月",
    "日",
    "年",
    "13日下午",
    "2023-12-28",
    "2023.13.45",
    "二〇二三年",
    "“十四五”",
    "90年代",
    "31日",
    "2月30日",
    "0年",
    "99999年",
    "春节",
    "至",
]
PLACES = [
    "太原市",
    "大同",
    "朝阳区",
    "吉林",
    "重庆市",
    "市县",
    "内蒙古自治区",
    "新疆生产建设兵团",
    "恩施州",
    "省政协",
    "我市",
    "全国",
    "全区",
    "积石山保安族东乡族撒拉族自治县",
    "台湾省",
    "香港",
    "自治州",
    "县",
    "区",
    "市",
    "省",
    "镇",
    "村",
    "中山路",
    "广安门",
    "同心",
    "和政",
]
WORDS = [
    "政协",
    "委员",
    "提案",
    "调研",
    "座谈会",
    "召开",
    "举行",
    "组织",
    "视察",
    "培训",
    "开展",
    "协商会",
    "签约仪式",
    "收到",
    "办结",
    "同比增长",
    "下降",
    "其中",
    "占",
    "达到",
    "主席",
    "副主席",
    "书记",
    "张某某",
    "阿迪力·阿不力孜",
    "本报讯",
    "记者",
    "通讯员",
    "报道",
    "责任编辑",
    "第3版",
    "要闻",
    "下转第2版",
    "（上接1版）",
    "广告",
    "电话：",
    "邮编",
    "国内统一连续出版物号",
    "CN11-0001",
    "编者按",
    "图为",
    "摄",
    "新华社",
    "消息",
    "会议",
    "活动",
]
MARKS = [
    *list(
        "，。；：、？！“”‘’（）()《》【】「」『』…—·■□●▲◆※|/\\_*#`~<>&\"'=+-@\t\n\r\x0b\x0c \u3000"
    ),
    "\n\n",
    "\r\n",
    "\ufeff",
    "\u200b",
    "\u202e",
    "́",
    "\x00",
    "\x1b[0m",
    "\u2028",
    "\x85",
    "👩\u200d👩\u200d👧",
    "𠮷",
    "�",
    "\ue000",
    "\uffff",
    "\xad",
    "K",
    "ẞ",
    "İ",
    "ﬁ",
    "㍿",
    "（（",
    "））",
    "””",
]
MARKUP = [
    "<b>",
    "</b>",
    "<script>alert(1)</script>",
    "<td>",
    "<tr>",
    "<table>",
    "<p>",
    "</p>",
    "<br>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "<meta",
    "charset=utf-16>",
    "<title>",
    "<h1>",
    "<html>",
    "<body>",
    "<a",
    "href=javascript:1>",
    "#",
    "##",
    "```",
    "---",
    "===",
    "|",
    "a",
    "|",
    "b",
    "|",
    "|---|",
    "[a](b)",
    "![a](b)",
    "*",
    "-",
    "1.",
    ">",
    "{{7*7}}",
    "${7}",
    "%00",
    "%n",
    "../..",
    "$x^2$",
]
TEXT_POOL = [*NUMBERS, *DATES, *PLACES, *WORDS, *MARKS]
_AT = st.floats(0, 1)


@functools.cache
def own_texts() -> tuple[str, ...]:
    """The bundled articles, which are ours."""
    files = sorted((ROOT / "data" / "corpus").glob("*.txt"))
    return tuple(one.read_text("utf-8") for one in files)


def texts(pool: Sequence[str], most: int = 60) -> st.SearchStrategy[str]:
    """Pieces of a pool in any order, some very often, or a stretch of an article."""
    piece = st.sampled_from(pool)
    repeated = st.builds(lambda one, times: one * times, piece, st.integers(2, 300))
    pair = st.builds(lambda one, two, times: (one + two) * times, piece, piece, st.integers(2, 100))
    stretch = st.builds(
        lambda text, at, size: text[int(at * len(text)) :][:size],
        st.sampled_from(own_texts()),
        _AT,
        st.integers(1, 400),
    )
    any_text = st.text(st.characters(blacklist_categories=()), max_size=12)
    # A piece is drawn most often: hypothesis takes the first branch for the simplest.
    some = st.one_of(piece, piece, piece, piece, stretch, repeated, pair, any_text)
    return st.lists(some, max_size=most).map("".join)


def encoded(found: st.SearchStrategy[str]) -> Inputs:
    """Texts in the encodings that come, and some that don't fit."""
    names = st.sampled_from(["utf-8", "utf-8", "utf-8", "gb18030", "utf-8-sig", "utf-16", "big5"])
    return st.builds(lambda text, name: text.encode(name, "replace"), found, names)


def plain(pool: Sequence[str], most: int = 60) -> Inputs:
    """Texts as the program holds them: UTF-8 that may have lone surrogates."""
    return texts(pool, most).map(lambda one: one.encode("utf-8", "surrogatepass"))


def bent(files: Sequence[bytes], tokens: Sequence[bytes] = ()) -> Inputs:
    """Sound files with stretches cut out, doubled, put elsewhere or replaced."""
    token = st.sampled_from([b"\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"-1", b"9" * 12, *tokens])
    edit = st.tuples(
        st.sampled_from(["set", "put", "cut", "double", "move", "end"]),
        _AT,
        _AT,
        st.one_of(token, st.binary(min_size=1, max_size=8)),
    )
    return st.builds(
        lambda data, edits: functools.reduce(_edited, edits, data),
        st.sampled_from(files),
        st.lists(edit, max_size=6),
    )


def _edited(data: bytes, edit: tuple[str, float, float, bytes]) -> bytes:
    kind, at, size, token = edit
    start = int(at * len(data))
    end = min(len(data), start + max(1, int(size**3 * len(data))))
    if kind == "end":
        return data[:start]
    middle = {
        "set": token + data[start + len(token) : end],
        "put": token + data[start:end],
        "cut": b"",
        "double": data[start:end] * 2,
        "move": b"",
    }[kind]
    moved = data[start:end] if kind == "move" else b""
    return data[:start] + middle + data[end:] + moved


def members(name: str, content: st.SearchStrategy[bytes], others: bytes = b"") -> Inputs:
    """Archives whose member `name` is `content`, sound to every check sum."""

    def packed(inner: bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            if others:
                with zipfile.ZipFile(io.BytesIO(others)) as old:
                    for one in old.namelist():
                        if one != name:
                            new.writestr(one, old.read(one))
            new.writestr(name, inner)
        return made.getvalue()

    return content.map(packed)


def archives(content: Inputs) -> Inputs:
    """Archives of files with any names."""
    name = st.one_of(
        st.sampled_from(["a.txt", "b.md", "../c.txt", "/d.txt", "e.zip", "f.docx", "g.jsonl", "h"]),
        st.text(max_size=12).map(lambda one: one.replace("\0", "") + ".txt"),
    )

    def packed(pairs: list[tuple[str, bytes]]) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            for one, data in dict(pairs).items():
                new.writestr(one.encode("utf-8", "replace").decode(), data)
        return made.getvalue()

    return st.lists(st.tuples(name, content), max_size=5).map(packed)


def records(most: int = 12) -> Inputs:
    """Lines of JSON as record files have them, some broken."""
    value = st.recursive(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-(2**70), 2**70),
            st.floats(),
            texts(TEXT_POOL, 8),
            st.sampled_from(DATES),
        ),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=4,
    )
    known = st.sampled_from(
        ["id", "date", "title", "source", "text", "page", "url", "content", "body", "author"]
    )
    name = st.one_of(known, known, known, st.text(max_size=6))
    line = st.dictionaries(name, value, max_size=6).map(lambda one: json.dumps(one))
    loose = st.dictionaries(name, value, max_size=6).map(
        lambda one: json.dumps(one, ensure_ascii=False).encode("utf-8", "surrogatepass")
    )
    broken = st.one_of(plain([*MARKUP, *MARKS, '{"text":', "}", "NaN", "[" * 999]), loose)
    some = st.one_of(line.map(str.encode), loose, broken)
    return st.lists(some, max_size=most).map(b"\n".join)


def tables_of_commas() -> Inputs:
    """CSV files with quotes where they should and should not be."""
    head = st.sampled_from(
        ["id,date,title,source,text", "标题,日期,正文", "text", "a;b", "", "text\ttitle"]
    )
    cell = st.one_of(
        texts(TEXT_POOL, 6), st.sampled_from(['"', '""', '"a', "2023-12-28", "\0", "\r"])
    )
    row = st.lists(cell, max_size=7).map(",".join)
    whole = st.builds(
        lambda first, rows: "\n".join([first, *rows]), head, st.lists(row, max_size=8)
    )
    return encoded(whole)


def queries(names: Sequence[str], known: Sequence[str]) -> Inputs:
    """Query strings: known parameters with known values, any values, and bytes of any kind."""
    value = st.one_of(
        st.sampled_from(known),
        st.sampled_from(known),
        st.text(max_size=30),
        texts([*MARKUP, *MARKS, *NUMBERS, "'", "' OR 1=1 --", "\0", "9" * 40], 8),
    )
    pair = st.tuples(st.one_of(st.sampled_from(names), st.text(max_size=5)), value)
    whole = st.lists(pair, max_size=8).map(
        lambda pairs: urlencode(
            [
                (a.encode("utf-8", "surrogatepass"), b.encode("utf-8", "surrogatepass"))
                for a, b in pairs
            ]
        ).encode()
    )
    raw = st.lists(
        st.sampled_from(["&", "=", "%", "%zz", "%00", "%ff", "+", ";", "page", "a"]), max_size=20
    )
    return st.one_of(whole, whole, whole, raw.map(lambda one: "".join(one).encode()))


Check = Callable[[bytes], None]
