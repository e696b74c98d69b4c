"""Endpoints that report what they see of the request."""

import gradio as gr


def request_headers(request: gr.Request):
    # Functions see the session since 4.25.
    session = getattr(request, "session_hash", None)
    return {"headers": dict(request.headers), "session": session}


def event_data(event: gr.EventData):
    return event._data


def add_request_endpoints(surface):
    anything = gr.JSON(label="Anything")
    surface.endpoint("request", request_headers, None, anything)
    surface.endpoint("event_data", event_data, None, anything)
