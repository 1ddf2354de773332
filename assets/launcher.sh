#!/bin/sh
# Starts Belfry with the Node that was installed beside it, and gives the terminal back when Belfry
# is killed in a way that no program can handle.
self=$0
case $self in /*) ;; *) self=$PWD/$self ;; esac
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=${self%/*}/$link ;; esac
done
here=${self%/*}
export BELFRY_LAUNCHER="$self"

case $(uname -sm) in
  'Linux x86_64') platform=linux-x64 ;;
  'Linux aarch64') platform=linux-arm64 ;;
  'Darwin x86_64') platform=darwin-x64 ;;
  'Darwin arm64') platform=darwin-arm64 ;;
  *) platform=other ;;
esac
node=$here/../node_modules/node-$platform/bin/node
[ -x "$node" ] || node=$here/../../node-$platform/bin/node
[ -x "$node" ] || node=$(command -v node) ||
  { echo 'belfry: no Node found. Install Node 22.22 or newer, or install Belfry again.' >&2; exit 127; }

if ! [ -t 0 ] || ! [ -t 1 ]; then exec "$node" "$here/belfry.js" "$@"; fi

saved=$(stty -g)
# A shell gives /dev/null to what it starts beside itself, unless it is handed another input.
exec 3<&0
"$node" "$here/belfry.js" "$@" <&3 3<&- &
child=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM
trap 'kill -HUP "$child" 2>/dev/null' HUP
trap : INT QUIT
# A signal ends the wait early, and the child is still there.
while wait "$child"; status=$?; kill -0 "$child" 2>/dev/null; do :; done
if [ "$status" -ge 128 ]; then
  stty "$saved" 2>/dev/null
  printf '\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?2004l\033[?1004l\033[<u\033[?2026l\033[?7h\033[?25h\033[?1049l\033[0m'
fi
exit "$status"
