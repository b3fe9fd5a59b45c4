"""The one pattern that finds date expressions.

It reads `Reading.normal`, where full-width forms are ASCII. The named groups are the parts of an
expression; `vetoes` says which finds are none, `resolve` turns the rest into points in time.
"""

from __future__ import annotations

import re

# Eras and the years before their first ones.
# Source: tables of Chinese and Japanese era names. Date: 2026-11.
REIGNS = {
    "洪武": 1367, "永乐": 1402, "宣德": 1425, "正统": 1435, "景泰": 1449, "成化": 1464,
    "弘治": 1487, "正德": 1505, "嘉靖": 1521, "隆庆": 1566, "万历": 1572, "天启": 1620,
    "崇祯": 1627, "顺治": 1643, "康熙": 1661, "雍正": 1722, "乾隆": 1735, "嘉庆": 1795,
    "道光": 1820, "咸丰": 1850, "同治": 1861, "光绪": 1874, "宣统": 1908, "民国": 1911,
    "神龙": 704, "永徽": 649, "元和": 805, "会昌": 840, "熙宁": 1067, "元丰": 1077, "元祐": 1085,
    "淳熙": 1173, "至元": 1263, "至正": 1340, "建文": 1398, "天顺": 1456,
    "贞观": 626, "开元": 712, "天宝": 741, "贞元": 784, "明治": 1867, "大正": 1911,
    "昭和": 1925, "平成": 1988, "令和": 2018,
}  # fmt: skip
NUMERALS = "一二三四五六七八九十廿卅"
_NUMBER = rf"(?:[0-9]{{1,2}}|[{NUMERALS}]{{1,3}})"
_YEAR_DIGITS = "〇○◯ΟOo零0-9一二三四五六七八九"
_FULL_YEAR = rf"(?:[12][0-9]{{3}}|[一二][{_YEAR_DIGITS}]{{3}})"
_WEEK = "(?:周|週|星期|礼拜|禮拜)"
_WEEKDAY = f"{_WEEK}[一二三四五六日天]"
_TO = "(?:至|到|[-—–―~]{1,2})"
RANGE = re.compile(f" ?(?:起|开始)?(?:一直)?{_TO} ?")

# A number without its unit counts where the next one brings the unit: 1至11月, 6、7日.
_AND = rf"(?= ?(?:{_TO}|[、和]) ?"

# The characters in front that make another word of it: 过去|年, 说明|年, 如今|年.
_RELATIVE_YEAR = (
    "(?:(?<!如)今|(?<![失除])(?<!(?<!超)过)去|(?<![说证表声文])明|大前|(?<![年此以目之提])前|"
    "(?<=[,。;、:到至在于和\n])[后後]|(?<![相充])[当當]|(?<![共不合相如])同|(?<![0-9一二两三首每多初再层])次|"
    "翌|(?<![基根日])本|(?<![以马])上|来)年(?:度(?!假))?(?![轻龄纪均级代货味会饭青长])|[上下]一年度?"
)
_RELATIVE_MONTH = (
    "(?<![基根日])本|(?<![相])[当當]|同|(?<![0-9一二三四五六七八九十两首每])次|"
    "(?<![以马])[上下]{1,2}[个個]?|[这這][个個]"
)


def _year(group: str) -> str:
    return (
        rf"(?P<{group}>{_FULL_YEAR} ?年(?:度(?!假))?|"
        rf"{_FULL_YEAR}{_AND}{_FULL_YEAR} ?年)|"
        rf"(?:[0-9]{{2}}|[零〇○][{_YEAR_DIGITS}]) ?年(?= ?{_NUMBER} ?月)|"
        rf"(?:{'|'.join(REIGNS)})(?:元|[0-9]{{1,2}}|[{NUMERALS}]{{1,3}}) ?年|"
        rf"(?<=[在于])[1-9][0-9][1-9]年(?![多来间内之后前]|以[来前后])|"
        rf"0[0-9] ?年|[零〇○][{NUMERALS}] ?年|公元 ?[0-9]{{1,4}} ?年|{_RELATIVE_YEAR})"
    )


