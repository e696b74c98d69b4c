"""What differs between the Gradio versions of the test matrix, in one place."""

import os

# Must be set before gradio is imported: no telemetry, no look-ups on the Hub.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr  # noqa: E402

VERSION = tuple(int(part) for part in gr.__version__.split(".")[:2])

# A callable event can be kept out of /info.
HAS_UNDOCUMENTED = VERSION >= (4, 16)
# A batch stops the whole queue for ever before 4.9, and gives wrong answers before 4.21.
HAS_BATCHES = VERSION < (4, 0) or VERSION >= (4, 9)
# The app can refuse inputs before a call is queued.
HAS_VALIDATORS = VERSION >= (5, 45)
# A text box that takes files as well.
HAS_MULTIMODAL_TEXTBOX = VERSION >= (4, 22)
# Sound can be heard while it is still being made.
HAS_STREAMED_SOUND = VERSION >= (5, 0)
# A chatbot can hold messages, each with a role; before it held pairs.
HAS_MESSAGES = VERSION >= (4, 38)
# A second event with api_name=False gets a name before 3.41; on 6.0 - 6.17 they all get "False".
HIDES_NAMELESS = (3, 41) <= VERSION < (6, 0) or VERSION >= (6, 18)
# An app can notice when a session ends.
HAS_UNLOAD = VERSION >= (4, 25)


def since(version, **options):
    """Options that Gradio has since this version; before it nothing."""
    return options if VERSION >= version else {}


def private():
    """Event options that hide a function from clients."""
    # Not api_name=False where that does not hide.
    return {"api_visibility": "private"} if VERSION >= (6, 0) else {"api_name": False}


def undocumented():
    """Event options that keep a function out of /info; callable where HAS_UNDOCUMENTED."""
    if not HAS_UNDOCUMENTED:
        return private()
    return {"api_visibility": "undocumented"} if VERSION >= (6, 0) else {"show_api": False}


def number_of(event, position):
    """The number of an event: before 4.32 its place in the app."""
    return event.get("id", position)


def at_most(limit):
    """Event options: how many calls of the function run at a time (None: any number)."""
    return {"concurrency_limit": limit} if VERSION >= (4, 0) else {}


def queue_options(limit=40, **options):
    """Options of queue(); 3.x limits the calls of the whole app instead of each function's."""
    return options if VERSION >= (4, 0) else {"concurrency_count": limit, **options}


def error(text, duration, title, visible):
    """What a function raises on purpose."""
    known = since((4, 38), duration=duration, visible=visible)
    return gr.Error(text, **known, **since((5, 2), title=title))


def tell(level, text, title=None, **options):
    """Sends the caller a message, if this version has messages of this level."""
    send = getattr(gr, level, None)
    if send is None:
        return
    titled = {} if title is None else since((5, 2), title=title)
    send(text, **since((4, 38), **options), **titled)


def chatbot(**options):
    """A chatbot that holds messages if it can; 6.0 knows no other kind."""
    kind = {"type": "messages"} if HAS_MESSAGES and VERSION < (6, 0) else {}
    return gr.Chatbot(**kind, **options)


def history_of(messages):
    """Messages as a chatbot takes them; before 4.38 a history is a list of pairs."""
    if HAS_MESSAGES:
        return messages
    pairs = []
    for message in messages:
        if message["role"] == "user":
            pairs.append([message["content"], None])
        else:
            pairs[-1][1] = message["content"]
    return pairs


def messages_of(history):
    """The role and the text of each message of a chatbot's history."""
    if HAS_MESSAGES:
        return [(message["role"], text_of(message["content"])) for message in history]
    texts = [entry for pair in history for entry in zip(("user", "assistant"), pair)]
    return [(role, text) for role, text in texts if text is not None]


def text_of(content):
    """The text of a message's content: a list of parts since 6.0, a string before."""
    if isinstance(content, str):
        return content
    return "".join(part["text"] for part in content if part["type"] == "text")


def opened():
    """What a function returns to open an accordion."""
    return gr.Accordion(open=True) if VERSION >= (4, 0) else gr.update(open=True)


def cached(function):
    """gr.cache exists since 6.12; before it nothing is remembered."""
    return gr.cache(function) if hasattr(gr, "cache") else function


def path_of(upload):
    """3.x hands over a temporary file object, and a dict in a gallery; 4.0 and later a str."""
    if isinstance(upload, dict):
        return upload["name"]
    return getattr(upload, "name", upload)


def pictures_of(gallery):
    """The file and the caption of each picture; before 4.9 a gallery hands over its own objects."""
    if hasattr(gallery, "root"):
        return [(entry.image.path, entry.caption) for entry in gallery.root]
    return gallery or []
