#!/usr/bin/env bash
# Make a virtual environment from a lock: tools/environment.sh LOCK [FOLDER]   (LOCK: runtime, dev, presidio, lock, peer-…)
#
# Every file that is installed has a hash that the lock names; sources are never built but our own. `runtime`,
# `dev` and `presidio` also install Pratique itself, in place. PYTHON names the interpreter to build with (default:
# python3, or the first of python3.11 … python3.14 that is new enough).
set -euo pipefail
cd "$(dirname "$0")/.."

lock="${1:?usage: tools/environment.sh LOCK [FOLDER]}"
folder="${2:-.venv}"

new_enough() {
  command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

python=""
for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
  if new_enough "$candidate"; then
    python="$candidate"
    break
  fi
done
if [ -z "$python" ]; then
  echo "setup: Pratique needs Python 3.11 or newer, and ${PYTHON:-python3} is not; install one, or name it: make setup PYTHON=python3.12" >&2
  exit 2
fi

# A folder that was left half-made, or whose interpreter is gone or too old, is made anew.
if [ -e "$folder" ] && ! new_enough "$folder/bin/python"; then
  rm -rf "$folder"
fi
if [ ! -e "$folder" ] && ! "$python" -m venv "$folder"; then
  echo "setup: $python cannot make a virtual environment; on Debian or Ubuntu: apt-get install python3-venv" >&2
  exit 2
fi

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
pip=("$folder/bin/python" -m pip install --quiet)
echo "setup: installing requirements/$lock.txt into $folder"
"${pip[@]}" --no-compile --only-binary :all: --require-hashes -r "requirements/$lock.txt"
case "$lock" in
runtime | dev | presidio) "${pip[@]}" --no-deps --no-build-isolation --editable . ;;
esac
