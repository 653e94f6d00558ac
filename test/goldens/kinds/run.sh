#!/bin/sh
# Asks the real strategies (kubernetes v1.36.2) again: each KIND.cases.json gives KIND.golden.json.
cd "$(dirname "$0")" || exit 1
go build -o "${TMPDIR:-/tmp}/kinds-golden" . || exit 1
for cases in *.cases.json; do
  "${TMPDIR:-/tmp}/kinds-golden" <"$cases" >"${cases%.cases.json}.golden.json"
done
