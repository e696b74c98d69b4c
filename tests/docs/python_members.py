"""Every public member of gradio_client, as docs/coming-from-gradio-client.md names them."""

import ast
import inspect
import json

import gradio_client
from gradio_client import client, exceptions, utils


def parameters(member):
    found = inspect.signature(member).parameters.values()
    kinds = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    return [
        kinds.get(parameter.kind, "") + parameter.name
        for parameter in found
        if parameter.name != "self" and not parameter.name.startswith("_")
    ]


def members(owner, prefix):
    for name, member in inspect.getmembers(owner, callable):
        if name.startswith("_"):
            continue
        yield from calls(f"{prefix}.{name}", member)


def calls(name, member):
    found = parameters(member)
    yield from [f"{name}({parameter})" for parameter in found] or [f"{name}()"]


def attributes(owner, prefix):
    """What its methods keep on an instance, in public."""
    for node in ast.walk(ast.parse(inspect.getsource(owner))):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            of_self = isinstance(node.value, ast.Name) and node.value.id == "self"
            if of_self and not node.attr.startswith("_"):
                yield f"{prefix}.{node.attr}"


names = [
    *attributes(client.Client, "client"),
    *attributes(client.Job, "job"),
    *calls("Client", client.Client),
    *(
        name.replace("client.duplicate", "Client.duplicate")
        for name in members(client.Client, "client")
    ),
    *members(client.Job, "job"),
    *calls("handle_file", gradio_client.handle_file),
    "for value in job",
    "async for update in job",
    "file()",
]
for module in (exceptions, utils):
    names += [
        name
        for name, found in inspect.getmembers(module, inspect.isclass)
        if found.__module__ == module.__name__ and not name.startswith("_")
    ]
names += [name for name in gradio_client.__all__ if name == "FileData"]
print(json.dumps(sorted(set(names))))
