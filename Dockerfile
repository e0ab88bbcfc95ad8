# syntax=docker/dockerfile:1
# The server with the SPA inside, in one small image; the database is another container (docker-compose.yml).

FROM node:20-bookworm-slim AS spa
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
# The contract is an input of the SPA's types.
COPY openapi ../openapi
COPY frontend ./
RUN npm run build

FROM rust:1-slim-bookworm AS server
RUN apt-get update \
    && apt-get install --yes --no-install-recommends cmake g++ make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
COPY --from=spa /src/frontend/dist frontend/dist
# The caches outlive a change of the sources; the program is copied out because a cache is no part of the image.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --package wuye-api --bin wuye \
    && cp target/release/wuye /usr/local/bin/wuye

FROM debian:12-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/wuye --create-home wuye
COPY --from=server /usr/local/bin/wuye /usr/local/bin/wuye
USER wuye
ENV WUYE_LISTEN=0.0.0.0:8080 WUYE_DATA_DIR=/var/lib/wuye
VOLUME /var/lib/wuye
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["curl", "--fail", "--silent", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["wuye"]
CMD ["serve"]
