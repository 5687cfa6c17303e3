#!/usr/bin/env bash
# Hands an archive to Slurm: a job array of shards, and a job that seals when all of them have ended.
#
#     slurm.sh SHARDS IN OUT [OPTION…]
#
# Prints the numbers of the two jobs. OPTIONs go to banxin batch; SBATCH_OPTIONS (words between blanks)
# go to sbatch for the array: --partition=long --cpus-per-task=4 --time=2:00:00. BANXIN names the
# program. A shard should be minutes of work: a scheduler starts a few tasks a second.
set -euo pipefail
if (($# < 3)); then
    sed -n '2,/^set /s/^# \{0,1\}//p' "$0" | head -n -1 >&2
    exit 64
fi
shards=$1 in=$2 out=$3
shift 3
here=$(dirname "$(realpath "$0")")
export BANXIN=${BANXIN:-banxin}
read -ra more <<<"${SBATCH_OPTIONS:-}"
mkdir -p "$out"

array=$(sbatch --parsable --export=ALL --array="0-$((shards - 1))" --output="$out/slurm-%A_%a.log" \
    "${more[@]}" "$here/slurm-shard.sbatch" "$shards" "$in" "$out" "$@")
# afterany, not afterok: a task that was requeued breaks afterok even when it then succeeds. Sealing
# looks at the disk and needs no one's word.
seal=$(sbatch --parsable --export=ALL --dependency="afterany:${array%%;*}" \
    --output="$out/slurm-%j.log" "$here/slurm-seal.sbatch" "$in" "$out")
echo "${array%%;*} ${seal%%;*}"
