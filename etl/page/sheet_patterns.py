"""What the lines of a newspaper page look like, beyond those of a record (see `patterns`)."""

from __future__ import annotations

import re

from etl.page.patterns import HAN, NAMES, WRITER

BOX_BYLINE = re.compile(rf"^[□■◆●○▲△◎☆★◇]\s*{NAMES}$")
# 本报讯 (记者 张三) / 本报北京12月1日电 / 新华社北京8月9日电 / 某某讯
LEAD = re.compile(
    rf"(?:本报|本刊|本社|本网|据?新华社|据?中新社|中新网|据?{HAN}{{2,6}}(?:社|网|报|台))"
    rf"(?:讯|综合消息|{HAN}{{0,8}}\s*(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日\s*(?:电|讯|消息)"
    rf"|{HAN}{{2,8}}(?:讯|电))"
    rf"|(?:\(|(?<=^)){WRITER}[ :]*{NAMES}\)"
    rf"|{HAN}{{2,8}}(?:新闻网|日报|晚报|网|客户端)(?:讯|消息)"
)
_PAGE = r"第?\s*(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版"
_JUMPING = rf"(?:(?:[上紧]接|接|承)|(?:下?转|下接))\s*{_PAGE}\S{{0,12}}?"
JUMP_LINE = re.compile(rf"^[(\[【>▶→]*\s*{_JUMPING}\s*[)\]】>]*$")
JUMP_START = re.compile(r"^[(\[【]\s*[上紧]?接\s*" + _PAGE + r"[^()]{0,12}?[)\]】]")
JUMP_END = re.compile(r"[(\[【]\s*(?:下?转|下接)\s*" + _PAGE + r"[^()]{0,12}?[)\]】]$")
# … 张三 摄 / (本报记者 张三 摄) / 新华社记者 张三 摄 / 图为张三提供
CREDIT_END = re.compile(
    rf"(?:(?<=[\s。!?”)])|^)(?:{HAN}{{2,6}}发\s*)?\(?(?:"
    rf"(?:均[为由])?(?:{WRITER}[ :]*)?{NAMES}\s*/?\s*(?:摄影报道|摄影|摄|供图|图)"
    rf"|(?:供图|摄影|图|图文)[ :/]+(?:{WRITER}[ :]*)?{NAMES}"
    r"|(?:图片|照片)由?[^ 。,;:]{2,16}提供|资料(?:图片|照片)|(?:新华社|中新社|人民网|本报)发)\)?$"
)
CAPTION_START = re.compile(
    r"^[▲▼◀▶△▽●■]?\s*\(?(?:[上下左右题]?图(?:[一二三四五六七八九十]|\(?\d{1,2}\)?|[①-⑳])?\s*[为:]"
    r"|图[①-⑳]|[上下左右]图,|[这以][些上][组几]?(?:图片|照片))"
)
# (张三) / (本报记者 张三) / (张三 文/图)
_SIGNED = rf"\((?:{WRITER}[ :]*)?{NAMES}(?: ?(?:文/图|图/文|文并?摄|文))?\)"
SIGNATURE_END = re.compile(rf"(?<=[。!?”…])\s*{_SIGNED}$")
# Who wrote it, without a name: (作者系某校教师)
_WRITER_IS = r"\((?:本文)?作者(?:分别)?(?:系|为|是|单位)[ :]?[^()]{2,60}\)"
SIGNATURE_LINE = re.compile(rf"^(?:{_SIGNED}|{_WRITER_IS})$")
# 这是11月3日拍摄的大桥(无人机照片)。
PICTURE_OF = re.compile(
    r"^(?:[^。!?]{0,40})拍摄的[^。!?]{2,60}\((?:无人机|拼版|资料|视频)?(?:照片|截图)\)。?$"
)
EDITORS_NOTE = re.compile(
    r"^[\[【(]?(?:编者按|编者的话|开栏的?话|核心提示|阅读提示|内容提要)[\]】)]?[ :]?"
)

SECTION_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|[◆■●▲★])"
)
DASH_START = re.compile(r"^(?:—|--|–|―|─)")
SENTENCE_INSIDE = re.compile(r"。|[!?;][^”』)]|;$")
