"""What the tables hold, where and when, and where it all comes from."""

import streamlit as st

from dashboard import activity_charts, fact_rows, headline, lists, rows
from dashboard.view import current

NEWEST = 6

view = current()
t = view.t
found = view.tables.overview(view.selection)

if found.articles or found.figures or found.activities:
    headline.numbers(view, found)
    when, where = st.columns([3, 2], gap="large")
    with when:
        activity_charts.over_time(view, activity_charts.usual_period(view))
    with where:
        activity_charts.by(view, "province", activity_charts.BESIDE)
    st.subheader(t("overview.newest"), anchor=False)
    with st.container(gap=None, key="newest_list"):
        newest = rows.records(view.tables.newest(view.selection, NEWEST))
        lists.draw(view, (fact_rows.activity_row(view, one) for one in newest))
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
