"""Files from strangers → tables, read by a process of their own within limits.

    FOLDER/manifest.json           what was given: names, sizes, and what the giver says of each
    FOLDER/files/0001.pdf          the files, under names of ours
    FOLDER/unpacked/0003-0001.txt  the members of an archive, likewise
    FOLDER/parts/0001/00001/       tables of some documents of a file, in the order they were read
    FOLDER/ended/0001.json         a file that is done with, and why it broke off if it did
    FOLDER/tables/                 all of it, published as a build publishes

`Dropped.take` checks and stores what comes in, `reading.Reading` has `etl.intake.child` read it and
ends it at the limit, `keep` puts a file into a collection that later builds take.
"""

from __future__ import annotations

from etl.intake.dropped import Dropped, Given, Refused
from etl.intake.limits import Limits

__all__ = ["Dropped", "Given", "Limits", "Refused"]
