"""Endpoints that fail."""

import gradio as gr

from versions import error


def app_error():
    raise error("refused", duration=5, title="Refused", visible=True)


def default_error():
    raise gr.Error("as it comes")


def value_error():
    raise ValueError("val err")


def fail_while_yielding():
    yield "first"
    raise ValueError("val err")


def add_failing_endpoints(surface):
    text = gr.Textbox(label="text")
    surface.endpoint("app_error", app_error, None, text)
    surface.endpoint("default_error", default_error, None, text)
    surface.endpoint("value_error", value_error, None, text)
    surface.endpoint("fail_while_yielding", fail_while_yielding, None, text)
    surface.endpoint("unqueued_app_error", app_error, None, text, queue=False)
    surface.endpoint("unqueued_value_error", value_error, None, text, queue=False)
