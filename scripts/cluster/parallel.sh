#!/usr/bin/env bash
# The shards of an archive with GNU parallel, then the seal.
#
#     parallel.sh SHARDS IN OUT [OPTION…]                  on this machine
#     HOSTS=hosts.txt parallel.sh SHARDS IN OUT [OPTION…]  on the hosts of a list, over ssh
#
# HOSTS has a line a host as --sshloginfile of GNU parallel takes it: "4/node1" is four shards at once
# on node1. All hosts see IN and OUT under the same paths and have the program of the same version.
# A shard that ended with 75 is started again; one with bad issues (65) is not. OPTIONs go to banxin
# batch. The exit code is that of banxin seal: 0, or 75 with what is missing on the standard output.
# BANXIN names the program; JOBS how many shards run at once on this machine.
set -euo pipefail
if (($# < 3)); then
    sed -n '2,/^set /s/^# \{0,1\}//p' "$0" | head -n -1 >&2
    exit 64
fi
shards=$1 in=$2 out=$3
shift 3
banxin=${BANXIN:-banxin}
where=(--jobs "${JOBS:-$(nproc)}")
if [[ ${HOSTS:-} ]]; then
    where=(--sshloginfile "$HOSTS" --workdir "$PWD")
fi

# A process has one thread here: the shards fill the CPUs.
shard() {
    local banxin=$1 shard=$2 shards=$3 in=$4 out=$5 try code
    shift 5
    for try in 1 2 3; do
        code=0
        "$banxin" batch "$in" -o "$out" --shard "$shard/$shards" --jobs 1 "$@" || code=$?
        [[ $code == 75 ]] || break
        sleep "$try"
    done
    return "$code"
}
export -f shard

parallel --will-cite --quote --env shard "${where[@]}" \
    shard "$banxin" {} "$shards" "$in" "$out" "$@" ::: $(seq "$shards") || true
exec "$banxin" seal "$in" -o "$out"
