"""Drives the tour app with Python's gradio_client and prints what it saw as one JSON object."""

import json
import sys
import tempfile
from concurrent.futures import CancelledError
from pathlib import Path

from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError, ValidationError

LIMIT = 15
seen = {}
temporary = tempfile.TemporaryDirectory()
folder = Path(temporary.name)
client = Client(sys.argv[1], verbose=False, token=False, download_files=folder / "down")

seen["greet"] = client.predict("you", 1, api_name="/greet")
seen["greet_default"] = client.predict(times=1, api_name="/greet")

job = client.submit(3, api_name="/count")
seen["count"] = list(job)
seen["count_result"] = job.result(timeout=LIMIT)
seen["count_status"] = [job.status().code.name, job.status().success]

note = folder / "note.txt"
note.write_text("quiet")
louder = client.predict(handle_file(note), api_name="/shout")
seen["shout"] = [Path(louder).name, Path(louder).read_text()]

seen["tally"] = [client.predict(2, api_name="/tally"), client.predict(3, api_name="/tally")]
client.reset_session()
seen["tally_after_reset"] = client.predict(4, api_name="/tally")

try:
    client.predict(api_name="/fail")
except AppError as error:
    seen["fail"] = [error.message, error.title, error.duration, error.visible]

try:
    client.predict("abc", api_name="/checked")
except ValidationError as error:
    seen["checked"] = str(error)

endless = client.submit(api_name="/forever")
for _ in endless:
    break
seen["cancelled"] = endless.cancel()
try:
    endless.result(timeout=LIMIT)
    seen["after_cancel"] = "a result"
except (CancelledError, KeyError):
    seen["after_cancel"] = "no result"

api = client.view_api(return_format="dict", print_info=False)
seen["endpoints"] = list(api["named_endpoints"])
seen["greet_parameters"] = [
    [item["parameter_name"], item["parameter_default"], item["python_type"]["type"]]
    for item in api["named_endpoints"]["/greet"]["parameters"]
]
client.close()
temporary.cleanup()
print(json.dumps(seen))
