"""How a text says what part a place plays: owner, receiver, model, seat, what is compared."""

from __future__ import annotations

import re

# What stands before a place that only receives, is left out, is compared with or is gone to.
TOWARDS = re.compile(
    r"(?:除了?|向|对|给|援助|支援|驰援|帮扶|送往|发往|运往|运抵|出口|飞往|前往|开往|直达|比|高于|低于|高出|低出|多于|少于|[优好差强弱大小]于|快于|慢于|领先|仅次于|不及|不如|超过|占|与|同|和|跟|针对|联手|联合|携手|会同|对标|赶超|追赶|超越|落后于|较|(?:距离?|离|毗邻|紧邻|邻近|靠近|融入|承接|对接)(?:省会|首都)?|(?<![作成定分称认名设升评])为)(?:了)?$"
)
# 从新疆机场起飞, 从山东等地调配蔬菜: where something comes from.
LEAVES = re.compile(
    r"[^,。;]{2,12}?(?:起飞|出发|发车|直达|启程|启航|驶出|开出|调[配运入]|运[来往到抵]|采购|引进|购[买进])"
)
# 贵州最大的物流园: among which it is the first one.
FOREMOST = re.compile(
    r"(?:(?![这那的])[\u4e00-\u9fff]){2,8}?(?<![是为有成])(?:最[大小多高长早]|规模最大|唯一|首[个家座条批])[^,。;]{0,3}的"
)
# 以浙江为目标, 以郑州为中心: what is looked up to or only lies in the middle owns nothing.
MODEL = re.compile(
    r"[^,。;]{1,8}为(?:追赶|学习|奋斗)?(?:的)?(?:目标|标杆|榜样|样板|参照|对标|中心|核心|枢纽|龙头)"
)
# A nation that is named later than in the first clause is no subject of what follows.
CLAUSE = re.compile(
    r"(?:(?:[从在据自对]|根据|按照|随着|截[至止]|今年|去年|目前|此外|另外|同时|[一二三四]季度|[上下]半年|\d)[^,;:]*[,;:])*[^,;:]*"
)
# 省政协十三届三次会议在太原开幕: where a province's body sits is not what it tells of.
SESSION = re.compile("次(?:全体)?会议|全会|政[协府]|人大|[党省]委")
SITS = re.compile("(?:召开|开幕|闭幕|举行|开会|举办)")
ASIDE = re.compile(r"\)[,。;、:]")
# 由晓庄学院牵头: who leads a piece of work is not where its figures belong.
LED_BY = re.compile(r"[^,。;]{0,14}(?:牵头|主办|承办|发起|指导)")
# 指导沈阳、本溪等地: a list of those who are guided or reached says nothing of whose it is.
GUIDES = re.compile(r"(?:指导|督导|督促|支持|支援|帮助|帮扶|协调|带动|辐射|覆盖|惠及)$")
GOES = re.compile(
    r"[先后累计]{0,2}(?:赴|到|走进|深入|前往|落户|进驻|在)|[\u4e00-\u9fff]{2,10}(?:落户|进驻|入驻|落地)(?:在|于)?"
)
# 全国15个城市, 高于全国17.7%: the nation right before the number.
NATION_BEFORE = re.compile(r"(?:全国|我国|全球|全世界|世界)(?:的?$|的?平均(?:水平|值)?\(约?$)")
# 占全国10%, 不到全国的2%: a share of the nation is that of whoever has it.
SHARE_OF = re.compile(
    "占(?:到|了|据)?(?:全国|我国|全球|全世界|世界)的?$|(?:全国|我国|全球|全世界|世界)的$"
)
# 占全省80%, 不到全省的5%: whose part is told stands elsewhere.
SHARES = re.compile("(?:占|不到)$")
# 天津将推动…等300个: who acts is no example of what is counted.
ACTS = re.compile(
    "(?:今年|明年|去年)?(?:将|已|拟|计划|共|推[动进出]|建[设成]|打造|拥有|完成|加快|重点|实施)"
)
# 苏州汽车部件基地、合肥研发中心等15个项目: examples own nothing behind the list either.
EXAMPLES = re.compile(
    r"(?P<more>[^,。;:在的将已对有为共\d]*)等(?:近|约|超过?)?"
    r"[\d一二三四五六七八九十]+[多余]?(?:个|家|座|项|所|条|省|市|县|区)"
)
# 年缺水量6亿立方米的济南市: the place behind a figure's 的.
OWNED_BEHIND = re.compile(r"[^,。;:!?、\d\n的]{0,2}的(?=[\u4e00-\u9fff])")
# 行驶在克拉玛依, 聚集了560家企业的太仓: what may stand between a figure and a place behind it.
THERE = re.compile("[^,;]*,?[^,;]*[在的]")
# 给新野县带来效益: who is brought something has it.
BROUGHT = re.compile("[^,。;]{2,10}?(?:带来|增添|注入)")
# 是上海的6.1倍: what something is compared with; a name ends before 和, for one way of reading.
TIMES_OF = re.compile(
    r"(?:[、和与及](?:(?![的和与及])[\u4e00-\u9fff]){1,7})*的(?:近|约|超过?)?[\d.一二三四五六七八九十两几多～~\-—]+倍"
)
# 东起连云港,西至蚌埠,途经沭阳: the places that a line goes through.
GOES_THROUGH = re.compile(
    "[东西南北]?起(?:自|于|点|(?=[\u4e00-\u9fff]{2,8},))|引出|途经|经过|连接|接入|横跨|贯穿|,经"
)
LENGTHS = frozenset(["公里", "千米", "公里/小时"])
# 我国已成为…: behind an adverbial clause the nation is still the subject.
NATION_ACTS = re.compile("(?:我国|全国)(?:已|共(?!产)|将|是|成为|累计)")
SOURCE = re.compile(r"(?:根据|按照|依据|经|受|遵照|参照|印发|贯彻)$")
POINTS_BACK = re.compile(
    r"当地(?!时间)|这里|这[座家片条处个](?:[\u4e00-\u9fff]{0,4})?[村镇县厂间区园店站场]|该[村镇县市区厂公企基园]"
)
# A paragraph that says one of these is no longer about the place of the one before.
TURNS = re.compile("我国|全国|各地|数据|统计|监测|国家和地区")
# Between two clauses of a sentence.
BREAKS = re.compile("[,;:，；：]")
# What may stand between the head of a clause and its subject.
OPENS_CLAUSE = re.compile(
    r"(?:[“(]|其中|同时|此外|另外|并且?|而|但是?|例?如|比如|虽然|尽管|所以|因此|截[至止]|[今去前明]年|目前|如今|现在|近年来|近日|日前|当前|今天|昨天|据|由于|随着|因"
    r"|\d|[年月日、\-—号]|底|末|初|[上下]半年|前?[一二三四]个?季度|以来|期间|会上|时期)*"
    r"(?:记者)?(?:在|从|据|经|由|对于?|就|以|自)?"
)
# What happens at a place happens there, wherever its clause names it: 赴大同调研,走访企业12家.
GOES_TO = re.compile(
    "(?:在|赴|到|至|于|从|往|走进|来到|深入|进驻|落户|位于|抵达|聚焦|走访|考察|以)$"
)
# How many provinces take part is no figure of the place that tells it.
PROVINCES = re.compile(r"(?:省份|省区市?|省市|省(?![级会直内外委政际道]))")
JOINS = ("、", "和", "与", "及")
