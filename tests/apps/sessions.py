"""Endpoints that keep something per session."""

import time

import gradio as gr

import facts
from versions import HAS_UNLOAD, opened, private, since


def increment(state):
    return state + 1, state + 1


def between(a, state, b):
    return f"{a}{state}{b}"


def greet_and_count(name, visits):
    return f"Hello {name}", visits + 1, opened(), visits + 1


def count_only(visits):
    return visits + 1, visits + 1


def count_in_state(n, state):
    for value in range(1, int(n) + 1):
        yield value, value
        time.sleep(0.02)


def increment_at_gate(tag, state):
    facts.note(tag, "started")
    facts.wait_at_gate(tag)
    return state + 1, state + 1


def add_session_endpoints(surface):
    tag = gr.Textbox(label="tag")
    text = gr.Textbox(label="text")
    number = gr.Number(label="number")
    counter = gr.State(0)
    visits = gr.State(0)
    counted = gr.State(0)
    accordion = gr.Accordion(label="accordion")
    surface.endpoint("increment", increment, counter, [number, counter])
    surface.endpoint("increment_unqueued", increment, counter, [number, counter], queue=False)
    surface.endpoint("increment_at_gate", increment_at_gate, [tag, counter], [number, counter])
    surface.endpoint(None, increment, counter, [number, counter], **private())
    surface.endpoint(
        "between",
        between,
        [gr.Textbox(label="a"), gr.State(5), gr.Number(label="b", precision=0)],
        text,
    )
    surface.endpoint(
        "greet_and_count", greet_and_count, [text, visits], [text, number, accordion, visits]
    )
    surface.endpoint("count_visits", count_only, visits, [number, visits])
    surface.endpoint("count_in_state", count_in_state, [number, counted], [number, counted])
    surface.endpoint("read_counted", lambda state: state, counted, number)


def remember(tag, _state):
    facts.note(tag, "remembered")
    return tag, tag


def forget(tag):
    if tag is not None:
        facts.note(tag, "state deleted")


def leave(request: gr.Request):
    facts.note(request.session_hash, "unloaded")


def add_farewell_endpoints(surface, app):
    """An app that notices when a session ends."""
    tag = gr.Textbox(label="tag")
    state = gr.State(None, **since((4, 25), delete_callback=forget))
    surface.endpoint("remember", remember, [tag, state], [gr.Textbox(label="text"), state])
    if HAS_UNLOAD:
        app.unload(leave)
