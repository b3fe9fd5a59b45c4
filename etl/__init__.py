"""Articles in, tidy tables out. Imports neither streamlit nor plotly."""
