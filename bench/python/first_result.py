"""The first result of Python's gradio_client: python first_result.py <url>"""

import json
import resource
import sys

from gradio_client import Client

client = Client(sys.argv[1], verbose=False, analytics_enabled=False)
value = client.predict("first", api_name="/greet")
usage = resource.getrusage(resource.RUSAGE_SELF)
cpu = usage.ru_utime + usage.ru_stime
print(json.dumps({"value": value, "cpu": cpu, "peak": usage.ru_maxrss / 1024}), flush=True)
client.close()
