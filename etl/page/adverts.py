"""Notices and advertisements: blocks of a page that belong to no article.

A block begins with a line that names it (遗失声明, 招标公告, 广告), or is a single formula
(…遗失…声明作废). It goes on as far as it holds what only notices hold: formulas of the law, numbers
of papers, telephones. News about a notice has a lead or a byline and none of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.page.lines import Span
from etl.page.paragraphs import Paragraph
from etl.page.sheet_patterns import LEAD

# A head's and a signature's longest line; how much text without a formula a notice may have
# before one: so many paragraphs, none longer than this.
_LONGEST_HEAD, _LONGEST_SIGN, _REACH, _PLAIN = 26, 30, 1, 100
_HEAD = re.compile(
    r"(?:公告|声明|启事|通告|公示|广告|简章|招租|招聘|招商|讣告|中标结果|作废)(?:\([^()]*\))?$"
)
_FORMULA = re.compile(
    r"声明作废|(?:特此|现予以?)(?:公告|声明|通告|启事|公示)|(?:自|本)公告(?:发布|刊登|见报)?之日起"
    r"|联系(?:人|电话|方式|地址)[ :]|(?<![\u4e00-\u9fff])(?:电话|地址|手机|邮编|微信)[ :]"
    r"|(?:报名|咨询|订购|服务|预约|招商|监督|举报)(?:电话|热线|地址|时间)[ :]"
    r"|(?:证|证书|编|注册|许可证)号[ :]?[A-Z\d(]|统一社会信用代码|起拍价|竞买保证金|公开招标"
    r"|申报债权|待遇面议|价格面议|欢迎(?:订阅|惠顾|垂询|选购)"
    r"|(?<!\d)(?:0\d{2,3}-\d{6,8}|1[3-9]\d{9})(?!\d)"
)
_LOST = re.compile(r"遗失.{2,80}作废|作废.{0,10}声明")
_SIGN = re.compile(
    r"(?:公司|法院|局|委员会|中心|银行|厅|院|厂|学校|政府|办公室|部|所|处)$"
    r"|^(?:\S{0,24} )?\d{4}年\d{1,2}月\d{1,2}日$"
)


def find_adverts(paragraphs: Sequence[Paragraph], contacts: Sequence[Span]) -> list[range]:
    """The paragraphs of each notice or advertisement, as ranges in order, not overlapping.

    `contacts` are lines of telephones and addresses that were left out already; one below a
    paragraph speaks for a notice as a telephone in it does.
    """
    found: list[range] = []
    at = 0
    while at < len(paragraphs):
        stop = _block(paragraphs, contacts, at)
        if stop > at:
            found.append(range(at, stop))
        at = max(stop, at + 1)
    return found


def _block(paragraphs: Sequence[Paragraph], contacts: Sequence[Span], start: int) -> int:
    """Where the block that begins at `start` ends; `start` itself where none begins."""
    text = paragraphs[start].text
    headed = len(text) <= _LONGEST_HEAD and bool(_HEAD.search(text))
    if not headed:
        return start + bool(_LOST.search(text) and not LEAD.match(text))
    stop, at = start, start + 1
    while at < len(paragraphs) and at - max(stop, start) <= _REACH:
        if _speaks_for_notice(paragraphs, contacts, at):
            stop = at + 1
        elif len(paragraphs[at].text) > _PLAIN or _begins_news(paragraphs, at):
            break
        at += 1
    while start < stop < len(paragraphs) and _signs(paragraphs[stop].text):
        stop += 1
    return start + 1 if stop == start and text == "广告" else stop


def _begins_news(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether an article's lines begin at `at`: a lead, a jump, a caption, or titles above one."""
    for one in paragraphs[at : at + 4]:
        if one.role in ("byline", "jump", "caption", "source") or LEAD.match(one.text):
            return True
        if one.role != "headline" or _HEAD.search(one.text):
            return False
    return False


def _speaks_for_notice(paragraphs: Sequence[Paragraph], contacts: Sequence[Span], at: int) -> bool:
    one = paragraphs[at]
    if one.role == "byline" or LEAD.match(one.text):
        return False
    if _FORMULA.search(one.text) or _LOST.search(one.text):
        return True
    below = paragraphs[at + 1].start if at + 1 < len(paragraphs) else one.end + 200
    return any(one.end <= start < below for start, _ in contacts)


def _signs(text: str) -> bool:
    """Whether a line is the name or the day below a notice."""
    return len(text) <= _LONGEST_SIGN and bool(_SIGN.search(text))
