"""What makes a find of `patterns.DATE` something else: a length of time, a name, another number."""

from __future__ import annotations

import re

from etl.extract.dates.patterns import NUMERALS, REIGNS

_RECURS = "农历 ?|阴历 ?|旧历 ?|夏历 ?|每年 ?的?|每逢|历年|常年|往年|逐年"
_COUNTS = (
    rf"[0-9.点百千万亿{NUMERALS}零第约满逾几超半]|(?<![临附])近|[0-9元{NUMERALS}]年|[0-9][.:/]|"
    "[A-Za-z]-?"
)
_LASTS = (
    "历时|为期|长达|连续|过去|耗时|未来|期限|最[多长短]|不少于|超过|至少|徒刑|持续|提前|缩短|累计"
)
_REIGNS = "|".join(REIGNS)
_UNITS = (
    "年余多个人名元米吨公千克度次件号位万亿家户份亩座条倍级班型款页集期分秒小时天岁字辆台部支套"
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
        "内|之内|游|龄|均|子|元|年化|无理由|以[上下内]|夜|个|来(?![到自访华函电临])|[之以]?[前后]|谈|行动|"
        "隔离|限|票|行程|自驾|本(?![报台网社刊次届市省场轮月地馆院校是周])",
    ),
    "edge": (rf"每|逐|历|个|周|大|去|全|{_COUNTS}", f"级|代|龄|纪|[{NUMERALS}]"),
    "quarter": (rf"{_RECURS}|{_COUNTS}|连续|[个、]|每", _NEVER),
    "half": ("每|逐|[0-9个]|以|马|同", "场|身|区|部|程|段|生|叶|截"),
    "ahead": ("[目此以之提当年月日午]|生|连续", "后"),
    "decade": (rf"[0-9{NUMERALS}零百]", "后"),
    "named": (r"[0-9A-Za-z.¥$€第约近超达共至〔\[#@]", f"[{_UNITS}]"),
    "years": ("[0-9A-Za-z.:/-]", "[0-9A-Za-z.:/-]|[元米吨人名]"),
    "numeric": ("[A-Za-z0-9.:/]", "[0-9A-Za-z/]|-[A-Za-z]"),
    "near": (
        "[0-9年]前的",
        "津|空|头条|说法|性|(?<![在从对就].[天日])(?<!当[天日晚])的(?!天气)|气预报员",
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
_DAY_BEFORE = re.compile(r"(?:^|[当北][地京]时间|[,。;:、!?\n于从自截定])$")
_RANGE_BEFORE = re.compile("[日号號](?:至|到|[-—~]{1,2})$")
_DAY_BEHIND = re.compile(r"[,。]|在|起|开始|前往|至|到|是|就|从|发布|通过|$")
_NAME_BEFORE = re.compile("[舟斗星娥船艇机线楼箭院厅馆栋塔港洞井矿雷车厂征宫问和]$")
_DAY_ACTS = re.compile(
    "上午|下午|晚|凌晨|清晨|中午|傍晚|夜|报道|宣布|表示|说|称|举行|召开|抵达|会见|开幕|闭幕|访问|发表|签署|在|向|也|还|接受|正式|发生|被|再次|已经|继续|出席|因|将(?!军)|与|同(?!志)|就|遭|公布|发布|开始|前往|当选|离开|播出|通报|警告|启程|结束|致电|呼吁|证实|批准|签字|决定|逮捕|展开|击落|空袭|袭击|确认|通过|裁定|落幕|宣判|拉开|撰文|下令|"
    "寄达|出动|投票|攻占|出现|投入|一致|首次|成功|通了?电|乘|举办|落幕|陆续|对(?!外|讲)|[0-9]{1,2}[点时:]"
)


def vetoed(match: re.Match[str], end: int, parts: dict[str, str]) -> bool:
    """Whether the words around make the expression something other than a date.

    What stands before is held against its first part, what stands behind `end`, where the part
    of the day ends, against its last one.
    """
    text = match.string
    before, behind = text[max(0, match.start() - 5) : match.start()], text[end : end + 14]
    raw = text[match.start() : end]
    if parts.get("lone", "")[-1:] in ("号", "號") and not _numbered_day(raw, before, behind):
        return True
    if parts.get("week", "")[:1] in tuple("上下本这") and behind[:1] in tuple("至到"):
        return False
    names = _names(parts)
    first, last = _BEFORE.get(names[0]), _BEHIND.get(names[-1])
    return bool((first and first.search(before)) or (last and last.match(text, end)))


def _numbered_day(raw: str, before: str, behind: str) -> bool:
    """Whether 12号 is a day of the month."""
    if _NAME_BEFORE.search(before):
        return False
    if raw[-1] not in "号號" or _DAY_ACTS.match(behind) or _RANGE_BEFORE.search(before):
        return True
    return bool(_DAY_BEFORE.search(before) and _DAY_BEHIND.match(behind))


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
