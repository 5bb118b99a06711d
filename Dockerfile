# docker build -t nhi-auditor:0.1.0 .
#
# The image is pinned by its tag. To pin it by digest, which nobody can move:
#   docker build --build-arg NODE_IMAGE=node:20.20.2-bookworm-slim@sha256:DIGEST -t nhi-auditor:0.1.0 .
ARG NODE_IMAGE=node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
# No package's own scripts run: what nhi needs comes built.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY collectors collectors
COPY reports reports
COPY rules rules
COPY playbooks playbooks
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund
# Declarations and source maps of packages are nearly half of what they weigh; nothing reads them when nhi runs.
RUN find node_modules -type f \( -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' -o -name '*.map' \) -delete
RUN mkdir /data

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="nhi-auditor" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY LICENSE package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY rules rules
COPY playbooks playbooks
COPY --from=build --chown=1000:1000 /data /data
ENV NODE_ENV=production
# The user `node` of the image, by number: Kubernetes can tell then that it is not root.
USER 1000:1000
# Snapshots go to /data/.nhi. Everything else may be read-only; DuckDB and the gate want a /tmp to write in.
WORKDIR /data
VOLUME /data
ENTRYPOINT ["node", "/app/dist/src/cli/main.js"]
CMD ["agent", "--config", "/etc/nhi/nhi.yaml", "--data", "/data/.nhi"]
# The address that the agent serves health on unless `agent.listen` says another.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9479/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
