"""Apps behind logins, proxies and sub-paths: python apps.py guarded=7860 strange=7861 …

Ends when its standard input ends, so that it never outlives whoever started it.
"""

import os
import secrets
import sys
import threading

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr  # noqa: E402
import uvicorn  # noqa: E402
from fastapi import FastAPI  # noqa: E402

USER, PASSWORD = "ada", "pass word+ä&=1815"
MESSAGE = "<h1>Members only</h1><p>Ask <b>Charles</b> &amp; co.</p><script>alert(1)</script>"


def blocks(replica):
    def headers(request: gr.Request):
        return dict(request.headers)

    def echo_secrets(request: gr.Request):
        raise gr.Error("seen: " + repr(dict(request.headers)))

    def echo_file(file):
        # 3.x hands over a temporary file object.
        return getattr(file, "name", file)

    def count(n):
        for i in range(int(n)):
            yield i

    with gr.Blocks(title=replica) as app:
        button = gr.Button("Run", visible=False)
        text = gr.Textbox(label="text")
        button.click(lambda name: f"Hello {name}!", text, gr.Textbox(), api_name="greet")
        button.click(headers, None, gr.JSON(), api_name="headers")
        button.click(echo_secrets, None, gr.Textbox(), api_name="echo_secrets")
        button.click(count, gr.Number(label="n"), gr.Number(), api_name="count")
        button.click(echo_file, gr.File(label="file"), gr.File(), api_name="echo_file")
        if hasattr(gr, "OAuthToken"):
            whose_token(button)
        button.click(lambda: replica, None, gr.Textbox(), api_name="replica")
    return app.queue()


def whose_token(button):
    def whose(token: gr.OAuthToken | None):
        return "nobody's" if token is None else token.token

    button.click(whose, None, gr.Textbox(), api_name="whose")


def launch(app, port, **options):
    served, _, _ = app.launch(
        server_name="127.0.0.1",
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        show_error=True,
        _frontend=False,
        **options,
    )
    return served


def guarded(port):
    """A login; POST /expire ends every session of it, as a restart does."""
    served = launch(blocks("guarded"), port, auth=[(USER, PASSWORD)], auth_message=MESSAGE)

    def expire():
        served.tokens.clear()
        # Since 3.50 the name of the cookie changes with each start.
        served.cookie_id = secrets.token_urlsafe(32)

    # In front of the app's own routes, the last of which takes every path.
    served.add_api_route("/expire", expire, methods=["POST"])
    served.router.routes.insert(0, served.router.routes.pop())


def strange(port):
    """The site around the app decides who may use it."""
    site = gr.mount_gradio_app(
        FastAPI(),
        blocks("strange"),
        path="/app",
        auth_dependency=lambda request: (
            request.headers.get("x-user") or request.cookies.get("session")
        ),
    )
    serve(site, port)


def plain(port):
    launch(blocks("plain"), port)


def second(port):
    launch(blocks("second"), port)


def rooted(port):
    """Knows below which path it is seen from outside."""
    launch(blocks("rooted"), port, root_path="/rooted")


def serve(site, port):
    server = uvicorn.Server(
        uvicorn.Config(site, host="127.0.0.1", port=port, log_level="warning")
    )
    threading.Thread(target=server.run, daemon=True).start()


def main():
    for argument in sys.argv[1:]:
        name, port = argument.split("=")
        globals()[name](int(port))
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
