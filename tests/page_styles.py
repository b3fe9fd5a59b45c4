"""Stories → the articles of a newspaper in its many styles, and what stands around them.

`dress` sets headline, byline and lead around a story's paragraphs the way some paper does;
`furniture`, `advert` and `picture` make the lines of a page that are no part of its stories.
All names, papers and numbers in here are invented.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from tests.page_breaker import Whole

_FAMILY, _GIVEN = (
    "陆田贺汪葛顾闻喻祁甘沈白陶郑丁宋祝邵季韩",
    "闻舟砚秋岚知微明远长庚雨山星河晚晴棠一振海",
)
_TOWNS = ("松陵", "桐安", "澄江", "禾丰", "云岭", "柳河", "砂屿", "青禾")
_PAPERS = ("青禾日报", "松陵晚报", "澄江政协报")

# A clause that could be a section head: no adverbial, no subordinate clause.
_HEAD = re.compile(
    r"(?![在从以为当随对而并使让其这那记近今据我他她它])[\u4e00-\u9fff]{6,14}(?<![外下后时中上里来前年月日])"
)

# Where the writer stands: in brackets behind 本报讯, in a line of its own below or above the
# headline, in brackets at the end, or nowhere.
BYLINES = ("lead", "dateline", "below", "pair", "above", "end", "end_line", "agency", "none")
TOPS = ("one line", "two lines", "three lines", "kicker", "kicker in line", "dash", "subheadline")


def name(dice: random.Random) -> str:
    """An invented person's name of two or three characters."""
    given = dice.sample(_GIVEN, dice.choice((1, 2)))
    return dice.choice(_FAMILY) + "".join(given)


def dress(
    title: str, paragraphs: Sequence[str], dice: random.Random, byline: str = "", top: str = ""
) -> Whole:
    """A story with the headline lines and the writer's line of one of the styles."""
    byline, top = byline or dice.choice(BYLINES), top or dice.choice(TOPS)
    whole = Whole(_top(title, top, dice), list(paragraphs), title)
    writers = [name(dice)] + [name(dice)] * (dice.random() < 0.3)
    return _signed(whole, byline, list(dict.fromkeys(writers)), dice)


