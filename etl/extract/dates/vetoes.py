"""What makes a find of `patterns.DATE` something else: a length of time, a name, another number."""

from __future__ import annotations

import re

from etl.extract.dates.patterns import NUMERALS, REIGNS
from etl.extract.segment import part_of_speech, segmenter

_RECURS = "农历 ?|阴历 ?|旧历 ?|夏历 ?|每年 ?的?|每逢|历年|常年|往年|逐年"
_COUNTS = (
    rf"[0-9.点百千万亿{NUMERALS}零第满逾几超半]|(?<![北纽条公])约|(?<![临附])近|[0-9元{NUMERALS}]年|[0-9][.:/]|"
    "[A-Za-z]-?"
)
_LASTS = (
    "历时|为期|长达|连续|过去|耗时|未来|期限|最[多长短]|不少于|超过|至少|徒刑|持续|提前|缩短|累计"
)
_REIGNS = "|".join(REIGNS)
_UNITS = (
    "年余多个人名元米吨公千克度次件号位万亿家户份亩座条倍级班型款页集期分秒小时天岁字辆台部支套"
)
# What 今天的 speaks of where it means the day; 今天的中国 means these times.
_SHOWN = (
    "天气|[0-9《“【「]|[一二两三四五六七八九十]|会议|大会|会见|会谈|比赛|决赛|峰会|论坛|爆炸|袭击|事故|搜|气温|发布会|记者会|"
    "投票|选举|节目|走基层|报道|新闻|时代先锋|活动|仪式|典礼|演出|演习|讨论|审议|签约|推介|讲座|培训|课|调研|座谈|"
    "考试|表演|直播|游客|客流|行程|采访|庆典|展览|集会|游行|谈判|磋商|交易|收盘|开盘|航班|列车|部长通道|委员通道|代表通道"
)
_NEVER = "(?!)"
# {part: (what may not stand before it, what may not stand behind it)}
_VETOES = {
    "year": (rf"[元约]前|第|[0-9][.:/]|[百千万亿]|{_REIGNS}", "级"),
    # 2000年 and 1500年 may be a length of time as well.
    "round year": (
        rf"约|近|逾|超|距今|长达|历经|有着?|前|第|[0-9][.:/]|[百千万亿]|{_REIGNS}",
        " ?(?:多|余|级|古|来|前|[^,。]{0,8}的?(?:历史|文明|传承|沧桑|时间))",
    ),
    "month": (
        f"{_RECURS}|{_COUNTS}|{_LASTS}",
        rf"[球亮饼薪嫂老台光余内龄票刊]|[初廿][{NUMERALS}]|(?<=[{NUMERALS}]月)[{NUMERALS}]|"
        "怀胎|革命|围城|(?<=五月)[花天]",
    ),
    "lone": (
        f"{_RECURS}|{_COUNTS}|{_LASTS}|月|工作|(?<!中)共",
        "内|之内|游|龄|均(?!大幅|[出予表有为未已在可])|子|元|年化|无理由|以[上下内]|夜|个|来(?![到自访华函电临])|[之以]?[前后](?!往|后)|谈|行动|"
        "隔离|限|票|行程|自驾|本(?![报台网社刊次届市省场轮月地馆院校是周])",
    ),
    "edge": (rf"每|逐|历|个|周|大|去|全|{_COUNTS}", f"级|代|龄|纪|[{NUMERALS}]"),
    "quarter": (rf"{_RECURS}|{_COUNTS}|连续|[个、]|每", _NEVER),
    "half": ("每|逐|[0-9个]|以|马|同", "场|身|区|部|程|段|生|叶|截"),
    "ahead": ("[目此以之提当年月日午]|生|连续", "后"),
    "decade": (rf"[0-9{NUMERALS}零百]", "后"),
    "named": (r"[0-9A-Za-z.¥$€第约近超达共至〔\[#@]|[0-9A-Za-z]-", f" ?[{_UNITS}]"),
    "years": ("[0-9A-Za-z.:/-]", "[0-9A-Za-z.:/-]|[元米吨人名]"),
    "numeric": ("[A-Za-z0-9.:/]", "[0-9A-Za-z/]|-[A-Za-z]"),
    "near": (
        "[0-9年]前的",
        rf"津|空|头条|说法|性|(?<=[今明][天日])(?<![在从对就].[天日])的(?!{_SHOWN})|气预报员",
    ),
    "week": (
        "每|逢|至|到|[、一二三四五六日两数几]|双|和|[《“]",
        "至|到|[、和]|泰|邮|镜|电讯|刊|报|末|期|年|岁|口",
    ),
    "now": ("活在|[着放发出体展呈实表浮再重项节题科盲名栏]|于", _NEVER),
}
_VETOES["yearedge"] = _VETOES["edge"]
_BEFORE = {part: re.compile(f"(?:{before})\\Z") for part, (before, _) in _VETOES.items()}
_BEHIND = {part: re.compile(behind) for part, (_, behind) in _VETOES.items()}