_MONTH = (
    rf"(?P<month>{_NUMBER} ?月份?|{_NUMBER}{_AND}{_NUMBER} ?月)|"
    rf"(?:{_RELATIVE_MONTH})月份?(?![球亮台夜]))"
)
_DAY = rf"(?P<day>{_NUMBER} ?[日号號]|{_NUMBER}{_AND}{_NUMBER} ?[日号號]))"
_NAMED_DAY = rf"(?: ?\({_WEEKDAY}\)|[, ]?{_WEEKDAY})?"
# The part of the day: it stands behind the expression and is none of it.
DAYTIME = re.compile(
    "(?:凌晨|清晨|早晨|早上|上午|中午|午间|午后|下午|傍晚|晚间|晚上|夜间|夜里|深夜|午夜|"
    "晚(?!会|宴|报|点|期|年|于))?"
)
_PART_OF_MONTH = (
    rf"{_DAY}{_NAMED_DAY}|(?P<third>[上中下]旬)|"
    rf"(?P<monthedge>[底末]|初(?![{NUMERALS}](?![场次个位名座批条])))"
)
_HALF_OR_QUARTER = (
    r"(?P<half>[上下前后]半年)|(?P<quarter>第?[一二三四1-4] ?季度)|"
    r"(?P<ahead>(?<![目此以之提])前"
    r"(?:[二两三23] ?个?季度|[二两三四五六七八九十0-9]{1,2} ?个?月(?!份)))"
)
_YEAR_EDGE = (
    r"(?P<yearedge>(?(year)年?|年)[初底末]|(?(year)年终|岁末)|年中(?=[,。;、至到以前后]))"
    "(?!级|步|次|始|衷|心|选|赛|露|现|战|层|线|气|色|部|蕴|端|位|代|(?<=初)中)"
)
_DECADE = (
    r"(?P<decade>(?:(?:[上本]个?|1?[0-9]|20|21|十[五六七八九]?|二十一?)世纪)?"
    rf"(?:[1-9]0(?:年代)?(?:{_TO}|、)|[一二三四五六七八九]、)?"
    r"(?:[1-9]0|[一二三四五六七八九]{1,2}十)年代)(?:[初末]期?|中(?:后?期|叶))?"
)
# A year without 年 opens an event's or a paper's name: 2023中国(太原)人工智能大会.
_EVENT = (
    "大会|论坛|峰会|博览会|世博|展|交易会|洽谈会|世园会|世运会|运动会|奥运|亚运|全运|大运|赛|杯|"
    "马拉松|节|年会|晚会|盛典|行动|报告|榜|百强|音乐会|皮书|远景|议程|愿景|战略|发布会|活动|两会|党代会|人代会|庙会|灯会|展演"
)
_NAMED = (
    r"(?P<named>(?:19|20)[0-9]{2})(?:(?=\)?》)|赛季|"
    rf"(?=[\u4e00-\u9fff(“·][^,。;、!?\n]{{0,25}}?(?:{_EVENT}))|(?<=[节展坛季会赛]....)(?=[”》)])|"
    # 2018 是…: a year that opens a sentence and stands by itself.
    r"(?<![^\n。]....)(?= [\u4e00-\u9fff])(?! [平斤盆棵株只头幅张本册场项处所间栋尊枚来]))"
)
_NUMERIC = (
    r"(?P<numeric>(?<![0-9.:/-])[0-9]{1,2}(?P<turned>[-/])[0-9]{1,2}(?P=turned)(?:19|20)[0-9]{2}(?![0-9])|"
    r"(?:19|20)[0-9]{2}(?P<mark>[-/.])[0-9]{1,2}(?P=mark)[0-9]{1,2}(?![0-9.])|"
    r"(?:19|20)[0-9]{2} (?:0[1-9]|1[0-2]) (?:0[1-9]|[12][0-9]|3[01])(?![0-9])|"
    # Years of two digits; a row of single digits is how a team lines up (4-3-3).
    r"(?<![0-9.:/-])(?=[0-9]{2}[-/]|[0-9]+[-/][0-9]+[-/][0-9]{2})[0-9]{1,2}(?P<short>[-/])"
    r"[0-9]{1,2}(?P=short)[0-9]{1,2}(?![0-9A-Za-z/-]|\.[0-9]|[型阵比配复]))"
)
_YEARS = r"(?P<years>(?:19|20)[0-9]{2} ?[-—–―~至] ?(?:19|20)[0-9]{2})(?![0-9年]| 年)(?:学年|赛季)?"
_LONE_DAY = (
    r"(?P<lone>(?:[0-9]{1,2}|[二三]?十[一二三四五六七八九]|[二三]十) ?[日号號]|"
    rf"[0-9]{{1,2}}{_AND}[0-9]{{1,2}} ?[日号號]))"
)
_NEAR_DAY = (
    "(?P<near>大前[天日]|(?<![目此以之提当年月日午史空先])前[天日]|昨[天日夜晚]|"
    "(?<!如)今[天日晨晚早夜]|(?<![说声聪透表照证阐注申查昆黎文发鲜标])明[天日晨晚早]|大[后後]天|(?<!先)[后後]天|"
    "(?<![相发效没庆节夕旦幕婚生])[当當][天日晚]|(?<![0-9一二三两首每])次日|翌日|同日(?![本方])|(?<!不)同一天)"
)
_BACK = (
    r"(?P<back>(?<![\u4e00-\u9fff])(?:上 ?(?:[2-9]|1[0-2]|[两三四五六七八九十]) ?"
    rf"(?:个?月|个?{_WEEK}|年(?!级))|前 ?[1一] ?个?{_WEEK}))"
)
_ALTERNATIVES = [
    _BACK,
    rf"{_NUMERIC}{_NAMED_DAY}",
    _YEARS,
    r"(?P<plan>[“\"‘']?十[一二三四五六七八]五[”\"’']?)(?:期间|时期|末)",
    _DECADE,
    rf"(?:{_year('year')} ?的?)?"
    rf"(?:{_MONTH}(?: ?(?:{_PART_OF_MONTH}))?|{_HALF_OR_QUARTER}|{_YEAR_EDGE})",
    rf"{_year('alone')}",
    f"(?P<edge>月(?:底|末|初(?![{NUMERALS}])))",
    f"{_LONE_DAY}{_NAMED_DAY}",
    f"{_NEAR_DAY}{_NAMED_DAY}",
    rf"(?P<week>(?:[本这這]|[上下]{{1,2}})[個个]?{_WEEK}[一二三四五六日天末]?|{_WEEKDAY})",
    "(?P<now>(?:截[至止]|到(?=..为止))?(?:目前|现在|当前|眼下|现?如今|当下)(?:为止)?)",
    "(?P<then>(?<![适正恰])当时(?!机))",
    _NAMED,
]
# What opens a date, and what then follows it: most of a text is passed over by these two.
_DIGITS = f"0-9〇○◯ΟOo零{NUMERALS}"
_OPENINGS = {
    f"0-9〇○零{NUMERALS}": _DIGITS + " 年月日号號季世至到、和./—–―~-",
    "上下": _DIGITS + " 上下个個半一年月周週星礼禮世两",
    "前後后": _DIGITS + " 天日年半两",
    "本这這": "个個年月周週星礼禮世",
    "今明昨": "年天日夜晨晚早",
    "当當同次翌": "年月天日晚时前下一",
    "去来": "年",
    "大": "前后後",
    "年": "初底末中",
    "月": "初底末",
    "岁": "末",
    "周週": "一二三四五六日天",
    "星": "期",
    "礼禮": "拜",
    "截": "至止",
    "目": "前",
    "现": "在如",
    "眼": "下",
    "如": "今",
    "第": NUMERALS + "1-4",
    "公": "元",
    "\"“'‘": "十",
}
_OPENING = "|".join(f"[{first}][{second}]" for first, second in _OPENINGS.items())
_REIGN = "|".join(REIGNS)
_WHOLE = f"(?<![0-9])(?:{'|'.join(_ALTERNATIVES)})"
DATE = re.compile(
    f"(?=[{''.join(_OPENINGS)}到{''.join(name[0] for name in REIGNS)}])"
    f"(?=到|{_OPENING}|{_REIGN}){_WHOLE}"
)
