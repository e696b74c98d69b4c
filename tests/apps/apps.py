"""The apps that one server process offers, each on a port of its own."""

import gradio as gr

from arguments import OPERATIONS, add_argument_endpoints, calculator
from failures import add_failing_endpoints
from files import add_file_endpoints, add_small_file_endpoints
from generators import add_generator_endpoints
from queueing import add_queue_endpoints, hold
from request_facts import add_request_endpoints
from results import add_result_endpoints
from sessions import add_farewell_endpoints, add_session_endpoints
from surface import Surface
from versions import queue_options, since, undocumented


def main(newcomer=False):
    with gr.Blocks(title="gradio-kit tests") as app:
        surface = Surface()
        if newcomer:
            surface.endpoint("newcomer", lambda text: text, gr.Textbox(label="text"), gr.Textbox())
        add_argument_endpoints(surface)
        add_result_endpoints(surface)
        add_request_endpoints(surface)
        add_generator_endpoints(surface)
        add_queue_endpoints(surface)
        add_failing_endpoints(surface)
        add_session_endpoints(surface)
        add_file_endpoints(surface)
    return app.queue(**queue_options(max_size=None))


def rewritten():
    """The main app after its author has put another endpoint first: all others have new numbers."""
    return main(newcomer=True)


def single():
    """One public endpoint, and no State."""
    with gr.Blocks(title="calculator") as app:
        gr.Button("Run").click(
            calculator,
            [gr.Number(label="num1"), gr.Radio(OPERATIONS, label="operation"), gr.Number(label="num2")],
            gr.Number(label="output"),
            api_name="predict",
        )
        gr.Button("Hidden").click(lambda: "hidden", None, gr.Textbox(), **undocumented())
    return app.queue(**queue_options())


def crowded():
    """One runs, one waits, and that is all."""
    with gr.Blocks(title="crowded") as app:
        surface = Surface()
        surface.endpoint("hold", hold, gr.Textbox(label="tag"), gr.Textbox(), limit=1)
    return app.queue(**queue_options(limit=1, max_size=1))


def reserved():
    """Does not say why it failed, and takes small files only."""
    with gr.Blocks(title="reserved") as app:
        surface = Surface()
        add_failing_endpoints(surface)
        add_small_file_endpoints(surface)
    return app.queue(**queue_options())


def farewell():
    with gr.Blocks(title="farewell") as app:
        surface = Surface()
        add_farewell_endpoints(surface, app)
    return app.queue(**queue_options())


def mounted():
    """Is served below a path of somebody else's site."""
    with gr.Blocks(title="mounted") as app:
        surface = Surface()
        add_argument_endpoints(surface)
        add_file_endpoints(surface)
    return app.queue(**queue_options())


APPS = {
    "main": (main, {"show_error": True}),
    "rewritten": (rewritten, {"show_error": True}),
    "single": (single, {"show_error": True}),
    "crowded": (crowded, {"show_error": True}),
    "reserved": (reserved, {"show_error": False, **since((4, 28), max_file_size="1kb")}),
    "farewell": (farewell, {"show_error": True}),
}
MOUNT_PATH = "/sub/app"
