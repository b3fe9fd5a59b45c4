"""The frame of the dashboard: page setup, navigation, the filter bar, and what every page has.

Run it with `streamlit run app.py`. BANMIAN_TABLES names the folder of tables to show.
"""

import streamlit as st

from dashboard import address, data, filters, fonts, frame, navigation, turns, view

with turns.taken(waiting=frame.tell_waiting):
    # Before anything is sent: the browser asks for the font with the first word that it draws.
    fonts.ensure_web_font()
    address.begin()
    chosen_language = filters.chosen_language()
    page, name = navigation.choose(chosen_language)

    try:
        tables = data.tables(chosen_language)
    except data.NoTablesError as error:
        frame.without_tables(chosen_language, error)
        st.stop()

    options = tables.options()
    with st.sidebar:
        frame.brand(chosen_language)
        selection = filters.bar(options, chosen_language)
    current = view.use(tables, selection, chosen_language, options)
    if name == navigation.ALONE:
        frame.alone(current, page)
    else:
        frame.head(current, name)
        frame.run(current, page)
        frame.foot(current)
    address.finish()
