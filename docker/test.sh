#!/usr/bin/env bash
# Builds the image and tests it. Uses docker, else podman; needs curl.
set -euo pipefail
cd "$(dirname "$0")/.."
source docker/engine.sh

engine=$(find_engine) || { echo 'no container engine: neither docker nor podman works here' >&2; exit 1; }
image=wink-webhook-mock:test
base=$(sed -n 's/^ARG NODE_IMAGE=//p' Dockerfile)
scratch=$(mktemp -d)
containers=()
volumes=()
trap '"$engine" rm --force "${containers[@]}" >/dev/null 2>&1 || true
  "$engine" volume rm "${volumes[@]}" >/dev/null 2>&1 || true; rm -rf "$scratch"' EXIT

passed=0
ok() { passed=$((passed + 1)); echo "ok - $*"; }
fail() { echo "not ok - $*" >&2; exit 1; }

# start NAME [OPTION ...]: runs the image with the fewest privileges, and sets url when it answers.
start() {
  local name=wink-webhook-mock-test-$$-$1; shift
  containers+=("$name")
  "$engine" run --detach --name "$name" --read-only --cap-drop=ALL --user 12345:12345 \
    --publish 127.0.0.1::4010 "$@" "$image" >/dev/null
  container=$name
  url=http://$("$engine" port "$name" 4010/tcp | head -n 1)
  curl --silent --fail --output /dev/null --retry 100 --retry-delay 0 --retry-max-time 15 \
    --retry-all-errors "$url/__admin/health" || { "$engine" logs "$name"; fail "$name is not up"; }
}

webhooks=/api/managing-entity/d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69/webhook
body='{"name":"From outside","entity":{"identifier":"d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69","name":"Siam"},"enabled":true,"eventUrl":"https://api.example.com/hook","eventList":[]}'

# create TOKEN [OPTION ...]: the status of a request that creates a webhook.
create() {
  local token=$1; shift
  curl --silent --output "$scratch/answer" --write-out '%{http_code}' "$url$webhooks" \
    --header "Authorization: Bearer $token" --header 'Content-Type: application/json' --data "$body" "$@"
}

build_image "$engine" "$image" >/dev/null
ok "the image builds with $engine"

start plain
[[ $(create s3cr3t) == 201 ]] || fail "create answered $(cat "$scratch/answer")"
ok 'it creates a webhook, read-only, without capabilities, as any user'

"$engine" exec "$container" node /app/dist/cli.cjs health >/dev/null || fail 'the health command says no'
[[ $("$engine" inspect --format '{{json .Config.Healthcheck.Test}}' "$image" 2>/dev/null ||
  "$engine" inspect --format '{{json .HealthCheck.Test}}' "$image") == *health* ]] || fail 'no health check'
ok 'it is healthy by its own health check'

containers+=("wink-webhook-mock-test-$$-port")
"$engine" run --detach --name "${containers[-1]}" --read-only "$image" --port 5000 >/dev/null
for attempt in {1..50}; do
  "$engine" exec "${containers[-1]}" node /app/dist/cli.cjs health --process 1 >/dev/null 2>&1 && break
  [[ $attempt -lt 50 ]] || fail 'the health check does not follow --port'
  sleep 0.1
done
ok 'its health check follows --port'

"$engine" stop -t 15 "$container" >/dev/null
"$engine" logs "$container" >"$scratch/stdout" 2>"$scratch/stderr"
grep -q '^listening on http://0.0.0.0:4010$' "$scratch/stdout" || fail 'no address on stdout'
node -e '
  const lines = require("fs").readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line))
  if (!lines.some(({ method, status }) => method === "POST" && status === 201)) process.exit(1)
' <"$scratch/stderr" || fail "the log is not JSON lines: $(cat "$scratch/stderr")"
! grep -q s3cr3t "$scratch/stdout" "$scratch/stderr" || fail 'a token is in the log'
ok 'its log is JSON lines without tokens'

start held --env WINK_MOCK_SHUTDOWN_TIMEOUT=2
# A request without its body: the server has read its head when it sends 100 Continue.
exec 3<>"/dev/tcp/127.0.0.1/${url##*:}"
printf '%s\r\n' "POST $webhooks HTTP/1.1" 'Host: sandbox' 'Expect: 100-continue' 'Content-Length: 5' \
  'Authorization: Bearer t' 'Content-Type: application/json' '' >&3
read -r -t 10 continue <&3 && [[ $continue == 'HTTP/1.1 100'* ]] || fail 'the request is not held'
started=$SECONDS
"$engine" stop -t 15 "$container" >/dev/null
elapsed=$((SECONDS - started))
exec 3<&-
[[ $elapsed -le 6 ]] || fail "a held request kept it for $elapsed s"
exit_code=$("$engine" inspect --format '{{.State.ExitCode}}' "$container")
[[ $exit_code == 0 ]] || fail "its exit code is $exit_code"
ok 'a held request does not keep it from stopping in time, with exit code 0'

start seeded --volume "$PWD/docker/seed.json:/data/seed.json:ro" --env WINK_MOCK_DATA=/data/seed.json
[[ $(create manager) == 201 && $(create reader) == 403 && $(create other) == 401 ]] || fail 'the seed'
ok 'it starts with the data of a file'

state=wink-webhook-mock-test-$$
volumes+=("$state")
start kept --user 1000:1000 --volume "$state:/state" --env WINK_MOCK_STATE_FILE=/state/state.json
[[ $(create t) == 201 ]] || fail 'with a state file'
"$engine" stop -t 15 "$container" >/dev/null
start again --user 1000:1000 --volume "$state:/state" --env WINK_MOCK_STATE_FILE=/state/state.json
curl --silent --fail "$url/__admin/webhooks" | grep -q 'From outside' || fail 'the state file is not kept'
[[ $("$engine" run --rm --no-healthcheck --entrypoint stat "$image" -c %u:%g /state) == 1000:1000 ]] || fail '/state'
ok 'it keeps its state in a volume, without root'

start tty --tty
[[ $(create t) == 201 ]] || fail 'with a terminal'
ok 'it starts with a terminal'

start json --env 'WINK_MOCK_DATA_JSON={"managingEntities":[]}'
[[ $(create t) == 404 ]] || fail 'the JSON'
ok 'it starts with the data of a variable'

[[ $("$engine" run --rm --no-healthcheck "$image" --help) == *'Usage: wink-webhook-mock'* ]] || fail 'no help'
ok 'arguments are flags of the program'

if "$engine" run --rm --no-healthcheck --env WINK_MOCK_PORT=x "$image" >"$scratch/stdout" 2>"$scratch/stderr"; then
  fail 'it starts with a wrong setting'
fi
[[ $(grep -c . "$scratch/stderr") == 1 && ! -s $scratch/stdout ]] || fail "it said $(cat "$scratch/stderr")"
grep -q 'WINK_MOCK_PORT must be a whole number' "$scratch/stderr" || fail "it said $(cat "$scratch/stderr")"
ok 'a wrong setting stops it with one line'

files=$("$engine" run --rm --no-healthcheck --entrypoint find "$image" /app -type f)
! grep -E 'node_modules|\.ts$|\.map$|package-lock' <<<"$files" || fail 'there is more in it than the program'
ok 'it holds no dependencies for development and no source'

[[ $("$engine" inspect --format '{{.Config.User}}' "$image") == 1000:1000 ]] || fail 'its user is not numeric'
ok 'its user is numeric and not root'

size() { "$engine" image inspect --format '{{.Size}}' "$1"; }
echo "size over the base image: $((($(size "$image") - $(size "$base")) / 1000)) kB"
echo "$passed passed, 0 failed"
