"""What happened on the server, and gates that hold a function until the test says go.

Tests never wait for a fixed time: they ask for facts until they are there, and a function that has
to be "still running" waits at a gate. Both are shared by all apps of a server process.
"""

import json
import threading
from collections import defaultdict

GATE_SECONDS = 25

_facts = defaultdict(list)
_gates = {}


def note(tag, fact):
    _facts[tag].append(fact)


def _gate(name):
    # Not a defaultdict: two threads that come at the same time would get a gate each.
    return _gates.setdefault(name, threading.Event())


def wait_at_gate(gate):
    """Returns whether the gate was opened; a test that died must not hold a thread for ever."""
    return _gate(gate).wait(GATE_SECONDS)


def facts(tag):
    # As text: 5.x sends JSON components through /run as the repr of a Python object.
    return json.dumps(_facts[tag])


def open_gate(gate):
    _gate(gate).set()
    return gate
