#!/usr/bin/env bash
# Installs what is missing, builds, and runs the fast tests. The last line is `N passed, N failed, N skipped`.
#   ./test.sh                  the fast tests
#   ./test.sh --all            the slow ones too
#   ./test.sh --filter EXPR    only the tests that match (the syntax of `dotnet test --filter`)
# Any other argument goes to `dotnet test`.
source "$(dirname "${BASH_SOURCE[0]}")/scripts/setup.sh"

filter='Speed!=Slow'
selection=
all=
extra=()
while (($# > 0)); do
  case $1 in
    --all)
      filter=
      all=yes
      ;;
    --filter)
      (($# > 1)) || fail "--filter needs an expression, for example --filter FullyQualifiedName~Crf"
      selection=$2
      shift
      ;;
    --help | -h)
      sed -n '2,/^[^#]/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *) extra+=("$1") ;;
  esac
  shift
done
if [[ -n $selection ]]; then
  filter="${filter:+$filter&}($selection)"
fi

# One attribute of a results file's <Counters>; 0 without a file. The file itself counts skipped tests as total less executed.
counter() {
  local value
  value=$(grep -o '<Counters [^>]*' "$1" 2>/dev/null | tail -n 1 | grep -o " $2=\"[0-9]*\"" | grep -o '[0-9]*') || true
  echo "${value:-0}"
}

# "name: reason" of each skipped test in a results file.
skipped_tests() {
  [[ -f $1 ]] || return 0
  awk '
    /^ *<UnitTestResult / {
      name = ""
      if (/ outcome="NotExecuted"/) { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) }
    }
    name != "" && /<Message>/ {
      reason = $0; sub(/.*<Message>/, "", reason); sub(/<\/Message>.*/, "", reason)
      line = name ": " reason
      gsub(/&lt;/, "<", line); gsub(/&gt;/, ">", line); gsub(/&quot;/, "\"", line); gsub(/&amp;/, "\\&", line)
      print "  " line
      name = ""
    }' "$1"
}

prepare
[[ -z $all ]] || install_for_slow_tests
build
set_runtime

results=$ARTIFACTS/test-results
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0 started=$SECONDS
for project in "$ROOT"/tests/*/*.csproj; do
  grep -q 'Include="Microsoft.NET.Test.Sdk"' "$project" || continue
  name=$(basename "$project" .csproj)
  file=$results/$name.trx
  status=0
  echo
  echo "== $name"
  # A test that stops making progress ends the run, and is named, long before a build server would give up.
  dotnet test "$project" --configuration Release --no-build --nologo ${filter:+--filter "$filter"} \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' --results-directory "$results" \
    --blame-hang-timeout 20m --blame-hang-dump-type none ${extra[@]+"${extra[@]}"} </dev/null || status=$?
  project_failed=$(counter "$file" failed)
  # A test host that crashed leaves no failed test behind, only the exit status.
  if ((status != 0 && project_failed == 0)); then
    echo "error: $name ended with status $status without a failed test: its test host crashed or did not start."
    project_failed=1
  fi
  passed=$((passed + $(counter "$file" passed)))
  failed=$((failed + project_failed))
  skipped=$((skipped + $(counter "$file" total) - $(counter "$file" executed)))
done

echo
if ((skipped > 0)); then
  echo "Skipped tests:"
  for file in "$results"/*.trx; do skipped_tests "$file"; done
fi
if ((passed + failed == 0)); then
  echo "error: no test ran."
  failed=1
fi
echo "Tests took $((SECONDS - started)) s."
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
