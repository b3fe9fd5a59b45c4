"""What the tables hold, where and when, and where it all comes from."""

import streamlit as st

from dashboard import activity_charts, rows
from dashboard.view import current

NEWEST = 8

view = current()
t = view.t
found = view.tables.overview(view.selection)

if found.articles or found.figures or found.activities:
    with st.grid(5, min_column_width=120):
        for name in ("articles", "activities", "figures", "provinces", "cities"):
            st.metric(t(f"overview.{name}"), f"{getattr(found, name):,}", border=True)
    when, where = st.columns(2, gap="large")
    with when:
        st.subheader(t("overview.when"), anchor=False)
        activity_charts.over_time(view, activity_charts.usual_period(view))
    with where:
        st.subheader(t("overview.where"), anchor=False)
        activity_charts.by(view, "province")
    st.subheader(t("overview.newest"), anchor=False)
    with st.grid(2, min_column_width=300, gap="medium"):
        for row in rows.records(view.tables.newest(view.selection, NEWEST)):
            rows.activity_row(view, row)
else:
    rows.nothing(view)

st.subheader(t("about.title"), anchor=False)
dates = (
    t("about.dated", first=found.first_date, last=found.last_date)
    if found.first_date
    else t("about.no_dates")
)
publications = view.joined(found.publications) or t("about.unnamed")
version = view.tables.version
st.markdown(t("about.text", publications=rows.markdown(publications), dates=dates, version=version))
if found.undated:
    st.warning(t("about.undated", count=found.undated), icon=":material/event_busy:")
