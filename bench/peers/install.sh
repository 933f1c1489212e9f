#!/usr/bin/env bash
# Installs the simulators that `npm run bench` compares with, each in a Python environment of its own, outside the repository.
#   bash bench/peers/install.sh [tvb] [tvbk]        default: all; LAENNEC_PEERS says where
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
peers=${LAENNEC_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/laennec/peers}
python=${PYTHON:-python3.11}
command -v "$python" >/dev/null || python=python3

[ $# -gt 0 ] || set -- tvb tvbk
mkdir -p "$peers"
for name in "$@"; do
  requirements=$here/requirements-$name.txt
  [ -f "$requirements" ] || { echo "unknown peer: $name" >&2; exit 2; }
  echo "installing $name (minutes)"
  "$python" -m venv "$peers/$name"
  "$peers/$name/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
done
echo "done: $*"
