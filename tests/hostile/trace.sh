#!/usr/bin/env bash
# trace.sh LOG COMMAND…: runs the command and all that it starts under strace, and ends as it ends.
# LOG then has what reach.py judges: files, sockets, programs and processes, one call a line. Only these
# calls stop a process (--seccomp-bpf), so that a whole suite can be run like this.
#
# 77, after a word why, when nothing can be traced here; the command was not run then.
set -uo pipefail
log=$1
shift
calls=open,openat,openat2,creat,mkdir,mkdirat,rmdir,unlink,unlinkat,rename,renameat,renameat2
calls+=,link,linkat,symlink,symlinkat,execve,execveat,clone,clone3,fork,vfork,%network,io_uring_setup
strace=(strace --follow-forks --seccomp-bpf --quiet=attach -e signal=none --decode-fds=path)

command -v strace >/dev/null || {
    echo "there is no strace" >&2
    exit 77
}
"${strace[@]}" -e trace=execve -o /dev/null true 2>/dev/null || {
    echo "nothing may be traced here" >&2
    exit 77
}
exec "${strace[@]}" --no-abbrev --string-limit=4096 -e trace="$calls" -o "$log" "$@"
