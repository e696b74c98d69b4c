"""Endpoints whose results are easy to get wrong."""

import gradio as gr

from versions import HAS_BATCHES, cached, opened

TRICKY_TEXT = "a\x85b\u2028c\r\nd\te\0f😀"
BIG_INTEGER = 2**53 - 1


def add_result_endpoints(surface):
    def outputs(*components):
        return list(components)

    text = gr.Textbox(label="Text")
    number = gr.Number(label="Number")
    anything = gr.JSON(label="Anything")
    accordion = gr.Accordion(label="Accordion")
    surface.endpoint("nothing", lambda: None)
    surface.endpoint("one", lambda: 1, None, number)
    surface.endpoint("two", lambda: (1, "x"), None, outputs(number, text))
    surface.endpoint(
        "three_nulls", lambda: (None, None, None), None, outputs(number, text, anything)
    )
    surface.endpoint(
        "with_layout", lambda: (opened(), "z"), None, outputs(accordion, text)
    )
    surface.endpoint("only_layout", lambda: opened(), None, accordion)
    surface.endpoint("skip", lambda: gr.skip(), None, text)
    surface.endpoint("update", lambda: gr.update(value="v", label="L"), None, text)
    not_finite = {"a": float("inf"), "b": [float("nan")]}
    surface.endpoint(
        "not_finite", lambda: (float("nan"), not_finite), None, outputs(number, anything)
    )
    surface.endpoint("tricky_text", lambda: TRICKY_TEXT, None, text)
    surface.endpoint("long_text", lambda: "\ta\nb" * 90_000, None, text)
    surface.endpoint("big_integer", lambda: {"value": BIG_INTEGER}, None, anything)
    surface.endpoint("cached", cached(lambda text: text.upper()), text, text)
    surface.endpoint("unqueued", lambda text: "direct " + text, text, text, queue=False)
    if HAS_BATCHES:
        surface.endpoint(
            "doubled_in_batches",
            lambda numbers: ([value * 2 for value in numbers],),
            number,
            number,
            batch=True,
            max_batch_size=4,
        )
