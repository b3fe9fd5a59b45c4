"""The dashboard with its data interface: `streamlit run serve.py`. `make run` starts it so.

`streamlit run app.py` shows the same pages without the interface and without our own headers, for
hosts that know nothing else.
"""

import streamlit as st
from starlette.middleware import Middleware

from dashboard.service.first import FirstPaint
from dashboard.service.headers import SecurityHeaders, take_no_orders
from dashboard.service.routes import routes
from dashboard.service.watch import Watch, begin

begin()
take_no_orders()
app = st.App(
    "app.py",
    routes=routes(),
    middleware=[Middleware(Watch), Middleware(SecurityHeaders), Middleware(FirstPaint)],
)
