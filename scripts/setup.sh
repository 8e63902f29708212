# shellcheck shell=bash
# Sourced by run.sh, test.sh and semples: finds the .NET SDK, chooses packages or stand-ins, installs what is missing, builds.
# On return SEMPLES_STANDINS is true or false and ARTIFACTS names the folder that the build fills.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT
readonly SOLUTION=$ROOT/SemPLeS.sln
readonly ANSWER_FILE=$ROOT/.standins

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Progress goes to standard error: standard output belongs to the program that is run.
say() {
  printf '%s\n' "$*" >&2
}

# What a command that is called often keeps to itself.
remark() {
  [[ -n ${QUIET:-} ]] || say "$*"
}

fail() {
  say "error: $*"
  exit 1
}

# $1: a dotnet command.
has_sdk() {
  [[ $'\n'$("$1" --list-sdks 2>/dev/null) == *$'\n'10.* ]]
}

find_dotnet() {
  if has_sdk dotnet; then
    return
  fi
  local folder
  for folder in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
    if [[ -n $folder ]] && has_sdk "$folder/dotnet"; then
      export DOTNET_ROOT=$folder PATH=$folder:$PATH
      return
    fi
  done
  fail "the .NET 10 SDK was not found (looked in PATH, DOTNET_ROOT, ~/.dotnet and /usr). Install it from https://dotnet.microsoft.com/download and try again."
}

# Whether every package that has a stand-in can be restored, in the versions of Directory.Packages.props.
packages_restore() {
  local folder package result=0
  folder=$(mktemp -d)
  {
    printf '<Project Sdk="Microsoft.NET.Sdk">\n<PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>\n<ItemGroup>\n'
    for package in "$ROOT"/lib/StandIns/*/; do
      printf '<PackageReference Include="%s" />\n' "$(basename "$package")"
    done
    printf '</ItemGroup>\n</Project>\n'
  } >"$folder/Probe.csproj"
  timeout 90 dotnet restore "$folder/Probe.csproj" "-p:DirectoryPackagesPropsPath=$ROOT/Directory.Packages.props" >"$folder/log" 2>&1 || result=$?
  rm -rf "$folder"
  return "$result"
}

# SEMPLES_STANDINS: true, false, or auto (the default): then the packages are probed once and the answer kept in .standins.
choose_mode() {
  local reason
  case ${SEMPLES_STANDINS:-auto} in
    true | false)
      reason="SEMPLES_STANDINS is set"
      ;;
    auto)
      if [[ -f $ANSWER_FILE && $(<"$ANSWER_FILE") =~ ^(true|false)$ ]]; then
        reason="found out earlier; delete .standins to probe again"
      else
        say "Probing whether the packages can be restored (90 s at most) ..."
        if packages_restore; then echo false >"$ANSWER_FILE"; else echo true >"$ANSWER_FILE"; fi
        reason="a probe; remembered in .standins"
      fi
      SEMPLES_STANDINS=$(<"$ANSWER_FILE")
      ;;
    *)
      fail "SEMPLES_STANDINS is '$SEMPLES_STANDINS'; it must be true, false or auto."
      ;;
  esac
  export SEMPLES_STANDINS
  if [[ $SEMPLES_STANDINS == true ]]; then
    ARTIFACTS=$ROOT/artifacts/standins
    remark "Using the stand-ins of lib/StandIns, with the libtorch of ${LIBTORCH:-this machine} ($reason)."
  else
    ARTIFACTS=$ROOT/artifacts/packages
    remark "Using the real packages ($reason)."
  fi
  readonly ARTIFACTS
}

# ldconfig is not on every user's PATH.
has_library() {
  [[ $(PATH=$PATH:/sbin ldconfig -p 2>/dev/null) == *"$1"* ]]
}

# Looks for files, not for package records: an administrator may have installed the same things by other means.
missing_packages() {
  command -v cmake >/dev/null || echo cmake
  command -v make >/dev/null || echo make
  command -v g++ >/dev/null || echo g++
  if [[ -z ${LIBTORCH:-} ]]; then
    [[ -f /usr/include/ATen/core/dispatch/Dispatcher.h ]] || echo libtorch-dev
    # Without it libtorch falls back to the reference BLAS, many times slower.
    has_library libopenblas.so.0 || echo libopenblas0-pthread
  fi
  [[ -f /usr/include/turbojpeg.h ]] || echo libturbojpeg0-dev
  [[ -f /usr/include/png.h ]] || echo libpng-dev
}

# What the stand-ins are built from; the real packages bring everything themselves.
install_prerequisites() {
  [[ $SEMPLES_STANDINS == true ]] || return 0
  if [[ -n ${LIBTORCH:-} && ! -d $LIBTORCH/lib ]]; then
    fail "LIBTORCH is '$LIBTORCH', which has no folder lib. It names the torch folder of a PyTorch wheel, or an unpacked libtorch."
  fi
  local -a missing
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then
    return 0
  fi
  if ! command -v apt-get >/dev/null; then
    fail "the stand-ins need what Debian calls: ${missing[*]}. Install these with this system's package manager and try again, or use the real packages (SEMPLES_STANDINS=false)."
  fi
  if [[ $(id -u) != 0 ]]; then
    fail "missing: ${missing[*]}. Only root may install packages: run
  sudo apt-get install --no-install-recommends ${missing[*]}
and try again."
  fi
  say "Installing with apt-get: ${missing[*]} ..."
  local log
  log=$(mktemp)
  if ! { apt-get -o DPkg::Lock::Timeout=300 update \
    && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    fail "apt-get could not install ${missing[*]}; the whole log is $log"
  fi
  rm -f "$log"
  say "Installed: ${missing[*]}."
}

# What only slow tests need; they are skipped, and say so, where it can't be had.
install_for_slow_tests() {
  if PATH=$PATH:/usr/sbin command -v slurmctld >/dev/null || ! command -v apt-get >/dev/null || [[ $(id -u) != 0 ]]; then
    return 0
  fi
  say "Installing with apt-get: slurm-wlm, for the tests of --submit ..."
  { apt-get -o DPkg::Lock::Timeout=300 update \
    && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends slurm-wlm; } >/dev/null 2>&1 </dev/null \
    || say "It could not be installed."
}

# $@: what to build; the solution by default.
build() {
  local log=$ARTIFACTS/build.log start=$SECONDS project
  mkdir -p "$ARTIFACTS"
  say "Building ..."
  for project in "${@:-$SOLUTION}"; do
    if ! dotnet build "$project" --configuration Release --nologo --verbosity quiet >"$log" 2>&1 </dev/null; then
      cat "$log" >&2
      if [[ $SEMPLES_STANDINS == false ]]; then
        say "Where the packages can't be had, SEMPLES_STANDINS=true builds with the stand-ins."
      fi
      fail "the build failed; its log is $log"
    fi
  done
  say "Built in $((SECONDS - start)) s."
}

# libtorch allocates and frees large blocks at every step; by default glibc hands them back to the kernel each time, and the
# page faults then cost more than the arithmetic. All of these are needed, since much of the work runs on pool threads.
# OpenMP's idle threads must not spin: they would keep BLAS's own threads off the processor.
set_runtime() {
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
  export MALLOC_MMAP_MAX_=${MALLOC_MMAP_MAX_:-0}
  export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-4000000000}
  export MALLOC_TOP_PAD_=${MALLOC_TOP_PAD_:-268435456}
  export GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-0}
}

prepare() {
  find_dotnet
  choose_mode
  install_prerequisites
}

console() {
  echo "$ARTIFACTS/bin/SemPLeS.Cli/release/SemPLeS.Cli.dll"
}
