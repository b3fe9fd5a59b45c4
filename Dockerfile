# The dashboard as an image: `docker compose up`, described in docs/hosting.md.
# What is installed is locked with its hashes; pin the base by its digest where you must.
FROM python:3.13-slim-bookworm AS made
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --no-compile --require-hashes -r requirements.txt \
    && .venv/bin/pip uninstall --yes pip
COPY app.py serve.py ./
COPY .streamlit .streamlit
COPY scripts/serve.sh scripts/
COPY data data
COPY etl etl
COPY dashboard dashboard
COPY pages pages
# All that the server would write into its own folder, so that the root can be read-only: the
# letters for the browser, and compiled code.
RUN .venv/bin/python -c "from dashboard import fonts; fonts.ensure_web_font()" \
    && .venv/bin/python -m compileall -q etl dashboard pages .venv/lib

# What is in .venv, with versions and licences, after CycloneDX; its writer stays out of the image.
FROM made AS bill
COPY requirements-bill.txt pyproject.toml ./
RUN python -m venv /bill \
    && /bill/bin/pip install --no-cache-dir --require-hashes -r requirements-bill.txt \
    && /bill/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
       --output-file bill-of-materials.json .venv/bin/python

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin banmian \
    && install -d -o banmian -g banmian /data
COPY --from=made /app /app
COPY --from=bill /app/bill-of-materials.json /app/
WORKDIR /app
ENV BANMIAN_TABLES=/data/tables BANMIAN_COPIES=/data/copies BANMIAN_HOST=0.0.0.0 BANMIAN_PORT=8501 \
    HOME=/tmp MPLCONFIGDIR=/tmp/matplotlib PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER banmian
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=180s --retries=3 \
    CMD ["/app/.venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
ENTRYPOINT ["sh", "/app/scripts/serve.sh"]
