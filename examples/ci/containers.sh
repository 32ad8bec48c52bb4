#!/usr/bin/env bash
# Runs the recipes that use the image, as their files have them, with the image wink-webhook-mock:test. They use port 4010.
# ENGINE: docker or podman; without it, the first one that works.
set -euo pipefail
cd "$(dirname "$0")/../.."
source docker/engine.sh

engine=${ENGINE:-$(find_engine)}
name=wink-webhook-mock-recipes-$$
trap '"$engine" rm --force "$name" >/dev/null 2>&1 || true; "$engine" network rm "$name" >/dev/null 2>&1 || true' EXIT

# recipe FILE EXPRESSION: what an expression of the file gives; its parsed text is `file`.
recipe() {
  (cd examples/ci && node --input-type=module -e '
    import { readFileSync } from "node:fs"
    import { parse } from "yaml"
    const [name, expression] = process.argv.slice(1)
    console.log(new Function("file", `return ${expression}`)(parse(readFileSync(name, "utf8"))))
  ' "$1" "$2")
}

# Podman runs health checks by timers of systemd, which may be missing.
healthy() {
  if [[ $engine == podman ]]; then podman healthcheck run "$name"
  else [[ $(docker inspect --format '{{.State.Health.Status}}' "$name") == healthy ]]; fi
}

echo '=== GitHub Actions, as a service'
service=file.jobs.test.services.wink
read -r -a options <<<"$(recipe github-service.yml "$service.options")"
port=$(recipe github-service.yml "$service.ports[0]")
url=$(recipe github-service.yml 'file.jobs.test.steps.at(-1).env.WINK_API_URL')
"$engine" run --detach --name "$name" --publish "$port" "${options[@]}" wink-webhook-mock:test >/dev/null
for attempt in {1..50}; do
  ! healthy >/dev/null 2>&1 || break
  [[ $attempt -lt 50 ]] || { "$engine" logs "$name"; exit 1; }
  sleep 0.2
done
(cd examples/ci && WINK_API_URL=$url npm test)
"$engine" rm --force "$name" >/dev/null

echo '=== GitLab'
alias=$(recipe gitlab-ci.yml 'file.test.services[0].alias')
url=$(recipe gitlab-ci.yml 'file.test.variables.WINK_API_URL')
script=$(recipe gitlab-ci.yml 'file.test.script.filter((line) => line !== "npm ci").join("\n")')
base=$(sed -n 's/^ARG NODE_IMAGE=//p' Dockerfile)
"$engine" network create "$name" >/dev/null
"$engine" run --detach --name "$name" --network "$name" --network-alias "$alias" wink-webhook-mock:test >/dev/null
"$engine" run --rm --network "$name" --volume "$PWD:/project:ro" --workdir /project/examples/ci \
  --env WINK_API_URL="$url" "$base" sh -ec "$script"

echo '=== Docker Compose'
if docker compose version >/dev/null 2>&1; then compose=(docker compose)
elif command -v podman-compose >/dev/null; then compose=(podman-compose)
else
  echo 'there is no compose here: docker/compose.yaml is not tested'
  exit
fi
"$engine" tag wink-webhook-mock:test wink-webhook-mock
# No build: the image is there.
code=0
timeout 60 "${compose[@]}" -f docker/compose.yaml up --no-build --exit-code-from tests || code=$?
"${compose[@]}" -f docker/compose.yaml down
exit "$code"
