"""python3-winrm in a process of its own: one order a line on standard input, one answer a line on standard output.

`check` is what its documentation shows: a session, run_ps, the answer. `open` and `check-warm` keep the shell and the connection open, as a
caller can who uses the class behind the session.
"""

import base64
import gc
import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import winrm

script = ""
targets = []
shells = []
pool = None


def session_of(target):
    return winrm.Session(
        target["url"],
        auth=(target["user"], target["password"]),
        transport=target["transport"],
        ca_trust_path=target.get("ca"),
    )


def check(target):
    answer = session_of(target).run_ps(script)
    assert answer.status_code == 0 and answer.std_out, answer


def open_shell(target):
    protocol = session_of(target).protocol
    return protocol, protocol.open_shell()


def check_warm(shell):
    protocol, shell_id = shell
    encoded = base64.b64encode(script.encode("utf_16_le")).decode("ascii")
    command_id = protocol.run_command(shell_id, "powershell -encodedcommand " + encoded)
    out, _, status = protocol.get_command_output(shell_id, command_id)
    protocol.cleanup_command(shell_id, command_id)
    assert status == 0 and out, status


def close_shell(shell):
    protocol, shell_id = shell
    protocol.close_shell(shell_id)


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def each(task, things):
    wall, cpu = time.perf_counter(), cpu_seconds()
    results = list(pool.map(task, things))
    return {"wall": time.perf_counter() - wall, "cpu": cpu_seconds() - cpu}, results


def resident_bytes():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def answer_to(order):
    global script, targets, shells, pool
    what = order["do"]
    if what == "connect":
        script, targets, pool = order["script"], order["targets"], ThreadPoolExecutor(order["atOnce"])
        return {}
    if what == "memory":
        return {"rss": resident_bytes()}
    if what == "check":
        return each(check, targets)[0]
    if what == "open":
        cost, shells = each(open_shell, targets)
        return cost
    if what == "check-warm":
        return each(check_warm, shells)[0]
    cost, shells = each(close_shell, shells)[0], []
    return cost


for line in sys.stdin:
    print(json.dumps(answer_to(json.loads(line))), flush=True)
