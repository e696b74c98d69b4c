"""Endpoints for what can be followed of a running or waiting call, and for ending it."""

import time

import gradio as gr

import facts
from versions import HAS_VALIDATORS, tell


def progress_at_gates(tag, progress=gr.Progress()):
    """Reports the next tick when the test has seen the one before: none can be merged away."""
    progress((1, 4), desc="step", unit="u")
    facts.wait_at_gate(f"{tag} 0")
    progress(0.5, desc="half")
    facts.wait_at_gate(f"{tag} 1")
    for index in progress.tqdm(range(3), desc="loop", unit="it"):
        facts.wait_at_gate(f"{tag} {index + 2}")
    return "done"


def logs():
    tell("Info", "i", duration=3, visible=False, title="It")
    tell("Warning", "w", duration=None)
    tell("Success", "s")
    return "done"


def hold(tag):
    """A plain function that runs until the test opens the gate of its name."""
    facts.note(tag, "started")
    facts.wait_at_gate(tag)
    facts.note(tag, "done")
    return tag


def another_hold():
    """Gradio counts the running calls per Python function: each endpoint needs one of its own."""

    def hold_too(tag):
        return hold(tag)

    return hold_too


def steps(tag, n):
    """A generator that keeps a record of how far it came."""
    facts.note(tag, "started")
    try:
        for value in range(int(n)):
            facts.note(tag, value)
            yield value
            time.sleep(0.1)
        facts.note(tag, "done")
    finally:
        # However it ends: the server has given it up.
        facts.note(tag, "left")


def check(a, b):
    return [
        gr.validate(len(a) > 2, "a too short"),
        gr.validate(b > 0, "b must be positive"),
    ]


def checked(a, b):
    return f"{a} {b}"


def silence(seconds):
    time.sleep(seconds)
    return "after silence"


def add_queue_endpoints(surface):
    tag = gr.Textbox(label="tag")
    text = gr.Textbox(label="text")
    number = gr.Number(label="n")
    surface.endpoint("progress_at_gates", progress_at_gates, tag, text)
    surface.endpoint("logs", logs, None, text)
    surface.endpoint("hold", hold, tag, text)
    surface.endpoint("hold_one_at_a_time", another_hold(), tag, text, limit=1)
    surface.endpoint("hold_in_turn", another_hold(), tag, text, limit=1)
    surface.endpoint("steps", steps, [tag, number], gr.Number(label="step"))
    surface.endpoint("silence", silence, number, text)
    if HAS_VALIDATORS:
        surface.endpoint("checked", checked, [text, number], text, validator=check)
