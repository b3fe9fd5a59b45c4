"""The static edition: the dashboard as files that any host serves, with no server behind them.

`publish.py` writes it, `tasks.py` knows its pages, `common_files.py` what they share. The charts
are those of the dashboard's own pages; `drawing.py` draws them as small SVGs. No streamlit runs
here: modules of the dashboard that import it are asked only for what they know, never to draw.
"""

import logging

# It says that no reader is there, when it is imported and before anybody could tell it not to.
_LOUD = "streamlit.runtime.caching.cache_data_api"
logging.getLogger(_LOUD).addFilter(lambda record: record.levelno > logging.WARNING)
