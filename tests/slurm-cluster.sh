#!/usr/bin/env bash
# A Slurm cluster of its own on this machine, for tests and for trying --submit: a controller and two nodes of one processor each.
#   tests/slurm-cluster.sh start FOLDER [PORT]   FOLDER/slurm.conf is what SLURM_CONF must name; three ports from PORT (16817) on are used
#   tests/slurm-cluster.sh stop FOLDER
# Needs Debian's slurm-wlm (which brings munge).
set -euo pipefail

start() {
  local folder=$1 port=$2 host
  host=$(hostname -s)
  mkdir -p "$folder/state" "$folder/munge"
  chmod 700 "$folder/munge"
  (umask 077 && head -c 1024 /dev/urandom >"$folder/munge/key")
  cat >"$folder/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
SlurmctldPort=$port
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,bf_interval=1,requeue_delay=1
KillWait=5
ReturnToService=2
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1 RealMemory=4096 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1 RealMemory=4096 State=UNKNOWN
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$folder/slurm.conf
  munged --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" \
    --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" </dev/null >/dev/null 2>&1
  # A daemon must not keep the output of whoever called this.
  slurmctld </dev/null >/dev/null 2>&1
  slurmd -N n1 </dev/null >/dev/null 2>&1
  slurmd -N n2 </dev/null >/dev/null 2>&1
  local second
  for ((second = 0; second < 30; second++)); do
    if [[ $(sinfo --noheader --format=%D --states=idle 2>/dev/null) == 2 ]]; then
      return
    fi
    sleep 1
  done
  tail -n 5 "$folder"/*.log >&2
  echo "the nodes did not come up within 30 s" >&2
  return 1
}

stop() {
  local folder=$1 pid
  for pid in "$folder"/slurmd-*.pid "$folder/slurmctld.pid" "$folder/munge/pid"; do
    if [[ -f $pid ]]; then kill "$(<"$pid")" 2>/dev/null || true; fi
  done
}

case ${1:-} in
  start) start "$(mkdir -p "$2" && cd "$2" && pwd)" "${3:-16817}" ;;
  stop) stop "$(cd "$2" && pwd)" ;;
  *)
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
    ;;
esac
