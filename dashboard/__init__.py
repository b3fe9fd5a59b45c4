"""What the pages share; of this project only this folder, pages/ and app.py know Streamlit."""
