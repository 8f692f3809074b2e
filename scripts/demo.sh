#!/bin/sh
# The main job on our own sample reports: table, one full record, what to do next.
# Usage: demo.sh TOCSIN_COMMAND
set -eu
tocsin=$1
work=.demo
rm -rf "$work"
"$tocsin" run samples -w "$work"
first=$("$tocsin" list -w "$work" --ids | sed -n 1p)
printf '\n--- the most reported incident, with the words behind each value ---\n\n'
"$tocsin" show "$first" -w "$work"
cat <<END

Next:
  .venv/bin/tocsin run YOUR-REPORTS -w my-work    your own files, folders or web pages
  .venv/bin/tocsin list -w $work                   all incidents of this demo
  .venv/bin/tocsin export jsonl -w $work -o incidents.jsonl
END
