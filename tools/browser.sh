#!/usr/bin/env bash
# Get what looks at the report as a reader would: tools/browser.sh   (Chromium by apt, axe-core into .cache/browser)
#
# Chromium is the distribution's own, under its signatures; that of axe-core is pinned here by version and digest. Both
# are for tests only: nothing of them is in the package. A machine that has them already is left as it is.
set -euo pipefail
cd "$(dirname "$0")/.."

axe=4.10.3
digest=0f2b4d7dcdf7d1219df8d1959ad68e565f51d14c3f0d88bb71cd59abeb956292
folder=.cache/browser

missing=()
command -v chromium >/dev/null 2>&1 || missing+=(chromium)
command -v npm >/dev/null 2>&1 || missing+=(npm)
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "browser: install ${missing[*]} (on Debian: apt-get install ${missing[*]}), then run this again" >&2
    exit 2
  fi
  echo "browser: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
fi

if [ ! -f "$folder/axe-$axe.js" ]; then
  mkdir -p "$folder"
  work="$(mktemp -d "$folder/work.XXXXXX")"
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "axe-core@$axe" >/dev/null 2>&1)
  if ! echo "$digest  $work/axe-core-$axe.tgz" | sha256sum --check --status; then
    echo "browser: axe-core $axe is not what it was when it was pinned; it is not used" >&2
    exit 1
  fi
  tar -xzf "$work/axe-core-$axe.tgz" -C "$work" package/axe.min.js
  mv "$work/package/axe.min.js" "$folder/axe-$axe.js"
fi
echo "browser: $(chromium --version 2>/dev/null | cut -d' ' -f1,2), axe-core $axe"
