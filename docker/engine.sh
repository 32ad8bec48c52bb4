# Sourced: finds a container engine and builds the image with it.

# Prints the engine that works here, docker or podman; fails if there is none.
find_engine() {
  local engine
  for engine in docker podman; do
    if command -v "$engine" >/dev/null && "$engine" info >/dev/null 2>&1; then
      echo "$engine"
      return
    fi
  done
  return 1
}

# build_image ENGINE TAG: builds the image. The health check needs Docker's image format, which Podman must be asked for.
build_image() {
  local engine=$1 options=(--quiet --tag "$2")
  [[ $engine != podman ]] || options+=(--format docker)
  "$engine" build "${options[@]}" .
}
