ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY build.js ./
COPY src src
RUN node build.js --no-types

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="wink-webhook-mock" \
      org.opencontainers.image.description="A sandbox that takes the place of the Wink webhook API in tests" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /build/dist dist
# What Node.js compiles at a start is kept for the next ones: of the user of the image, for whom alone it counts.
RUN mkdir compiled && chown 1000:1000 compiled
ENV NODE_ENV=production HOST=0.0.0.0 NODE_COMPILE_CACHE=/app/compiled
EXPOSE 4010
USER 1000:1000
RUN node dist/cli.js --port 0 --log-level silent >/tmp/started & \
    until grep -q listening /tmp/started; do sleep 0.1; done && kill $! && wait $! && rm /tmp/started
# Engines that know no start interval check every interval from the start.
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --start-interval=200ms --retries=3 \
  CMD ["node", "/app/dist/cli.js", "health"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
