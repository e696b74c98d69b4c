"""The apps that src/peers puts faults in front of.

A function that has to be "still running" waits at a gate, and what ran is noted, so that whoever
puts the faults there can ask how often it did.
"""

import json
import os
import threading
import time
from collections import defaultdict

import gradio as gr

GATE_SECONDS = 60
STEP_SECONDS = 0.2
FILE_TEXT = "0123456789"
EVERYBODY = {"concurrency_limit": None}

# One runs, the others wait; peers that are tried at the same time must not wait for each other.
IN_TURN = [f"{use}_in_turn_{peer}" for use in ("wait", "stop") for peer in ("ours", "npm", "python")]

_facts = defaultdict(list)
_gates = {}


def _gate(name):
    return _gates.setdefault(name, threading.Event())


def greet(name):
    return f"Hello {name}!"


def echo(text):
    return text


def hold(tag):
    _facts[tag].append("started")
    _gate(tag).wait(GATE_SECONDS)
    _facts[tag].append("done")
    return tag


def another_hold():
    # Gradio counts the running calls per Python function: each endpoint needs one of its own.
    return lambda tag: hold(tag)


def steps(tag, count):
    _facts[tag].append("started")
    try:
        for value in range(int(count)):
            _facts[tag].append(value)
            yield value
            time.sleep(STEP_SECONDS)
        _facts[tag].append("done")
    finally:
        _facts[tag].append("left")


def size(path):
    return os.path.getsize(path)


def file():
    path = os.path.join(os.environ["BENCH_FILES"], "a.txt")
    with open(path, "w") as opened:
        opened.write(FILE_TEXT)
    return path


def facts(tag):
    return json.dumps(_facts[tag])


def open_gate(tag):
    _gate(tag).set()
    return tag


def increment(visits):
    return visits + 1, visits + 1


def _add_calls():
    text, number = gr.Textbox(label="text"), gr.Number(label="number")
    answer, count = gr.Textbox(label="answer"), gr.Number(label="count")
    given, sent = gr.File(label="file"), gr.File(label="sent")
    button = gr.Button()
    for function in (greet, echo, hold, facts, open_gate):
        button.click(function, text, answer, api_name=function.__name__, **EVERYBODY)
    for name in IN_TURN:
        button.click(another_hold(), text, answer, api_name=name, concurrency_limit=1)
    button.click(steps, [text, number], count, api_name="steps", **EVERYBODY)
    button.click(size, given, count, api_name="size", **EVERYBODY)
    button.click(file, None, sent, api_name="file", **EVERYBODY)


def calls():
    with gr.Blocks(title="calls") as app:
        _add_calls()
    return app


def visits():
    """The same with State, which lets clients keep a heartbeat."""
    with gr.Blocks(title="visits") as app:
        _add_calls()
        state = gr.State(0)
        number = gr.Number(label="visits")
        gr.Button().click(increment, state, [number, state], api_name="increment", **EVERYBODY)
    return app
