"""What importing one module costs: python import_time.py <module>"""

import importlib
import json
import resource
import sys
import time


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


cpu_before, _ = used()
start = time.monotonic()
importlib.import_module(sys.argv[1])
wall = time.monotonic() - start
cpu, peak = used()
print(json.dumps({"value": True, "wall": wall, "cpu": cpu - cpu_before, "peak": peak}), flush=True)
