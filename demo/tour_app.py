"""The app of the tour on a real Gradio: python tour_app.py <port>

It has the endpoints of `createDemoApp` of @gradio-kit/testing. Ends when its standard input ends,
so that it never outlives whoever started it.
"""

import os
import sys
import time

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

# Below the settings: they are read when these are imported.
import gradio as gr  # noqa: E402
from PIL import Image, ImageOps  # noqa: E402

DELAY_SECONDS = 0.15


def greet(name="World", times=2):
    """Greet somebody, as often as you like."""
    return " ".join(f"Hello {name}!" for _ in range(int(times)))


def invert(image):
    """Invert the colours of a PNG."""
    return ImageOps.invert(Image.open(image).convert("RGB"))


def count(steps=5, progress=gr.Progress()):
    """Count up to a number, telling how far it is."""
    steps = int(steps)
    gr.Info(f"Counting to {steps}")
    for step in range(1, steps + 1):
        progress((step, steps), desc="Counting")
        time.sleep(DELAY_SECONDS)
        yield " ".join(str(number) for number in range(1, step + 1))


def forever(step=1):
    """Count without end: made to be cancelled."""
    value = step
    while True:
        yield value
        value += step
        time.sleep(DELAY_SECONDS)


def tally(step, before):
    """Add to this session's total."""
    return before + step, before + step


with gr.Blocks(title="gradio-kit demo") as app:
    name = gr.Textbox("World", label="Name")
    times = gr.Number(2, label="Times")
    greeting = gr.Textbox(label="Greeting")
    gr.Button("greet").click(greet, [name, times], greeting, api_name="greet")

    picture = gr.Image(label="Image", type="filepath")
    inverted = gr.Image(label="Inverted", format="png")
    gr.Button("invert").click(invert, picture, inverted, api_name="invert")

    steps = gr.Number(5, label="Steps")
    counted = gr.Textbox(label="Counted")
    gr.Button("count").click(count, steps, counted, api_name="count")

    stride = gr.Number(1, label="Step")
    number = gr.Number(label="Number")
    gr.Button("forever").click(
        forever, stride, number, api_name="forever", concurrency_limit=None
    )

    total = gr.State(0)
    step = gr.Number(1, label="Step")
    shown = gr.Number(label="Total")
    gr.Button("tally").click(tally, [step, total], [shown, total], api_name="tally")


if __name__ == "__main__":
    app.launch(
        server_name="127.0.0.1",
        server_port=int(sys.argv[1]),
        prevent_thread_lock=True,
        quiet=True,
        # Skips launch()'s own check of localhost, which ends the process on a busy machine.
        _frontend=False,
    )
    sys.stdin.read()
    os._exit(0)