def _top(title: str, style: str, dice: random.Random) -> list[str]:
    """The headline's lines, with kicker and subheadline where the style has them."""
    if style in ("two lines", "three lines") and len(title) > 12:
        rows = 2 if style == "two lines" or len(title) < 18 else 3
        width = -(-len(title) // rows)
        return [title[at : at + width].strip() for at in range(0, len(title), width)]
    if style == "kicker":
        return [f"{dice.choice(_TOWNS)}{dice.choice(('新貌', '纪事', '故事', '观察'))}", title]
    if style == "kicker in line":
        return [f"{dice.choice(_TOWNS)}新貌 {title}"]
    if style == "dash":
        return [title, f"——{dice.choice(_TOWNS)}市{dice.choice(('走访', '采访'))}见闻"]
    if style == "subheadline":
        return [title, f"{dice.choice(_TOWNS)}市用实招求实效"]
    return [title]


def _signed(whole: Whole, style: str, writers: list[str], dice: random.Random) -> Whole:
    """The article with its writers where the style has them."""
    names, town = " ".join(writers), dice.choice(_TOWNS)
    month, day = dice.randint(1, 12), dice.randint(1, 28)
    top, paragraphs = list(whole.top), list(whole.paragraphs)
    if style == "lead":
        paragraphs[0] = f"本报讯（记者 {names}）{paragraphs[0]}"
    elif style == "dateline":
        paragraphs[0] = f"本报{town}{month}月{day}日电（记者{names}）{paragraphs[0]}"
    elif style == "agency":
        paragraphs[0] = f"据新华社{town}{month}月{day}日电（记者{names}）{paragraphs[0]}"
    elif style == "below":
        top.append(f"本报记者 {names}")
    elif style == "pair":
        writers = [*writers[:1], name(dice)]
        top.append(f"本报记者 {writers[0]} 通讯员 {writers[1]}")
    elif style == "above":
        top.insert(0, f"□ 本报记者 {names}")
    elif style == "end":
        paragraphs[-1] += f"（{names}）"
    elif style == "end_line":
        paragraphs.append(f"（本报记者 {names}）")
    writers = [] if style == "none" else writers
    return replace(whole, top=top, paragraphs=paragraphs, byline=list(dict.fromkeys(writers)))


def with_sections(whole: Whole, dice: random.Random) -> Whole:
    """The article with a section head, a clause of the text below it, in two or three places."""
    paragraphs: list[str] = []
    for at, one in enumerate(whole.paragraphs):
        clauses = [c for c in re.split(r"[，。；：！？“”]", one) if _HEAD.fullmatch(c)]
        if at and at % 3 == 0 and clauses and len(one) > 60:
            paragraphs.append(dice.choice(clauses))
        paragraphs.append(one)
    return replace(whole, paragraphs=paragraphs)


def brief_column(stories: Sequence[Whole], dice: random.Random) -> Whole:
    """Several short items under one head, each with a mark in front."""
    mark = dice.choice(("●", "■", "▲", "◆"))
    items = [f"{mark}{one.paragraphs[0]}" for one in stories]
    return Whole(["简讯"], items, "简讯", kind="brief")


def furniture(dice: random.Random) -> str:
    """A line that belongs to the page: running head, editors, telephone, web address."""
    paper, page = dice.choice(_PAPERS), dice.randint(1, 16)
    month, day = dice.randint(1, 12), dice.randint(1, 28)
    week, one, two = dice.choice("一二三四五六日"), name(dice), name(dice)
    return dice.choice(
        (
            f"{paper} 2021年{month}月{day}日 星期{week} 第{page}版",
            f"2021年{month}月{day}日 星期{week}",
            f"星期{week} 2021年{month}月{day}日 农历辛丑年四月初一",
            f"2021.{month}.{day} 星期{week} 责编 {one} 版式 {two}",
            f"2021-{month:02}-{day:02} 星期{week} {paper}",
            f"{page:02} 要闻",
            f"A{page:02} 综合新闻",
            f"{page} | 要闻",
            f"要闻 YAOWEN {page}版",
            f"■责任编辑：{one} ■美术编辑：{two}",
            f"责任编辑/{one} 版式/{two} 校对/{one}",
            f"本版责编：{one} 版式：{two} 电话：（000）1234567",
            f"本版编辑 {one} 校对 {two}",
            f"责编{one} 美编{two}",
            f"编辑：{one}\u3000校对：{two}\u3000投稿邮箱：qhrb@example.com",
            "新闻热线：000-1234567 广告热线：000-7654321",
            "http://www.qinghe.example E-mail:qhrb@example.com",
            f"第{page}版 综合新闻 QINGHE DAILY",
            f"今日8版 总第{dice.randint(1000, 20000)}期",
            f"{page}",
            f"{paper}社出版 国内统一连续出版物号 CN 00-0001 邮发代号 00-1",
        )
    )


def advert(dice: random.Random) -> list[str]:
    """The lines of a notice or an advertisement."""
    town, one, number = dice.choice(_TOWNS), name(dice), dice.randint(10**7, 10**8)
    code = dice.randint(10**11, 10**12)
    return dice.choice(
        (
            [
                "遗失声明",
                f"{one}遗失居民身份证，证号{code}，声明作废。",
                f"{town}通达货运有限公司遗失营业执照副本，注册号{code}，声明作废。",
            ],
            [
                "遗失声明",
                f"▲{one}遗失青A{number % 10**5}行驶证，声明作废。",
                f"▲{name(dice)}遗失青A{number % 10**4}行驶证，声明作废。",
            ],
            [
                "注销公告",
                f"{town}利达商贸有限公司（统一社会信用代码：{code}）经股东会决议，拟向登记机关申请",
                f"注销登记，请债权人自公告之日起45日内申报债权。联系人：{one}，电话：{number}。",
            ],
            [
                f"{town}市国有建设用地使用权拍卖公告",
                f"受委托，定于2021年9月8日上午10时在{town}宾馆公开拍卖城东地块一宗，起拍价320万元。",
                f"报名地址：{town}市人民路18号 联系电话：000-{number}",
            ],
            [
                "招标公告",
                f"{town}市第二中学食堂改造工程已具备招标条件，现进行公开招标。",
                f"招标文件获取时间：9月1日至5日。联系人：{one} 电话：000-{number}",
            ],
            ["广告", f"{town}山泉水 天天好滋味", f"订购热线：000-{number}"],
            [
                "招聘启事",
                f"{town}机械厂因生产需要，招聘车工5名、电工2名，待遇面议。",
                f"联系电话：{number} {one}",
            ],
        )
    )


def picture(dice: random.Random) -> Whole:
    """A news picture's caption with its credit."""
    town, one = dice.choice(_TOWNS), name(dice)
    month, day = dice.randint(1, 12), dice.randint(1, 28)
    text = dice.choice(
        (
            f"{month}月{day}日，{town}市实验小学的学生在操场上放风筝。当天，学校举办了科技节。",
            f"图为{town}县果农在采摘早熟的黄桃。",
            f"连日来，{town}镇的晒场上铺满了新收的稻谷，一派丰收景象。",
        )
    )
    credit = dice.choice((f" {one} 摄", f"（{one} 摄）", f" 本报记者 {one} 摄", f" {one}摄影报道"))
    return Whole([], [text + credit], None, [one], "caption")
