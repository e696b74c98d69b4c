"""Drives the double of the Hub with huggingface_hub and gradio_client (HF_ENDPOINT names it)."""

import json
import os
import tempfile

from gradio_client import Client
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

TOKEN = "hf_ada"
seen = {}
api = HfApi(token=TOKEN)
stranger = HfApi(token=False)


def refusal(call):
    try:
        call()
    except RepositoryNotFoundError as error:
        return f"not found {error.response.status_code}"
    except HfHubHTTPError as error:
        return error.response.status_code
    return "no error"


seen["whoami"] = api.whoami()["name"]
info = api.space_info("ada/secret")
seen["info"] = [info.id, info.private, info.sdk, info.host == os.environ["SECRET_URL"]]
runtime = api.get_space_runtime("ada/secret")
seen["runtime"] = [runtime.stage, runtime.hardware, runtime.requested_hardware]

seen["refusals"] = {
    "private": refusal(lambda: stranger.space_info("ada/secret")),
    "unknown without token": refusal(lambda: stranger.space_info("ada/none")),
    "unknown": refusal(lambda: api.space_info("ada/none")),
    "wrong token": refusal(lambda: HfApi(token="hf_wrong").space_info("ada/secret")),
    "not the owner": refusal(lambda: api.pause_space("bob/open")),
}

url = api.duplicate_repo(
    "bob/open",
    "open-copy",
    repo_type="space",
    private=True,
    space_hardware="t4-small",
    space_sleep_time=600,
    space_secrets=[{"key": "KEY", "value": "s3cret"}],
    space_variables=[{"key": "MODEL", "value": "tiny"}],
)
seen["duplicate"] = url.repo_id
seen["duplicate again"] = refusal(
    lambda: api.duplicate_repo("bob/open", "open-copy", repo_type="space", private=True)
)
api.add_space_secret(url.repo_id, "OTHER", "x")
api.delete_space_secret(url.repo_id, "OTHER")
seen["secrets"] = list(api.get_space_secrets(url.repo_id))
api.add_space_variable(url.repo_id, "LEVEL", "2")
seen["variables"] = {
    key: entry.value for key, entry in api.get_space_variables(url.repo_id).items()
}
seen["stages"] = [api.get_space_runtime(url.repo_id).stage for _ in range(3)]
asked = api.request_space_hardware(url.repo_id, "t4-medium", sleep_time=900)
seen["hardware"] = [asked.hardware, asked.requested_hardware, asked.sleep_time]
seen["sleep time"] = api.set_space_sleep_time(url.repo_id, 1200).sleep_time
seen["paused"] = [api.pause_space(url.repo_id).stage, api.get_space_runtime(url.repo_id).stage]
seen["restarted"] = api.restart_space(url.repo_id).stage

options = {"token": TOKEN, "verbose": False, "download_files": tempfile.mkdtemp()}
with_token = Client("ada/secret", **options)
seen["private app"] = with_token.predict("you", 1, api_name="/greet")
try:
    Client("ada/secret", **{**options, "token": False})
except RepositoryNotFoundError:
    seen["private app without token"] = "refused"
building = Client("bob/building", **options)
seen["building app"] = building.predict("you", 1, api_name="/greet")
try:
    Client("bob/broken", **options)
except ValueError as error:
    seen["broken app"] = "RUNTIME_ERROR" in str(error)
mine = Client.duplicate("bob/open", hardware="cpu-basic", token=TOKEN, verbose=False)
seen["duplicated app"] = [mine.space_id, mine.predict("you", 1, api_name="/greet")]
replicated = Client("bob/replicas", **options)
seen["replicas"] = [replicated.predict(number, api_name="/tally") for number in (1, 2, 3)]
for client in (with_token, building, mine, replicated):
    client.close()
print(json.dumps(seen))
