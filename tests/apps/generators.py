"""Endpoints that yield."""

import asyncio
import time

import gradio as gr

import facts
from versions import chatbot, error, history_of

STEP_SECONDS = 0.02


def count(n):
    for value in range(int(n)):
        yield value
        time.sleep(STEP_SECONDS)


async def count_async(n):
    for value in range(int(n)):
        yield str(value)
        await asyncio.sleep(STEP_SECONDS)


def count_and_return(n):
    yield from count(n)
    return 99


def no_yields():
    yield from ()


def fail_late():
    yield 0
    time.sleep(STEP_SECONDS)
    yield 1
    time.sleep(STEP_SECONDS)
    raise error("Oh no!", duration=3, title="T", visible=False)


def count_at_gates(tag, n):
    """Yields the next number when the test opens the gate of the one before."""
    for value in range(int(n)):
        yield value
        facts.wait_at_gate(f"{tag} {value}")


def two_outputs(n):
    for value in range(int(n)):
        # The second output changes every other time only.
        yield "a" * (value + 1), value // 2
        time.sleep(STEP_SECONDS)


def spell(text):
    for end in range(1, len(text) + 1):
        yield history_of(
            [
                {"role": "user", "content": "spell"},
                {"role": "assistant", "content": text[:end]},
            ]
        )
        time.sleep(STEP_SECONDS)


def grow_table(n):
    rows = []
    for value in range(int(n)):
        rows = [*rows, [value, f"row {value}"]]
        yield {"headers": ["number", "text"], "data": rows}
        time.sleep(STEP_SECONDS)


def judge(n):
    for value in range(int(n)):
        share = (value + 1) / (int(n) + 1)
        yield {"cat": share, "dog": 1 - share} if value % 2 == 0 else {"cat": share}
        time.sleep(STEP_SECONDS)


def grow_and_shrink(n):
    tokens = []
    for value in range(int(n)):
        tokens = [*tokens, (f"word{value} ", "even" if value % 2 == 0 else "odd")]
        yield tokens
        time.sleep(STEP_SECONDS)
    while len(tokens) > 1:
        # More than one at a time: the server counts the deleted places in its own way.
        tokens = tokens[: max(1, len(tokens) - 3)]
        yield tokens
        time.sleep(STEP_SECONDS)


def nested_lists():
    for value in (
        {"rows": [[1, 2, 3], [4, 5, 6]], "name": "a"},
        {"rows": [[1], [4]], "name": "ab"},
        {"rows": [[1, 7], [4], [8]], "other": None},
        {"rows": []},
    ):
        yield value
        time.sleep(STEP_SECONDS)


def long_chat(messages, tokens):
    history = [{"role": "user", "content": f"message {i}"} for i in range(int(messages))]
    answer = ""
    for token in range(int(tokens)):
        answer += f"{token} "
        yield history_of([*history, {"role": "assistant", "content": answer}])


def update_and_skip():
    yield "a"
    time.sleep(STEP_SECONDS)
    yield gr.skip()
    time.sleep(STEP_SECONDS)
    yield gr.update(value="b", label="L")


def add_generator_endpoints(surface):
    n = gr.Number(label="n", value=3)
    tag = gr.Textbox(label="tag")
    text = gr.Textbox(label="text")
    number = gr.Number(label="number")
    surface.endpoint("count", count, n, number)
    surface.endpoint("count_async", count_async, n, text)
    surface.endpoint("count_and_return", count_and_return, n, number)
    surface.endpoint("no_yields", no_yields, None, number)
    surface.endpoint("fail_late", fail_late, None, number)
    surface.endpoint("count_at_gates", count_at_gates, [tag, n], number)
    surface.endpoint("two_outputs", two_outputs, n, [text, number])
    surface.endpoint("spell", spell, text, chatbot(label="chat"))
    surface.endpoint("grow_table", grow_table, n, gr.Dataframe(label="table"))
    surface.endpoint("judge", judge, n, gr.Label(label="label"))
    surface.endpoint("grow_and_shrink", grow_and_shrink, n, gr.HighlightedText(label="words"))
    surface.endpoint("nested_lists", nested_lists, None, gr.JSON(label="lists"))
    surface.endpoint("update_and_skip", update_and_skip, None, text)
    surface.endpoint(
        "long_chat", long_chat, [gr.Number(label="messages"), gr.Number(label="tokens")], chatbot()
    )
