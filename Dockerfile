# The API of Pentad as an image; its stores are containers of their own (docker-compose.yml).
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/pentad
COPY requirements/run.txt requirements/run.txt
RUN /opt/pentad/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: -r requirements/run.txt
COPY . .
RUN /opt/pentad/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/pentad --create-home --shell /usr/sbin/nologin pentad
COPY --from=build /opt/pentad /opt/pentad
ENV PATH=/opt/pentad/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PENTAD_API_HOST=0.0.0.0 \
    PENTAD_API_PORT=8000 \
    PENTAD_DATA_DIR=/var/lib/pentad/data
USER 10001:10001
WORKDIR /var/lib/pentad
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=6 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
CMD ["pentad", "serve"]
