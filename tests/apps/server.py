"""Serves the apps of the tests: python server.py main=7860 single=7861 … mounted=7865

Ends when its standard input ends, so that it never outlives whoever started it, whatever happened
to that.
"""

import os
import shutil
import sys
import threading

# Above gradio: it sets variables that gradio reads when it is imported.
import versions
import gradio as gr
import uvicorn
from apps import APPS, MOUNT_PATH, mounted
from fastapi import FastAPI


def serve_mounted(port):
    site = gr.mount_gradio_app(
        FastAPI(), mounted(), path=MOUNT_PATH, **versions.since((4, 44), show_error=True)
    )
    server = uvicorn.Server(
        uvicorn.Config(site, host="127.0.0.1", port=port, log_level="warning")
    )
    threading.Thread(target=server.run, daemon=True).start()


def serve(name, port):
    if name == "mounted":
        return serve_mounted(port)
    make, options = APPS[name]
    make().launch(
        server_name="127.0.0.1",
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        # Skips launch()'s own 3 second check of localhost, which kills the process on a busy
        # machine.
        _frontend=False,
        **options,
    )


def main():
    for argument in sys.argv[1:]:
        name, port = argument.split("=")
        serve(name, int(port))
    print("serving", flush=True)
    sys.stdin.read()
    shutil.rmtree(os.environ["GRADIO_TEMP_DIR"], ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
