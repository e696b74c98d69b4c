"""Python's gradio_client at a task: python peer.py <task>

Speaks the same lines as src/peers/programs/play.ts.
"""

import json
import os
import queue
import sys
import threading
import time
from pathlib import Path

from gradio_client import Client, handle_file

LATER_VALUES = 4
# The call that is made when all is well again hangs after so many seconds.
AGAIN_PATIENCE = 10

task = json.loads(sys.argv[1])
patience = task["patience"] / 1000
limit = task["limit"] / 1000 if "limit" in task else None
# What a client prints must not get between the answers.
answers, sys.stdout = sys.stdout, sys.stderr
lines = queue.SimpleQueue()


def read_lines():
    # Not sys.stdin: a thread that waits for it would not let the process end in peace.
    while os.read(0, 64):
        lines.put(None)
    os._exit(1)


threading.Thread(target=read_lines, daemon=True).start()


def tell(**told):
    print(json.dumps(told), file=answers, flush=True)


def note_attempt(event, _):
    if event == "socket.connect":
        tell(step="attempt")


def connect():
    download = task["folder"] if task["download"] == "at once" else False
    return Client(task["url"], verbose=False, analytics_enabled=False, download_files=download)


class Playing:
    """A call that is under way, followed by a thread of its own: the caller may lose patience."""

    def __init__(self, work, patience=patience):
        self.outcome = {"hangs": True}
        self.job = None
        self.ended = threading.Event()
        self.deadline = time.monotonic() + patience
        threading.Thread(target=self._follow, args=[work], daemon=True).start()

    def _follow(self, work):
        try:
            self.outcome = {"value": work(self)}
        except BaseException as error:
            values = len(self.job.outputs()) if self.job else 0
            self.outcome = {
                "error": type(error).__name__,
                "message": str(error),
                **({"values": values} if values else {}),
            }
        self.ended.set()

    def wait_for_values(self, count):
        while not self.ended.is_set() and time.monotonic() < self.deadline:
            if self.job and len(self.job.outputs()) >= count:
                return
            time.sleep(0.02)

    def end(self):
        self.ended.wait(max(0, self.deadline - time.monotonic()))
        return self.outcome


def begin(client, call, patience=patience):
    inputs = call["inputs"]
    if "upload" in call:
        path = Path(task["folder"]) / "a.txt"
        path.write_text(call["upload"])
        inputs = [handle_file(str(path))]

    def work(playing):
        playing.job = job = client.submit(*inputs, api_name=call["endpoint"])
        value = job.result(timeout=limit)
        if call["wants"] == "values":
            return job.outputs()
        return Path(value).read_text() if call["wants"] == "file" else value

    return Playing(work, patience)


def do_calls(client):
    start = time.monotonic()
    calls = []
    for call in task["calls"]:
        playing = begin(client, call)
        calls.append(playing)
        if "stop" in task and len(calls) == len(task["calls"]):
            while playing.job is None:
                time.sleep(0.001)
            if task["stop"] == "first value":
                playing.wait_for_values(1)
            elif task["stop"] == "later value":
                playing.wait_for_values(LATER_VALUES)
            elif task["stop"] == "when told":
                lines.get()
            elif task["stop"] == "after the end":
                playing.end()
            start = time.monotonic()
            playing.job.cancel()
        if task["pace"] == "staggered" and len(calls) < len(task["calls"]):
            playing.wait_for_values(1)
        if task["pace"] == "in turn":
            playing.end()
    for playing in calls[-1:] if "stop" in task else calls:
        playing.end()
    seconds = time.monotonic() - start
    tell(step="outcomes", outcomes=[playing.end() for playing in calls], seconds=seconds)


def main():
    if not task["calls"]:
        tell(step="ready")
        lines.get()
        start = time.monotonic()

        def work(_):
            connect().close()
            return "connected"

        outcome = Playing(work).end()
        tell(step="outcomes", outcomes=[outcome], seconds=time.monotonic() - start)
        return
    client = connect()
    for call in task["before"]:
        begin(client, call).end()
    tell(step="ready")
    lines.get()
    sys.addaudithook(note_attempt)
    do_calls(client)
    lines.get()
    bob = {"endpoint": "/greet", "inputs": ["Bob"], "wants": "value"}
    tell(step="again", outcomes=[begin(client, bob, AGAIN_PATIENCE).end()])
    client.close()


main()
