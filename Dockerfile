ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --ignore-scripts
COPY build build
COPY src src
RUN node build/build.js --no-types

FROM ${NODE_IMAGE}
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="wink-webhook-mock" \
      org.opencontainers.image.description="A sandbox that takes the place of the Wink webhook API in tests" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /build/dist dist
ENV NODE_ENV=production HOST=0.0.0.0
# The code cache of a start and of a request is written now, because the program of a container cannot write.
COPY docker/compile.js .
RUN node compile.js && rm compile.js
# For --state-file: Docker gives a new volume the owner of the folder that it covers.
RUN install --directory --owner=1000 --group=1000 /state
EXPOSE 4010
USER 1000:1000
# Not --start-interval, which Podman 4 refuses. The flags of process 1 say where it listens.
HEALTHCHECK --interval=3s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "/app/dist/cli.cjs", "health", "--process", "1"]
ENTRYPOINT ["node", "/app/dist/cli.cjs"]
