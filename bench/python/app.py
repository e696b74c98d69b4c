"""The apps of the benchmark on a real Gradio: python app.py small=7860 large=7861

What they answer is written down once more in src/expected.ts, which every value is checked with.
Ends when its standard input ends, so that it never outlives whoever started it.
"""

import os
import sys
import zlib

import gradio as gr

from fault_apps import calls, visits

LARGE_APP_ENDPOINTS = 1000
CHUNK = 1 << 20
UNIT = "0123456789abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
EVERYBODY = {"concurrency_limit": None}


def greet(name):
    return f"Hello {name}!"


def count(steps):
    yield from range(int(steps))


def chat(steps):
    text = ""
    for step in range(int(steps)):
        text += f"word{step} "
        yield [
            {"role": "user", "content": "Tell me a story."},
            {"role": "assistant", "content": text},
        ]


def text(megabytes):
    return UNIT * (int(megabytes) * (CHUNK // len(UNIT)))


def measure(path):
    size, checksum = 0, 0
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            checksum = zlib.crc32(chunk, checksum)
    return {"size": size, "checksum": checksum}


def file(name):
    return os.path.join(os.environ["BENCH_FILES"], name)


def small():
    with gr.Blocks(title="small") as app:
        name, greeting = gr.Textbox(label="name"), gr.Textbox(label="greeting")
        steps, number = gr.Number(label="steps"), gr.Number(label="number")
        story, megabytes = gr.Chatbot(label="story"), gr.Number(label="megabytes")
        long, given = gr.Textbox(label="text"), gr.File(label="file")
        facts, sent = gr.JSON(label="facts"), gr.File(label="sent")
        button = gr.Button()
        button.click(greet, name, greeting, api_name="greet", **EVERYBODY)
        button.click(count, steps, number, api_name="count", **EVERYBODY)
        button.click(chat, steps, story, api_name="chat", **EVERYBODY)
        button.click(text, megabytes, long, api_name="text", **EVERYBODY)
        button.click(measure, given, facts, api_name="measure", **EVERYBODY)
        button.click(file, name, sent, api_name="file", **EVERYBODY)
    return app


def large():
    with gr.Blocks(title="large") as app:
        for number in range(LARGE_APP_ENDPOINTS):
            name, greeting = gr.Textbox(label="name"), gr.Textbox(label="greeting")
            gr.Button().click(greet, name, greeting, api_name=f"greet_{number}", **EVERYBODY)
    return app


APPS = {"small": small, "large": large, "calls": calls, "visits": visits}


def main():
    for argument in sys.argv[1:]:
        name, port = argument.split("=")
        APPS[name]().launch(
            server_name="127.0.0.1",
            server_port=int(port),
            prevent_thread_lock=True,
            quiet=True,
            allowed_paths=[os.environ["BENCH_FILES"]],
            # Skips launch()'s own 3 second check of localhost, which kills the process on a busy
            # machine.
            _frontend=False,
        )
    print("serving", flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
