"""Python's gradio_client as a contestant: python contestant.py <task>

Speaks the same lines as src/contestant-process.ts; what the values have to be stands in
src/expected.ts as well.
"""

import concurrent.futures
import gc
import hashlib
import json
import os
import resource
import sys
import threading
import time

from gradio_client import Client, handle_file

CHUNK = 1 << 20
# How long a server may take to end what belongs to the last call, in seconds.
FAREWELL = 0.5
UNIT = "0123456789abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
LOST = object()
# When no call has ended for so many seconds, the others are counted as lost.
PATIENCE = 10

task = json.loads(sys.argv[1])
file = task.get("file") or {}


def new_client():
    return Client(
        task["url"], verbose=False, analytics_enabled=False, download_files=task["folder"]
    )


def settled(jobs):
    latest = time.monotonic()

    def note(_):
        nonlocal latest
        latest = time.monotonic()

    def value_of(job):
        while (left := latest + PATIENCE - time.monotonic()) > 0 or job.done():
            try:
                return job.result(timeout=max(left, 0))
            except concurrent.futures.TimeoutError:
                continue
            except BaseException as error:
                print(repr(error), file=sys.stderr)
                return LOST
        return LOST

    for job in jobs:
        job.future.add_done_callback(note)
    return [value_of(job) for job in jobs]


def connect(client, count):
    values = []
    for _ in range(count):
        fresh = new_client()
        values.append(len(fresh.view_api(return_format="dict", print_info=False)["named_endpoints"]))
        fresh.close()
    return values


def calls(client, count):
    return [client.predict(f"number {index}", api_name="/greet") for index in range(count)]


def at_once(client, count):
    jobs = [client.submit(f"number {index}", api_name="/greet") for index in range(count)]
    return settled(jobs)


def numbers(client, count):
    return list(client.submit(count, api_name="/count"))


def chat(client, count):
    return list(client.submit(count, api_name="/chat"))


def text(client, megabytes):
    return [client.predict(megabytes, api_name="/text")]


def upload(client, count):
    return [client.predict(handle_file(file["path"]), api_name="/measure")]


def download(client, count):
    return [client.predict(file["name"], api_name="/file")]


def growing_story(value, index, _count):
    said = value[1]["content"]
    said = said if isinstance(said, str) else said[0]["text"]
    return said == "".join(f"word{step} " for step in range(index + 1))


def digest(path):
    found = hashlib.sha256()
    with open(path, "rb") as opened:
        while chunk := opened.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


PROGRAMS = {
    "connect": (connect, lambda value, *_: value == task["endpoints"]),
    "calls": (calls, lambda value, index, _: value == f"Hello number {index}!"),
    "at-once": (at_once, lambda value, index, _: value == f"Hello number {index}!"),
    "numbers": (numbers, lambda value, index, _: value == index),
    "chat": (chat, growing_story),
    "text": (text, lambda value, _, count: value == UNIT * (count * (CHUNK // len(UNIT)))),
    "upload": (
        upload,
        lambda value, *_: value == {"size": file["size"], "checksum": file["checksum"]},
    ),
    "download": (download, lambda value, *_: digest(value) == file["digest"]),
}
do, is_right = PROGRAMS[task["program"]]


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def holdings():
    # What the server has to say of the last call, after its value, is no holding.
    time.sleep(FAREWELL)
    gc.collect()
    try:
        with open("/proc/self/statm") as statm:
            memory = int(statm.read().split()[1]) * resource.getpagesize() / CHUNK
        descriptors = len(os.listdir("/proc/self/fd"))
    except OSError:
        memory, descriptors = used()[1], 0
    return {"memory": memory, "handles": descriptors + threading.active_count()}


def one_round(client, count, clears, weighs):
    if clears:
        gc.collect()
    cpu_before, peak_before = used()
    start = time.monotonic()
    failure = None
    try:
        values = do(client, count)
    except Exception as error:
        failure, values = repr(error), [LOST]
    wall = time.monotonic() - start
    cpu, peak = used()
    expected = 1 if task["program"] == "text" else count
    lost = max(0, expected - len(values)) + sum(value is LOST for value in values[:expected])
    wrong = max(0, len(values) - expected)
    for index, value in enumerate(values[:expected]):
        if value is not LOST and not is_right(value, index, count):
            wrong += 1
    del values
    answer = {
        "count": count,
        "cpu": cpu - cpu_before,
        "wall": wall,
        "peakBefore": peak_before,
        "peak": peak,
        "wrong": wrong,
        "lost": lost,
    }
    if weighs:
        answer["after"] = holdings()
    return answer if failure is None else {**answer, "failure": failure}


def main():
    # What a client prints must not get between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    client = None if task["program"] == "connect" else new_client()
    print(json.dumps("ready"), file=answers, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        round = one_round(client, order["count"], order["clears"], order["weighs"])
        print(json.dumps(round), file=answers, flush=True)
    os._exit(0)


main()
