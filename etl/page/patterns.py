"""What the lines of a newspaper look like. All patterns read normalised text (`etl.text`)."""

from __future__ import annotations

import re

from etl.late import Late

HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_PROFESSION = "(?:记者|通讯员|评论员|撰稿人?|实习生)"
# Of a name: no profession begins here.
_OF_NAME = f"(?:(?!{_PROFESSION}){HAN})"
# A name is two to four characters, or a transcribed one with its dots: 玉克赛克·西加艾提.
NAME = rf"(?:{_OF_NAME}{{1,7}}(?:[·•・]{_OF_NAME}{{1,7}})+|{_OF_NAME}{{2,4}}|{_OF_NAME} {_OF_NAME})"
_APART = rf"{NAME}(?:[ 、,/]+{NAME})*"
# What follows can read a line in one way, or in few: 和 is taken for an "and" three times at most,
# houses are two, what a writer is called is not given back (*+, ?>). Else a row of 台湾, 本报 or
# 记者 would be read in more ways than there is time for.
NAMES = rf"{_APART}(?:[ 、,/]*和[ 、,/]*{_APART}){{0,3}}"
_STANDING = (
    r"(?:本报|本刊|本社|本台|本网|总台|央视|央广|全媒体|融媒体?|新媒体|首席|高级|见习|实习(?!生)"
    r"|特约|特派)*+"
)
WRITER = (
    rf"(?>{_STANDING}(?:{HAN}{{1,8}}(?:报|社|网|台|客户端)[·/]?{_STANDING}){{0,2}}"
    rf"(?:驻{HAN}{{1,6}})?{_PROFESSION})"
)
_GROUPS = "{0,5}"
_CREDIT_WORD = r"(?:文/图|图/文|文图|文|图|作者|编译|整理|撰文|摄影|供图|图片)"

# 本报记者 张三 李四 / 记者 张三 通讯员 李四 / □ 张三 / 文/张三 图/李四
BYLINE = Late(
    rf"^[□■◆●○▲△◎☆★◇/(【\[—-]*\s*(?:"
    rf"{WRITER}[ :/、]*{NAMES}(?:[ ,、;/]*(?:{WRITER}|{_CREDIT_WORD})[ :/、]*{NAMES}){_GROUPS}"
    rf"|{_CREDIT_WORD}[ :/]+(?:{WRITER}[ :/、]*)?{NAMES}"
    rf"(?:[ ,、;/]+(?:{WRITER}|{_CREDIT_WORD})[ :/、]*{NAMES}){_GROUPS})"
    r"(?:\s*(?:文/图|文图|摄影报道|报道|文|发自\S{2,8}))?\s*[)】\]]?$",
    # A writer is called by a profession; of the words of a credit these are the last characters.
    needs="记者|通讯员|评论员|撰稿|实习生|文[ :/]|图[ :/]|者[ :/]|译[ :/]|理[ :/]|影[ :/]|片[ :/]",
)
# 来源:青禾日报 2021-05-12 08:00 / 2021年5月12日 / 发布时间:2021-05-12
SOURCE_LINE = re.compile(
    r"^(?=.*\d{4}[-/.年]\d{1,2}|来源)(?:(?:来源|稿源|日期|时间|发布时间|发布日期)[ :]*\S{0,16}[ |]*"
    r"|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ |]*(?:\d{1,2}:\d\d(?::\d\d)?)?[ |]*){1,4}$"
)
# Lines of bylines that name nobody: a source, or what the writer is.
NOT_A_BYLINE = re.compile(rf"{SOURCE_LINE.pattern}|^\((?:本文)?作者(?:分别)?(?:系|为|是|单位)")
NOT_A_NAME = Late(
    rf"资料(?:图片|照片)|(?:图片|照片)由?\S+提供|(?:新华社|中新社|人民网|本报)发|{WRITER}|{_CREDIT_WORD}|摄影报道|报道|摄|供图|发自\S+|[□■◆●○▲△◎☆★◇()\[\]【】:/丨|]"
)

WRITERS_IN_LEAD = re.compile(r"\(([^()]*?(?:记者|通讯员|评论员)[^()]*)\)")

PAGE_NUMBER = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})\s*版")

STOP_END = re.compile(r"[。!?…][”’』」)》\]]*$|[\u4e00-\u9fff]\.$")


def ends_sentence(text: str) -> bool:
    """What `STOP_END.search` finds, in time that does not grow with the text."""
    bare = text.rstrip("”’』」)》]")
    return bare.endswith(("。", "!", "?", "…")) or bool(STOP_END.search(text[-2:]))
