#!/usr/bin/env bash
# Slurm on this machine alone: munge, slurmctld and two slurmd on the loopback, a job array over 400
# issues in 8 shards, one node's task killed in the middle, the seal, and the bytes of a plain run.
# Stops what it started. Skipped (77) where the packages are missing or this is not root, whom slurmd
# needs. COUNT may be given in the environment.
source "$(dirname "$0")/../cli/lib.sh"
source "$(dirname "$0")/issues.sh"
skip() {
    echo "skipped: $1"
    exit 77
}
for tool in munged slurmctld slurmd sbatch; do
    PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null ||
        skip "$tool is not installed (packages munge slurmctld slurmd slurm-client)"
done
((EUID == 0)) || skip "slurmd needs root"
PATH=$PATH:/usr/sbin
count=${COUNT:-400}
cluster=$(mktemp -d)
chmod 755 "$cluster"
started=()
stop_cluster() {
    for ((i = ${#started[@]} - 1; i >= 0; i--)); do
        kill "${started[i]}" 2>/dev/null && wait "${started[i]}" 2>/dev/null
    done
    [[ ${KEEP:-} ]] || rm -rf "$cluster"
    rm -rf "$top"
}
trap stop_cluster EXIT
start() {
    "$@" >>"$cluster/$(basename "$1").out" 2>&1 &
    started+=($!)
}
until_true() { # SECONDS COMMAND…
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || return 1
        sleep 0.2
    done
}
# A port that nobody listens on.
free_port() {
    local port
    while port=$((20000 + RANDOM % 20000)); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

mkdir "$cluster/state" "$cluster/spool"
head -c 1024 /dev/urandom >"$cluster/munge.key"
chmod 400 "$cluster/munge.key"
start munged --foreground --force --key-file="$cluster/munge.key" --socket="$cluster/munge.socket" \
    --pid-file="$cluster/munged.pid" --log-file="$cluster/munged.log" --seed-file="$cluster/munge.seed"
until_true 10 test -S "$cluster/munge.socket" || skip "munged does not start"

host=$(hostname -s)
cat >"$cluster/slurm.conf" <<END
ClusterName=banxin-test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$cluster/munge.socket
CredType=cred/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPort=$(free_port)
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd-%n.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/slurmd-%n.log
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
JobRequeue=1
RequeueExit=75
ReturnToService=2
MailProg=/bin/true
MpiDefault=none
SwitchType=switch/none
KillWait=5
MinJobAge=600
NodeName=one NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port) CPUs=1 State=UNKNOWN
NodeName=two NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port) CPUs=1 State=UNKNOWN
PartitionName=all Nodes=one,two Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF=$cluster/slurm.conf
start slurmctld -D -f "$SLURM_CONF"
start slurmd -D -f "$SLURM_CONF" -N one
start slurmd -D -f "$SLURM_CONF" -N two
both_idle() { [[ $(sinfo -h -N -o %T | grep -c '^idle$') == 2 ]]; }
if ! until_true 30 both_idle; then
    tail -n 5 "$cluster"/*.log "$cluster"/*.out
    echo "FAULT: the cluster does not start"
    exit 1
fi

it "does an archive though a task is killed in the middle"
issues in "$count"
run batch in -o plain
expect_code 0
ran="slurm.sh"
BANXIN=$program bash "$source_dir/scripts/cluster/slurm.sh" 8 "$PWD/in" "$PWD/out" >jobs 2>"$top/err" ||
    fault "sbatch failed"
read -r array seal <jobs
# The first task that has made something is killed with -9, program and all.
task_at_work() {
    ledger=$(find out -name 'ledger-*-of-8.jsonl' -size +0 | head -n 1)
    [[ $ledger ]]
}
until_true 60 task_at_work || fault "no task begins"
victim=$(pgrep -f "^$program batch $PWD/in -o $PWD/out " | head -n 1)
if [[ $victim ]]; then
    kill -9 "$victim"
    echo "killed the program of $(tr '\0' ' ' </proc/"$victim"/environ 2>/dev/null | grep -o 'SLURM_ARRAY_TASK_ID=[0-9]*')"
fi
# And one task as a whole, as when its node fails: the scheduler runs it again.
running() { squeue -h -j "$array" -t RUNNING -o %A | head -n 1 | grep .; }
if until_true 30 running; then
    task=$(running)
    scontrol requeue "$task" && echo "requeued task $task"
fi
ended() { [[ -z $(squeue -h -j "$seal") || $(squeue -h -j "$seal" -o %T) == COMPLETED ]]; }
until_true 300 ended || fault "the seal does not end: $(squeue -h)"
if [[ -e out/missing.jsonl ]]; then # the killed program's shard ended with 137: what is left is run again
    echo "$(grep -c . out/missing.jsonl) were missing after the first array"
    BANXIN=$program bash "$source_dir/scripts/cluster/slurm.sh" 8 "$PWD/in" "$PWD/out" >jobs
    read -r array seal <jobs
    until_true 300 ended || fault "the second seal does not end"
fi
expect_sealed out "$count"
[[ $(hashes out) == "$(hashes plain)" ]] || fault "not the bytes of a plain run"
[[ $(cat out/ledger-*.jsonl | cut -d'"' -f8 | sort -u | wc -l) == "$count" ]] || fault "rows are missing"

finish
