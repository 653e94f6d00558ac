#!/usr/bin/env bash
# The standalone executable takes nothing from the folder that it is called in: no variables from a .env, no code that a bunfig.toml names.
# `kubemu env` puts that executable on PATH as kubectl and curl, and a shell runs in its pods.
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

export HOME="$folder/home" KUBEMU_SEED=standalone
eval "$("$kubemu" env)"
[[ "$(kubectl create deployment web --image nginx)" == "deployment.apps/web created" ]]
[[ "$(kubectl expose deployment web --port 80 --type NodePort)" == "service/web exposed" ]]
port=$(kubectl get service web -o jsonpath='{.spec.ports[0].nodePort}')
[[ "$(curl -s -o index.html -w '%{http_code}' "localhost:$port")" == 200 ]]
grep -q "Welcome to nginx" index.html
[[ "$(kubectl exec deploy/web -- sh -c 'for i in 1 2; do echo "$i"; done')" == $'1\n2' ]]
[[ "$(kubectl __complete get service w)" == $'web\n:4' ]]
kubemu_off
echo "the standalone executable works, and minds its own business"
