# SPDX-License-Identifier: MIT
# What every check shares; sourced by NAME.sh, which is called as: NAME.sh TREE [more].
# A check prints file:line: what is wrong, one line each, and exits 1; 77 says "skipped" to ctest.
set -eu
LC_ALL=C
export LC_ALL

check=$(basename "$0" .sh)
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { echo "usage: $0 TREE" >&2; exit 2; }
tree=$(cd "$1" && pwd)
shift
cd "$tree"

# files PATTERN...: the tree's own files of these names, sorted; builds and the repository are not ours.
files() {
  names=
  for pattern in "$@"; do
    names="$names -o -name $pattern"
  done
  set -f
  # shellcheck disable=SC2086
  find . \( -name .git -o -path ./build -o -path ./b \) -prune -o \
    -type f \( ${names# -o } \) -print | sed 's|^\./||' | sort
  set +f
}

# c_files [FOLDER...]: our C files and headers, in all folders or these.
c_files() {
  if [ $# -eq 0 ]; then
    files '*.c' '*.h'
  else
    files '*.c' '*.h' | grep -E "^($(echo "$*" | tr ' ' '|'))/" || true
  fi
}

# run_awk SCRIPT FILES: SCRIPT.awk over the files, with the reader of C text before it.
run_awk() {
  script=$1
  shift
  # shellcheck disable=SC2068
  awk -f "$here/c_text.awk" -f "$here/$script.awk" $@ /dev/null
}

# Reads findings "key<TAB>file:line: what", takes away what exceptions.txt allows this check, prints the rest.
# A key is a path, or path:function. An exception that nothing needs is a finding, too: the list only shrinks.
report() {
  list=tests/checks/exceptions.txt
  [ -f "$list" ] || list=/dev/null
  awk -F '\t' -v check="$check" -v list="$list" '
    BEGIN {
      while ((getline line < list) > 0) {
        number++
        if (line ~ /^#/ || line == "")
          continue
        split(line, word, /[ \t]+/)
        if (word[1] != check)
          continue
        if (word[3] == "")
          print list ":" number ": an exception needs a reason"
        where[word[2]] = number
        bad += word[3] == ""
      }
    }
    {
      path = $1
      sub(/:.*/, "", path)
      if ($1 in where) { used[$1] = 1; next }
      if (path in where) { used[path] = 1; next }
      print $2
      bad++
    }
    END {
      for (key in where)
        if (!(key in used)) {
          print list ":" where[key] ": nothing needs the exception for " key
          bad++
        }
      exit bad > 0
    }'
}

skip() {
  echo "skipped: $*"
  exit 77
}

# A directory that is gone when the check ends.
make_scratch() {
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/xbits-check.XXXXXX")
  trap 'rm -rf "$scratch"' EXIT
  trap 'exit 1' HUP INT TERM
}
