# Cases of deploy/within.py. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2154 # $$ is for the shell that runs it; copy comes from run.sh.

new_copy
within="$copy/deploy/within.py"
check "a command within its deadline keeps its exit code" 3 "said" "$within" 1 sh -c 'echo said; exit 3'
check "a command that a signal ends has the code that a shell gives it" 143 "" "$within" 1 sh -c 'kill -TERM $$'
check "a command past its deadline is ended and named, with all that it waits for" 124 \
    "sh -c sleep 1000 | cat may take 0.01 minutes and took longer. It was ended, and so were:" \
    "$within" 0.01 sh -c 'sleep 1000 | cat'
check "the processes that a deadline ended are listed" 124 " sleep 1001" "$within" 0.01 sh -c 'sleep 1001 | cat'
# The output of a process that is left would keep the one waiting who reads it; check reads all of it.
check "a process that is left behind is named, and ended" 125 " sleep 1002" "$within" 1 sh -c 'sleep 1002 & exit 0'
check "a process that is left behind by a failure does not hide its code" 7 " sleep 1003" \
    "$within" 1 sh -c 'sleep 1003 & exit 7'
