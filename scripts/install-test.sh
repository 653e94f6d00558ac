#!/usr/bin/env bash
# Installs the packed package into an empty folder and runs the lesson's first steps with it.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$root"
tarball=$(npm pack --silent --ignore-scripts --pack-destination "$folder")
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts "./$tarball"
export KUBEMU_STATE="$folder/state.json"
kubemu() { ./node_modules/.bin/kubemu "$@"; }
[[ "$(kubemu create deployment mydeploy --image=bretfisher/httpenv)" == "deployment.apps/mydeploy created" ]]
[[ "$(kubemu expose deployment/mydeploy --port 8888 --type NodePort)" == "service/mydeploy exposed" ]]
port=$(kubemu get svc mydeploy -o jsonpath='{.spec.ports[0].nodePort}')
[[ "$(kubemu curl -s -o /dev/null -w '%{http_code}' "localhost:$port")" == 200 ]]
# What is packed is what runs: no sources, no tests.
! find node_modules/kubemu -name '*.ts' | grep -q .
echo "the package works: $tarball"
