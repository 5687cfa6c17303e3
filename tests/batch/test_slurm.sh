#!/usr/bin/env bash
# Slurm on this machine alone: munge, slurmctld and two slurmd on the loopback, a job array over 400
# issues in 8 shards, two tasks stopped in the middle, the seal, and the bytes of a plain run.
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
# Nothing here uses control groups, but slurmd looks for them where none may be mounted (containers)
# or where only systemd may make them.
printf '%s\n' CgroupPlugin=cgroup/v1 "CgroupMountpoint=$cluster/cgroup" >"$cluster/cgroup.conf"
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

# submit COUNT SHARDS: an archive of so many issues, as a user hands it to Slurm.
submit() {
    issues in "$1"
    run batch in -o plain
    expect_code 0
    ran="slurm.sh"
    bash "$source_dir/scripts/cluster/slurm.sh" "$2" "$PWD/in" "$PWD/out" >jobs 2>"$top/err" ||
        fault "sbatch failed"
    read -r array seal <jobs
}
# Slurm lets two minutes pass before it runs a task again; a test need not.
hurry() {
    for job in $(squeue -h -t PENDING -o '%A %r' | sed -n 's/ BeginTime$//p'); do
        scontrol update "JobId=$job" StartTime=now
    done
}
ended() {
    hurry
    [[ -z $(squeue -h -j "$seal") || $(squeue -h -j "$seal" -o %T) == COMPLETED ]]
}
expect_archive() { # ISSUES TASKS: that many tasks were run again, and all is there
    until_true 300 ended || fault "the seal does not end: $(squeue -h)"
    local restarts
    restarts=$(scontrol show job "$array" | grep -c 'Restarts=[1-9]')
    ((restarts == $2)) || fault "$restarts tasks were run again, not $2"
    [[ ! -e out/missing.jsonl ]] || fault "$(grep -c . out/missing.jsonl) are missing"
    expect_sealed out "$1"
    [[ $(hashes out) == "$(hashes plain)" ]] || fault "not the bytes of a plain run"
    [[ $(cat out/ledger-*.jsonl | cut -d'"' -f8 | sort -u | wc -l) == "$1" ]] ||
        fault "rows are missing"
}

it "does an archive though two tasks are stopped in the middle"
export BANXIN=$program
submit "$count" 8
# The program of a task, once something has been made, is killed with -9 …
kill_one() {
    find out -name 'ledger-*-of-8.jsonl' -size +0 | grep -q . || return 1
    local victim
    victim=$(pgrep -f "^$program batch $PWD/in -o $PWD/out " | head -n 1)
    killed=$(tr '\0' '\n' <"/proc/${victim:-none}/environ" | sed -n 's/^SLURM_ARRAY_TASK_ID=//p')
    [[ $killed ]] && kill -9 "$victim"
}
until_true 60 kill_one || fault "no program could be killed"
# … and another task as a whole, as when its node fails: the scheduler runs it again.
requeue_one() {
    local job
    read -r requeued job < <(squeue -h -j "$array" -t RUNNING -o '%K %A' | grep -v "^$killed ")
    [[ $job ]] && scontrol requeue "$job"
}
until_true 30 requeue_one || fault "no task could be requeued"
expect_archive "$count" 2
echo "$count issues in 8 shards; task $killed was killed, task $requeued requeued"

it "starts a task again where slurm.conf does not say so"
sed -i '/^RequeueExit/d' "$SLURM_CONF"
scontrol reconfigure
given busy <<END
#!/usr/bin/env bash
# The first batch is asked to stop before it has begun.
[[ \$1 == batch ]] && mkdir '$PWD/stopped' 2>/dev/null && exit 75
exec '$program' "\$@"
END
chmod +x busy
export BANXIN=$PWD/busy
submit 10 2
expect_archive 10 1

finish
