"""The least that Streamlit can do with the same tables: a filter, a number and a chart.

What a filter change costs here is what Streamlit, Plotly and the browser cost by themselves on this
machine: `tests.browser.speed` measures it in the same run and gives our pages as times of it.
"""

import os

import duckdb
import plotly.graph_objects as go
import streamlit as st

provinces = st.multiselect("省份", ["北京市", "天津市", "河北省", "山西省", "内蒙古自治区"])
st.html(f"<p class='bm-selection'><b>{'、'.join(provinces)}</b></p>")
counts = duckdb.execute(
    "SELECT type, count(*) FROM read_parquet($file) "
    "WHERE len($provinces) = 0 OR province IN (SELECT unnest($provinces)) "
    "GROUP BY type ORDER BY count(*)",
    {
        "file": f"{os.environ['BANMIAN_TABLES']}/current/activities.parquet",
        "provinces": provinces,
    },
).fetchall()
st.metric("活动", sum(count for _, count in counts))
figure = go.Figure(go.Bar(x=[count for _, count in counts], y=[kind for kind, _ in counts]))
figure.update_traces(orientation="h")
st.plotly_chart(figure)
