"""Pictures of text → their lines with boxes, by RapidOCR with the model that its package brings.

Everything is local: the model lies beside the code, and nothing is fetched.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from etl.sources.layout import Line

# Longest side that is looked at as it is, in pixels: a broadsheet at 150 dpi; a larger one is
# made smaller first, a smaller one is cut into no more pieces than one.
LONGEST_SIDE = 4000
# Lines that the model itself holds for less likely than this are noise between columns.
LEAST_SCORE = 0.6


def lines_of(picture: Image.Image) -> list[Line]:
    """The lines of a picture in pixels from its upper left corner, in no order."""
    found = _engine()(np.asarray(picture.convert("RGB")))
    if found.boxes is None:
        return []
    return [
        _line(text, box)
        for text, box, score in zip(found.txts, found.boxes, found.scores, strict=True)
        if text.strip() and score >= LEAST_SCORE
    ]


def _line(text: str, box: Any) -> Line:
    """A line by the box that holds its four corners."""
    left, top = (float(one) for one in box.min(axis=0))
    right, bottom = (float(one) for one in box.max(axis=0))
    return Line(text.strip(), left, top, right, bottom)


@cache
def _engine() -> Any:
    """The recogniser, loaded once a process."""
    from rapidocr import RapidOCR  # loading its libraries takes a second

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else -1
    return RapidOCR(
        params={
            "Global.max_side_len": LONGEST_SIDE,
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Det.limit_side_len": 736,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )
