#!/usr/bin/env bash
# Installs what is missing, builds, and runs the method from pictures to scores: ./run.sh --help lists the options.
source "$(dirname "${BASH_SOURCE[0]}")/scripts/setup.sh"

prepare
build
set_runtime
exec dotnet "$(console)" run "$@"