# 12号 is a number of anything, and a day only where the sentence treats it as one.
_DAY_BEFORE = re.compile(r"(?:^|[当北][地京]时间|[,。;:、!?\n于从自截定在的])$")
_RANGE_BEFORE = re.compile("[日号號](?:至|到|[-—~]{1,2})$")
_DAY_BEHIND = re.compile(r"[,。]|在|起|开始|前往|至|到|是|就|从|发布|通过|$")
# 在20日前 ends at a day, where 20日前 alone may count days back.
_DEADLINE = re.compile("(?:在|于|最迟|不晚于)$")
_BEFORE_IT = re.compile("[之以]?前(?!往)")
# Behind these 12号 numbers a thing, whatever follows; behind the others only where nothing acts.
_NAME_BEFORE = re.compile("[舟斗星娥船艇机舱线楼箭征宫问和街路道巷弄通〕】]$")
_PLACE_BEFORE = re.compile("[院厅馆栋塔港洞井矿雷车厂园区门口]$")
# Behind 12号 in a text that writes its days so: what is counted by numbers all the same.
_NUMBERED_THING = re.compile(
    "[楼线窟院厅馆栋塔港洞井矿墩桩坑孔车站口厂房室机船舰艇台店桌床字厅仓门位炮弹令球种线路公国省县文件]|台风|泊位|选手|"
    "病|家属|地块|标段|通告|公告|卫星|飞船|火箭|探测|嫌疑|被告|运动员|工程|煤|油|提案|议案|建议"
)
_RANGE_BEHIND = re.compile(
    f"(?:至|到|[-—~]{{1,2}})[0-9]{{1,2}}[日号號](?!{_NUMBERED_THING.pattern})"
)
_DAY_ACTS = re.compile(
    "上午|下午|晚|凌晨|清晨|中午|傍晚|夜|以来|报道|宣布|表示|说|称|[宣声]称|宣誓|举行|召开|抵达|会见|开幕|闭幕|访问|发表|签署|在|向|也|还|接受|正式|发生|被|再次|已经|继续|出席|因|将(?!军)|与|同(?!志)|就|遭|公布|发布|开始|前往|当选|离开|播出|通报|警告|启程|结束|致电|呼吁|证实|批准|签字|决定|逮捕|展开|击落|空袭|袭击|确认|通过|裁定|落幕|宣判|拉开|撰文|下令|"
    "寄达|出动|投票|攻占|出现|投入|一致|首次|成功|通了?电|乘|举办|落幕|陆续|对(?!外|讲)|[0-9]{1,2}[点时:]"
)

# Who acts stands before the day; a paper's number has brackets before it.
_SUBJECT_BEFORE = re.compile("[\u4e00-\u9fff)”]$")
# Verbs that name a thing together with the noun behind them: 3号发射工位.
_NAMES_THING = re.compile(
    "发射|施工|候车|保护|取水|作业|考察|捕捞|救援|检修|实验|试验|观测|开采|联络|应急|通风|输水|泄洪|停|居住|展示|令|文"
)
_ACTING = ("v", "d", "ad", "p", "t")


def vetoed(match: re.Match[str], end: int, parts: dict[str, str], *, numbered: bool) -> bool:
    """Whether the words around make the expression something other than a date.

    What stands before is held against its first part, what stands behind `end`, where the part
    of the day ends, against its last one. `numbered`: the text wrote days as 12号 before.
    """
    text = match.string
    before, behind = text[max(0, match.start() - 5) : match.start()], text[end : end + 14]
    raw = text[match.start() : end]
    written_so = parts.get("lone", "")[-1:] in ("号", "號")
    if written_so and not _numbered_day(raw, before, behind, usual=numbered):
        return True
    if parts.get("week", "")[:1] in tuple("上下本这") and behind[:1] in tuple("至到"):
        return False
    if _BEFORE_IT.match(behind) and parts.get("lone") and _DEADLINE.search(before):
        return False
    names = _names(parts)
    first, last = _BEFORE.get(names[0]), _BEHIND.get(names[-1])
    return bool((first and first.search(before)) or (last and last.match(text, end)))


def _numbered_day(raw: str, before: str, behind: str, *, usual: bool) -> bool:
    """Whether 12号 is a day of the month; `usual`: the text wrote days so before."""
    if _NAME_BEFORE.search(before):
        return False
    if raw[-1] not in "号號" or _DAY_ACTS.match(behind) or _RANGE_BEFORE.search(before):
        return True
    if _PLACE_BEFORE.search(before):
        return False
    named = _NUMBERED_THING.match(behind) or _NAMES_THING.match(behind)
    if _RANGE_BEHIND.match(behind) or (usual and not named):
        return True
    if _DAY_BEFORE.search(before) and _DAY_BEHIND.match(behind):
        return True
    acts = not named and _SUBJECT_BEFORE.search(before) is not None
    return acts and _goes_on_to_act(behind)


def _goes_on_to_act(behind: str) -> bool:
    """Whether a verb, or a word that leads to one, follows at once: 某总理23号到访."""
    words = segmenter().cut(behind, False)[:1]
    return bool(words) and part_of_speech(words[0]) in _ACTING


def _names(parts: dict[str, str]) -> list[str]:
    """The parts' names in the table above; words such as 今年 and 上月 have none."""
    names = []
    for name, part in parts.items():
        if name in ("year", "alone"):
            name = "relative" if part[0] not in "0123456789公零〇○一二" else _kind_of_year(part)
        elif name == "month" and part[0] in "本当當同次上下这這":
            name = "relative"
        names.append(name)
    return names


def _kind_of_year(part: str) -> str:
    """A full hundred, or a number below the years that news tell of, may be a length of time."""
    return "round year" if part[2:4] == "00" or part[:2] < "18" else "year"
