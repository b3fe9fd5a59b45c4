"""Tables printed as text → their figures: unit and noun from the column, place from the row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.extract.figures.phrases import tidy
from etl.extract.figures.printed_rows import TOTAL, label_of, places_of_rows
from etl.extract.figures.quantity import Quantity
from etl.extract.figures.scan import quantities
from etl.grids import Grid, Span, find_grids
from etl.model import Reading
from etl.spans import START
from etl.text import normalise

# 立案（件）, 面积/万亩, 增速%: a column's name with its unit.
_NAMED = re.compile(
    r"(?P<name>[^()/:%‰]*)(?:\((?:单位:)?(?P<unit>[^()]{1,8})\)|/(?P<per>[^()/]{1,8})|(?P<sign>[%‰]))?.*"
)
_SHARE = re.compile("率$|比重|占比|比例|增长|增速|增幅|降幅|同比|环比|进度")
_ORDER = re.compile("序号|编号|代码|年份|电话|邮编")
_RANK = re.compile("排名|名次|位次|排位|位居")
_GROWS = re.compile("增长|增速|增幅|同比|环比|增减")
_AHEAD = re.compile("(?P<target>(?:年度)?(?:计划|目标|任务))|(?P<forecast>预计|预测)")
_YEAR = re.compile(r"(?:(?:19|20)\d\d年?(?:度|底|末)?|\d{1,2}月份?)")
_UNITS = re.compile("[、,，;；/]")
_TITLE = re.compile(r"^(?:附表?|表)?[\d一二三四五六七八九十]*[:：、 ]*|\([^()]*\)")
_TITLE_END = re.compile(
    "(?:完成|办理)?(?:情况)?(?:统计|汇总)?(?:表|一览表?|情况|统计|数据|排名|排行榜?|榜)$"
)


class Printed(NamedTuple):
    """A number of a table: what its column and its row say of it."""

    quantity: Quantity
    counted: str | None
    adcode: str | None
    placed: bool
    reportable: bool
    status: str = "result"


def printed_figures(reading: Reading, grids: list[Grid]) -> dict[int, Printed]:
    """The numbers of the article's printed tables, by where they start."""
    found: dict[int, Printed] = {}
    for grid in grids:
        places = places_of_rows(reading, grid)
        title = _title(reading, grid)
        for row, (adcode, placed) in zip(grid.rows, places, strict=True):
            for column, cell in enumerate(row.cells):
                if cell is None:
                    continue
                label = None if placed else label_of(reading, row.label)
                one = _figure(reading, grid, column, cell, label, title)
                if one:
                    found[cell[0]] = one._replace(adcode=adcode, placed=placed)
    return found


def apart(text: str, grids: list[Grid]) -> str:
    """`text` with a line break for every blank between cells: 312 187 is no 312187."""
    for grid in grids:
        inside = re.sub(r"[^\S\n]|[|｜│┃]", "\n", text[grid.start : grid.end])
        text = text[: grid.start] + inside + text[grid.end :]
    return text


def with_printed(
    found: list[Quantity], grids: list[Grid], printed: dict[int, Printed]
) -> list[Quantity]:
    """The numbers in text order, those of the tables' rows as the tables have them."""
    if not grids:
        return found
    rows = [(grid.start, grid.end) for grid in grids]
    others = [one for one in found if not any(left <= one.start < right for left, right in rows)]
    told = [one.quantity for one in printed.values()]
    return sorted([*others, *told], key=START)


def grids_of(reading: Reading) -> list[Grid]:
    """The article's printed tables: the blocks that hold line breaks."""
    found: list[Grid] = []
    for block in reading.blocks:
        if "\n" in reading.text[block.start : block.end]:
            found += find_grids(reading.text, list(_lines(reading.text, block.start, block.end)))
    return found


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for line in re.finditer(r"[^\r\n]+", text[start:end]):
        left = len(line[0]) - len(line[0].lstrip())
        yield start + line.start() + left, start + line.start() + len(line[0].rstrip())


def _figure(
    reading: Reading, grid: Grid, column: int, cell: Span, label: str | None, title: tuple[str, str]
) -> Printed | None:
    """The number in `cell`; None where its column only numbers the rows."""
    name, unit = _column(reading, grid, column)
    if _ORDER.search(name):
        return None
    written = reading.normal[slice(*cell)].lstrip("+")
    numeral = re.match(r"[-—－]?[\d,.]+", written)
    if numeral is None:
        return None
    own = written[numeral.end() :]
    unit = own or unit or _shared_unit(grid, name) or ("" if grid.columns else title[1])
    read = quantities(numeral[0].lstrip("-—－") + unit)
    if not read:
        return None
    one = read[0]._replace(start=cell[0], end=cell[1], number=cell)
    below = numeral[0][0] in "-—－"
    if _GROWS.search(name):
        one = one._replace(direction="decrease" if below else "increase")
    elif below and one.value is not None:
        one = one._replace(value=-one.value)
    if _RANK.search(name):
        one = one._replace(form="rank", kind="rank")
    counted = _counted(name, label, title[0])
    ahead = _AHEAD.match(name)
    status = (ahead.lastgroup if ahead else None) or "result"
    return Printed(one, counted, None, False, bool(counted or one.unit), status)


def _column(reading: Reading, grid: Grid, column: int) -> tuple[str, str]:
    """A column's name and its unit, "" for what is not written."""
    if not grid.columns:
        return "", ""
    said = _NAMED.fullmatch("".join(reading.normal[slice(*grid.columns[column])].split()))
    if said is None:
        return "", ""
    return said["name"].strip(), said["unit"] or said["per"] or said["sign"] or ""


def _shared_unit(grid: Grid, name: str) -> str:
    """单位：件、%: shares are in percent, the rest in the first unit."""
    units = _UNITS.split(normalise(grid.unit)) if grid.unit else []
    share = [one for one in units if one in ("%", "‰", "百分点")]
    plain = [one for one in units if one not in share]
    if _SHARE.search(name):
        return share[0] if share else ""
    return plain[0] if plain else ""


def _counted(name: str, label: str | None, title: str) -> str | None:
    """What a cell counts: its column's noun, behind the row's where that is no place."""
    if not name or _YEAR.fullmatch(name):
        name = title
    if label and not TOTAL.fullmatch(label):
        name = label if not name or name in label else label + name
    return tidy(name) or None


def _title(reading: Reading, grid: Grid) -> tuple[str, str]:
    """What the line above a table says that it shows, and the unit in its brackets."""
    above = [one for one in reading.blocks if one.end <= grid.start]
    line = reading.normal[above[-1].start : above[-1].end] if above else ""
    if not above or len(line) > 40 or line[-1:] in "。!?;":
        return "", ""
    unit = re.search(r"\((?:单位:)?([^()\d]{1,6})\)", line)
    noun = _TITLE_END.sub("", _TITLE.sub("", line))
    noun = re.sub(r"^.*?(?:各[省市县区州地]{1,3}|全[省市县州])(?:的)?", "", noun)
    return re.sub(r"^[\d年月]+", "", noun), unit[1] if unit else ""
