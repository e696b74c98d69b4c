"""Endpoints that take and give files."""

import hashlib
import os
import tempfile

import gradio as gr
from PIL import Image, ImageOps

import facts
from versions import (
    HAS_MULTIMODAL_TEXTBOX,
    HAS_STREAMED_SOUND,
    chatbot,
    history_of,
    messages_of,
    path_of,
    pictures_of,
    since,
)

# A result file has to lie in the temporary folder.
FOLDER = tempfile.mkdtemp()
AWKWARD_NAME = "weird #na%20me é.txt"


def write(name, content):
    path = os.path.join(tempfile.mkdtemp(dir=FOLDER), name)
    with open(path, "wb") as target:
        target.write(content)
    return path


def describe(upload):
    with open(path_of(upload), "rb") as source:
        content = source.read()
    return {
        "name": os.path.basename(path_of(upload)),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def describe_one(upload):
    return None if upload is None else describe(upload)


def describe_all(uploads):
    return [describe(upload) for upload in uploads or []]


def describe_gallery(gallery):
    return [{**describe(path), "caption": caption} for path, caption in pictures_of(gallery)]


def describe_message(message):
    return {"text": message["text"], "files": describe_all(message["files"])}


def tell_history(texts):
    roles = ("user", "assistant")
    return history_of(
        [{"role": roles[i % 2], "content": text} for i, text in enumerate(texts)]
    )


def describe_history(history):
    return [{"role": role, "text": text} for role, text in messages_of(history)]


def invert(image):
    return None if image is None else ImageOps.invert(image.convert("RGB"))


def yield_files():
    for index in range(2):
        yield write(f"part{index}.txt", f"hi{index}".encode())


def two_pictures():
    pictures = []
    for colour in ("red", "blue"):
        path = os.path.join(tempfile.mkdtemp(dir=FOLDER), f"{colour}.png")
        Image.new("RGB", (4, 4), colour).save(path)
        pictures.append((path, f"a {colour} picture"))
    return pictures


def stream_sound(tag):
    # Opens the stream before there is any sound: nothing has to be encoded.
    yield None
    facts.wait_at_gate(tag)


def add_file_endpoints(surface):
    upload = gr.File(label="Upload")
    many = gr.File(label="Uploads", file_count="multiple")
    result = gr.File(label="Result")
    results = gr.File(label="Results", file_count="multiple")
    anything = gr.JSON(label="Anything")
    default = gr.File(label="Default", value=write("default.txt", b"the default"))
    gallery = gr.Gallery(label="Pictures", **since((4, 44), format="png"))
    surface.endpoint("describe_file", describe_one, upload, anything)
    surface.endpoint("describe_files", describe_all, many, anything)
    surface.endpoint("describe_gallery", describe_gallery, gr.Gallery(label="Gallery"), anything)
    if HAS_MULTIMODAL_TEXTBOX:
        message = gr.MultimodalTextbox(label="Message")
        surface.endpoint("describe_message", describe_message, message, anything)
    surface.endpoint("describe_default", describe_one, default, anything)
    surface.endpoint("tell_history", tell_history, anything, chatbot())
    surface.endpoint("describe_history", describe_history, chatbot(), anything)
    surface.endpoint("echo_file", lambda path: path_of(path), upload, result)
    surface.endpoint("echo_files", lambda paths: [path_of(path) for path in paths], many, results)
    png = since((4, 44), format="png")
    surface.endpoint("invert", invert, gr.Image(type="pil", **png), gr.Image(**png))
    surface.endpoint(
        "awkward_file", lambda: write(AWKWARD_NAME, b"awkward"), None, result
    )
    surface.endpoint("file_list", lambda: [write("a.txt", b"a"), write("b.txt", b"b")], None, results)
    surface.endpoint("two_pictures", two_pictures, None, gallery)
    surface.endpoint("yield_files", yield_files, None, result)
    surface.endpoint("path_in_json", lambda: {"path": "/etc/hostname"}, None, anything)
    if HAS_STREAMED_SOUND:
        tag = gr.Textbox(label="tag")
        surface.endpoint("stream_sound", stream_sound, tag, gr.Audio(streaming=True))


def add_small_file_endpoints(surface):
    """For an app that takes small files only."""
    surface.endpoint("describe_file", describe_one, gr.File(label="Upload"), gr.JSON())
