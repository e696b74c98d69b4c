"""What differs between the Gradio versions of the test matrix, in one place."""

import os

# Must be set before gradio is imported: no telemetry, no look-ups on the Hub.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr  # noqa: E402

VERSION = tuple(int(part) for part in gr.__version__.split(".")[:2])


def private():
    """Event options that hide a function from clients."""
    # api_name=False on 6.0 - 6.17 makes a *public* endpoint called "/False".
    return {"api_visibility": "private"} if VERSION >= (6, 0) else {"api_name": False}


def undocumented():
    """Event options that keep a function out of /info, but callable."""
    return {"api_visibility": "undocumented"} if VERSION >= (6, 0) else {"show_api": False}


def at_most(limit):
    """Event options: how many calls of the function run at a time (None: any number)."""
    return {"concurrency_limit": limit} if VERSION >= (4, 0) else {}


def queue_options(**options):
    """Options of queue(); 3.x limits the whole app instead of each function."""
    return options if VERSION >= (4, 0) else {"concurrency_count": 40, **options}


def chatbot(**options):
    """A chatbot that holds messages; 6.0 knows no other kind."""
    return gr.Chatbot(**options) if VERSION >= (6, 0) else gr.Chatbot(type="messages", **options)


def text_of(content):
    """The text of a message's content: a list of parts since 6.0, a string before."""
    if isinstance(content, str):
        return content
    return "".join(part["text"] for part in content if part["type"] == "text")


def cached(function):
    """gr.cache exists since 6.12; before it nothing is remembered."""
    return gr.cache(function) if hasattr(gr, "cache") else function


def path_of(upload):
    """3.x hands over a temporary file object, 4.0 and later a str."""
    return getattr(upload, "name", upload)
