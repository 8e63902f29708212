#!/usr/bin/env bash
# Installs what is missing, builds, and runs the method from pictures to scores: ./run.sh --help lists the options.
#   ./run.sh --notebooks    runs all notebooks instead, and writes their pages to artifacts/site; options go to the notebook runner
source "$(dirname "${BASH_SOURCE[0]}")/scripts/setup.sh"

prepare
if [[ ${1:-} == --notebooks ]]; then
  shift
  build "$ROOT/notebooks" "$ROOT/tests/NotebookRunner"
  set_runtime
  exec dotnet "$ARTIFACTS/bin/NotebookRunner/release/NotebookRunner.dll" run "$ROOT/notebooks" --output "$ROOT/artifacts/site" "$@"
fi
build
set_runtime
exec dotnet "$(console)" run "$@"
