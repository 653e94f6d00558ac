#!/usr/bin/env bash
# The standalone executable takes nothing from the folder that it is called in: no variables from a .env, no code that a bunfig.toml names.
set -euo pipefail
kubemu=$(cd "$(dirname "$0")/.." && pwd)/dist/kubemu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo "KUBEMU_STATE=$folder/from-env.json" >.env
echo 'preload = ["./preload.ts"]' >bunfig.toml
echo 'console.log("preloaded")' >preload.ts
out=$(env -u XDG_STATE_HOME -u KUBEMU_STATE HOME="$folder/home" "$kubemu" get services -o name)
[[ "$out" == "service/kubernetes" ]]
[[ -e home/.local/state/kubemu/state.json && ! -e from-env.json ]]
echo "the standalone executable minds its own business"
