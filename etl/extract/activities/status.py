"""Whether a trigger reports an event, a programme or routine work."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

from etl import reference, tables
from etl.extract.activities.happened import arrives, comes_about, is_someones
from etl.extract.activities.idle import is_idle
from etl.extract.activities.moments import Moment, bounds, inside
from etl.extract.activities.programmes import is_standing
from etl.extract.activities.scan import STATISTICS, Scan, Trigger
from etl.extract.segment import part_of_speech
from etl.late import Late
from etl.model import Reading
from etl.spans import START, begin_in

_DAY = re.compile(r"[年月日号天晚]|日前|近日")
# A clause of its own that says when: 日前, 当天下午,
_WHEN = re.compile(
    r"(?:日前|前几天|几天前|前些天|近日|近期|最近|当天|当日|同日|同一天|经表决|此前一天|次日|翌日|前不久|不久前|随后|截至目前)"
    r"[^,。;:]{0,4},$"
)
# 会后, 座谈会前, 论坛期间: beside what was held, unless it is to come.
_BESIDE = re.compile("(?:会|会议|论坛|培训|活动|仪式|视察|调研)(?:前|后|期间|间隙),$")
_LATELY = ("近期", "近日", "最近")
# What a sentence that begins so tells is to come.
_NEXT = ("下一步", "接下来")
# A year that is not over says of no work that it was done in it.
_THIS_YEAR = ("今年", "明年", "本年", "全年", "每年", "年底")
_LONGEST_WHEN = 10
# A clause that is nothing but a day: 今晚(5月2日),
_DAY_ALONE = re.compile(
    r"(?:[今明后][天日晚早]|\d{1,2}月\d{1,2}日|\d{1,2}日)(?:[早中下晚上午间]{1,2})?(?:\([^()]{1,12}\))?"
    r"(?:\d{1,2}(?:[:点时]\d{0,2}分?))?,$"
)
# A clause that is nothing but a month or year to come: 到2028年,
_YEAR_ALONE = re.compile(r"(?<=[,。;:])[到至]?(?:\d{4}年|\d{1,2}月|明年)[^,。;]{0,3},$")
# 这是某军最大的一次打击 tells what the one before was.
_IDENTIFIES = re.compile("这(?:也|既|正|就)?是|这[^,。;]{1,4}(?<!不)是")
# 已经进行了35年 tells how long it has lasted.
_LASTING = re.compile(
    r"了[近约整超]?(?:\d{1,2}|[一二两三四五六七八九十几]+)(?:多|余)?(?:年(?!度)|个(?:月|季度|学期|世纪))"
)
# So does 已连续8年开展, but 连续第三年举办 tells of this year.
_YEAR_BY_YEAR = re.compile(r"已经?连续(?:\d{1,2}|[两二三四五六七八九十]{1,3})多?年")
# The clause is what the next one speaks about: 开展培训,是通行做法.
_STATED = re.compile("[,，](?:这)?(?:是|就是|已成为|成为)(?!否)")
_SHOWN = re.compile("(?:数据|统计)(?:显示|表明)|据(?:不完全)?统计")
# 以打击犯罪为由: what is given out as the ground.
_PRETEXT = re.compile("[^,。;]{0,16}为(?:由|名|借口|目的)(?![^,。;]{0,2}的)")
# 我国共有43个项目列入名录: how many there are.
_THERE_ARE = re.compile(r"[共已现约]有(?:近|超|约)?\d")
_COMPLETED = re.compile("[了过]|完(?!善)|完成|完毕|成功|到位")

# 根据省委要求, is a ground, nobody's speech.
_SAYS = re.compile(r"(?!根据|按照|依据|依照|遵照)[^,。;]{1,16}(?:指出|强调|表示|说|认为|要求)[,:]")

# 为此, the writer goes on in words of their own.
_OWN_WORDS = re.compile("为此,(?!我?们?(?:特?建议|提出|认为|呼吁|需|要|应|必须))")


@cache
def _words(key: str) -> frozenset[str]:
    return reference.word_set("activity_words", key)


@cache
def _firmly_done() -> frozenset[str]:
    return _words("done") - _words("weakly_done")


def _is_thing(word: str, behind: str = "") -> bool:
    """Whether a word names or counts something, so that 将 before it is 把."""
    kind = part_of_speech(word)[0]
    if kind == "a":
        return part_of_speech(behind)[0] not in "vda"
    return kind in "nmrs" and word not in _words("adverbs")


@cache
def _advice() -> Late:
    words = "|".join(map(re.escape, reference.words("activity_words", "advice")))
    return Late(rf"(?:^|[\n。;:! ]|[一二三四五六七八九十]、)(?:{words}):", needs=f"(?:{words}):")


def _told(reading: Reading) -> set[str]:
    """The sentences behind one that begins with 某某指出, in the same paragraph."""
    told: set[str] = set()
    paragraph = 0
    for sentence in reading.sentences:
        if _OWN_WORDS.match(reading.normal, sentence.start):
            paragraph = 0
        if sentence.paragraph == paragraph:
            told.add(sentence.sentence_id)
        elif _SAYS.match(reading.normal, sentence.start, sentence.end):
            paragraph = sentence.paragraph
    return told


@dataclass(frozen=True)
class Judge:
    """Judges the triggers of one article."""

    reading: Reading
    scanned: Scan

    @cached_property
    def advice(self) -> int:
        """Where the article begins only to advise."""
        text = self.reading.normal
        found = _advice().search(text) if ":" in text else None
        return found.start() if found else len(self.reading.normal)

    @cached_property
    def told(self) -> set[str]:
        """The sentences that go on with what somebody says in the paragraph before them."""
        return _told(self.reading)

    def status(self, trigger: Trigger, sentence: tables.Sentence) -> tuple[str, float] | None:
        """(status, confidence), or None for what is only wished for, advised, asked or said.

        Dates, 了, counts and names of its own speak for an event; what goes on at all times is
        practice.
        """
        done = self._is_done(trigger)
        dated = self._is_dated(trigger, sentence)
        if self._is_unreal(trigger, sentence, done, dated):
            return ("practice", 0.5) if self._is_routine(trigger, sentence) else None
        if trigger.sort == "named":
            return "programme", 0.6
        if not (done or dated or self._has_count(trigger)):
            if is_standing(self.scanned, trigger):
                return "programme", 0.6
            if self._is_means(trigger):
                return "practice", 0.5
        if self._is_ongoing(trigger) and not (done or dated):
            return "practice", 0.6
        if trigger.sort == "hold":
            return "event", 0.9 if done or dated else 0.7
        if done or dated or self._has_count(trigger) or self._has_own_name(trigger):
            return "event", 0.8
        if arrives(self.reading, trigger) or comes_about(self.reading.normal, trigger):
            return "event", 0.7
        routine = trigger.sort == "soft" and trigger.type != "meeting"
        if routine and is_someones(self.reading, trigger):
            return "event", 0.6
        return "practice" if routine else "event", 0.5

    def _is_means(self, trigger: Trigger) -> bool:
        """Whether its clause says by what means something else is reached: 通过举办…."""
        stops = self.scanned.stops
        index = bisect_right(stops, trigger.verb[0]) - 1
        begin = stops[index] if index >= 0 else 0
        before = self.scanned.words_in(begin, trigger.verb[0])
        at = next((at for at, word in enumerate(before) if word in _words("means")), None)
        return at is not None and "的" not in before[at:-1]

    def _is_routine(self, trigger: Trigger, sentence: tables.Sentence) -> bool:
        """Whether it is told as done at set times (定期召开), not wished for or advised."""
        before = self.scanned.words_in(sentence.start, trigger.verb[0])
        own = self.scanned.words_in(trigger.start, trigger.verb[0])
        return (
            trigger.sort in ("hold", "run")
            and not _words("routine").isdisjoint(own)
            and (_words("unreal") - _words("routine") | _words("never")).isdisjoint(before)
            and _words("saying").isdisjoint(before)
            and sentence.sentence_id not in self.told
            and not inside(self.scanned.speeches, trigger.verb[0])
            and trigger.verb[0] < self.advice
        )

    def _is_done(self, trigger: Trigger, firmly: bool = False) -> bool:
        """Whether the clause says that it was done; `firmly`, by more than 再次, 全部 and so on."""
        text = self.scanned.text
        if _COMPLETED.match(text, trigger.verb[1]) or text[trigger.verb[1] - 1] == "了":
            return True
        if _WHEN.search(text, max(trigger.start - _LONGEST_WHEN, 0), trigger.start):
            return True
        if _BESIDE.search(text, max(trigger.start - _LONGEST_WHEN, 0), trigger.start):
            return not self._is_coming(trigger)
        own = self.scanned.words_in(trigger.start, trigger.verb[0])
        said = (_firmly_done() if firmly else _words("done")).intersection(own)
        return bool(said) and not (said.issubset(_LATELY) and self._is_coming(trigger))

    def _is_dated(self, trigger: Trigger, sentence: tables.Sentence) -> bool:
        """Whether a date stands in the sentence up to the event's end; 目前, 近年来 are none.

        What is to come has its date in its own clause.
        """
        coming = self._is_coming(trigger)
        begin = self._behind_day(trigger, sentence) if coming else sentence.start
        dates = begin_in(self.reading.dates, begin, trigger.end)
        if coming:
            dates = [one for one in dates if one.precision != "year"]
        if any(
            one.exact and not (coming and self._is_lately(one))
            for one in self.scanned.moments_in(begin, trigger.verb[0])
        ):
            return True
        soft = trigger.sort in ("soft", "plain")
        if soft and STATISTICS.search(self.scanned.text, trigger.start, trigger.end):
            dates = [one for one in dates if one.precision == "day"]
        vague = _THIS_YEAR if soft else ("明年",)
        return any(_DAY.search(one.raw) and not one.raw.startswith(vague) for one in dates)

    def _is_lately(self, moment: Moment) -> bool:
        """Whether it says 近期 or the like, which may also mean the days to come."""
        return self.scanned.text[moment.start : moment.end] in _LATELY

    def _behind_day(self, trigger: Trigger, sentence: tables.Sentence) -> int:
        """Where the trigger's clause begins, a clause that is only a day before it taken in."""
        found = _DAY_ALONE.search(self.scanned.text, sentence.start, trigger.start)
        return found.start() if found else trigger.start

    def _is_unreal(
        self, trigger: Trigger, sentence: tables.Sentence, done: bool, dated: bool
    ) -> bool:
        own = self.scanned.words_in(trigger.start, trigger.verb[0])
        if not _words("never").isdisjoint(own):
            return True
        if not _words("unreal").isdisjoint(own) and not done:
            return True
        if is_idle(self.scanned.text, trigger):
            return True
        if trigger.sort != "hold" and self._is_planned(trigger):
            return True
        if trigger.sort == "plain" and not dated and self._is_wished(trigger, sentence):
            return True
        if not (done or dated) and _STATED.match(self.scanned.text, trigger.end):
            return True
        if trigger.sort in ("soft", "deed", "plain") and self._is_statistic(trigger, sentence):
            return True
        text = self.scanned.text
        if _PRETEXT.match(text, trigger.verb[1]) or _LASTING.match(text, trigger.verb[1]):
            return True
        if self._says_which(trigger) or _YEAR_BY_YEAR.search(text, trigger.start, trigger.verb[0]):
            return True
        if self._is_asked_for(trigger, sentence):
            return True
        firmly = done and self._is_done(trigger, firmly=True)
        if dated and not firmly and self._is_forecast(trigger, sentence):
            dated = False
        if not (done or dated) and self.scanned.text.startswith(_NEXT, sentence.start):
            return True
        if trigger.sort in ("deed", "soft") and not (_words("asking") | {"提出"}).isdisjoint(own):
            dated = False
        if (dated or firmly) and trigger.verb[0] < self.advice:
            return False
        if self._is_coming(trigger) or sentence.sentence_id in self.told:
            return True
        if trigger.sort != "hold" and self._is_forecast(trigger, sentence):
            return True
        reported = inside(self.scanned.speeches, trigger.verb[0])
        before = self.scanned.words_in(sentence.start, trigger.verb[0])
        said = not _words("saying").isdisjoint(before)
        wished = self._is_wished(trigger, sentence) and trigger.sort != "hold"
        return reported or said or wished or trigger.verb[0] >= self.advice

    def _is_wished(self, trigger: Trigger, sentence: tables.Sentence) -> bool:
        """Whether a word of wishing stands in the sentence before the verb."""
        before = self.scanned.words_in(sentence.start, trigger.verb[0])
        return not _words("wish").isdisjoint(before)

    def _says_which(self, trigger: Trigger) -> bool:
        """Whether it stands between 是 and 的, or behind 这是, and only says what something is."""
        if trigger.sort not in ("soft", "deed", "plain"):
            return False
        if _IDENTIFIES.match(self.scanned.text, trigger.start, trigger.verb[0]):
            return True
        own = self.scanned.words_in(trigger.start, trigger.verb[0])
        if "是" not in own or not {"首次", "第一次", "再次"}.isdisjoint(own):
            return False
        return "的" in self.scanned.words_in(trigger.verb[1], trigger.end)[:-1]

    def _is_statistic(self, trigger: Trigger, sentence: tables.Sentence) -> bool:
        """Whether the sentence tells what figures show, of no day of its own."""
        shown = _SHOWN.search(self.scanned.text, sentence.start, trigger.start)
        if shown is None:
            return False
        moments = self.scanned.moments_in(shown.end(), trigger.verb[0])
        text = self.scanned.text
        return not any(one.exact and not bounds(text, one, shown.end()) for one in moments)

    def _is_forecast(self, trigger: Trigger, sentence: tables.Sentence) -> bool:
        """Whether the clause goes on, without a subject, with what the one before says will be."""
        before = self.scanned.words_in(sentence.start, trigger.start)
        coming = [at for at, token in enumerate(before) if token in _words("coming")]
        if not coming or trigger.sort == "hold":
            return False
        behind = before[coming[-1] + 1 :]
        leads = not behind or behind[0] in _words("helpers")
        aims = "v" if leads else part_of_speech(behind[0])[0]
        own = self.scanned.words_in(trigger.start, trigger.verb[0])
        return aims not in "nrs" and not any(part_of_speech(one)[0] in "nr" for one in own)

    def _is_planned(self, trigger: Trigger) -> bool:
        """Whether the clause names a month or year behind the issue's day: 2027年建成."""
        issued = self.reading.issue_date
        dates = self.reading.dates
        alone = _YEAR_ALONE.search(self.scanned.text, max(trigger.start - 12, 0), trigger.start)
        begin = alone.start() if alone else trigger.start
        return issued is not None and any(
            one.iso[:10] > issued.isoformat()[: len(one.iso[:10])]
            for one in begin_in(dates, begin, trigger.verb[0])
            if one.iso
            and one.precision in ("month", "year")
            and not one.raw[-1].isdigit()
            and not self.scanned.text.startswith("第", one.end)
        )

    def _is_asked_for(self, trigger: Trigger, sentence: tables.Sentence) -> bool:
        """Whether a word of wishing stands behind the sentence's last date before the verb.

        近期 and the like are no dates here: they may be part of what is wished for.
        """
        moments = [
            one
            for one in self.scanned.moments_in(sentence.start, trigger.verb[0])
            if not self._is_lately(one)
        ]
        if not moments or trigger.sort == "hold":
            return False
        asked = self.scanned.words_in(moments[-1].end, trigger.start)
        return not _words("asking").isdisjoint(asked)

    def _is_ongoing(self, trigger: Trigger) -> bool:
        return not _words("ongoing").isdisjoint(
            self.scanned.words_in(trigger.start, trigger.verb[0])
        )

    def _is_coming(self, trigger: Trigger) -> bool:
        """Whether the clause says that it will be; 将 before what is dealt with does not."""
        words = self.scanned.words
        own = self.scanned.words_in(trigger.start, trigger.verb[0])
        if _words("coming").isdisjoint(own):
            return False
        low = bisect_left(words.starts, trigger.start)
        high = bisect_left(words.starts, trigger.verb[0])
        return any(
            words.tokens[at] in _words("coming")
            and not (words.tokens[at] == "将" and _is_thing(*words.tokens[at + 1 : at + 3]))
            for at in range(low, high)
        )

    def _has_count(self, trigger: Trigger) -> bool:
        """Whether a result is counted; what was built up over the years is no event."""
        if trigger.sort == "soft" and trigger.type == "launch":
            return False
        if STATISTICS.search(self.scanned.text, trigger.start, trigger.end):
            return False
        if _THERE_ARE.search(self.scanned.text, trigger.start, trigger.verb[0]):
            return False
        low = bisect_left(self.reading.figures, trigger.start, key=START)
        return any(
            one.start < trigger.end + 14
            for one in self.reading.figures[low : low + 3]
            if one.reportable
        )

    def _has_own_name(self, trigger: Trigger) -> bool:
        return bool(re.search("[“《]", self.scanned.text[trigger.name[0] : trigger.name[1]]))
