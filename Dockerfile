# One image for every process; what it does is its command. Built in two stages, run without root.
FROM python:3.12-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/tukivayla
WORKDIR /src
COPY requirements.lock ./
RUN /opt/tukivayla/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY shared shared
COPY services services
COPY tukivayla tukivayla
RUN /opt/tukivayla/bin/pip install --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /home/tukivayla tukivayla \
    && install --directory --owner tukivayla /var/lib/tukivayla/blobs /var/lib/tukivayla/trail
COPY --from=build /opt/tukivayla /opt/tukivayla
ENV PATH=/opt/tukivayla/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 EVENTLET_NO_GREENDNS=yes \
    BLOB_DIR=/var/lib/tukivayla/blobs TRAIL_DIR=/var/lib/tukivayla/trail
USER 10001
WORKDIR /home/tukivayla
STOPSIGNAL SIGTERM
ENTRYPOINT ["tukivayla"]
CMD ["--help"]
