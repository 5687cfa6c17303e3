#!/usr/bin/env bash
# What the program asks the system for, by strace: no socket ever, and no file opened outside the issue's
# folder, the layouts, the fonts and the system's own; over all cases of the tables in $3 ….
source "$(dirname "$0")/lib.sh"
shift 2
command -v strace >/dev/null || {
    echo "skipped: there is no strace"
    exit 77
}
strace -o /dev/null true 2>/dev/null || {
    echo "skipped: nothing may be traced here"
    exit 77
}

case_name=reach
mkdir "$top/log"
cat >"$top/traced" <<TRACED
#!/bin/sh
ASAN_OPTIONS=detect_leaks=0 exec strace -f -qq -y -o "$top/log/\$\$" -e trace=%network,open,openat,openat2,creat,execve,linkat,renameat,renameat2,unlink,unlinkat "$program" "\$@"
TRACED
chmod +x "$top/traced"
source_dir=$(realpath "$folder/../..")

for table in "$@"; do
    BANXIN_SLOW=1 bash "$folder/test_table.sh" "$top/traced" "$tools" "$table" >"$top/out" || {
        fault "$(basename "$table") fares otherwise when traced"
        head -n 5 "$top/out"
    }
done
cases=$(find "$top/log" -type f | wc -l)
((cases > 50)) || fault "only $cases runs were traced"

# Sockets, and other programs than the first.
cat "$top"/log/* | grep -E '(socket|connect|bind|sendto|recvfrom)\(' >"$top/err" && fault "a socket"
cat "$top"/log/* | grep -E 'execve\(' | grep -v "\"$program\"" >"$top/err" && fault "another program"

# What was really opened: the paths that strace found behind the descriptors.
cat "$top"/log/* | grep -E '(open|openat|openat2|creat)\(.*\) += [0-9]+<' |
    sed -E 's/.*\) += [0-9]+<([^>]*)>.*/\1/' | LC_ALL=C sort -u |
    grep -vE "^(/usr/|/lib|/etc/ld\.so\.(cache|preload)|/etc/locale\.alias|/dev/null|/proc/|/sys/fs/cgroup|/sys/devices/system/cpu|/tmp/tmp\.[A-Za-z0-9]+/work(/|\$)|/tmp/#)" |
    grep -vE "^$source_dir/(layouts|fonts)(/|\$)" >"$top/err" && fault "files outside the fence"
finish
