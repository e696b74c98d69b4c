"""Prints pairs of values with the edits between them, as the installed Gradio makes them.

Its function is taken out of its file: importing Gradio would take ten times as long as all the rest.
"""

import ast
import importlib.util
import json
import os
import random
import sys


def load_diff():
    package = importlib.util.find_spec("gradio").submodule_search_locations[0]
    path = os.path.join(package, "utils.py")
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "diff"]
    names = {}
    exec(compile(ast.Module(functions, []), path, "exec"), names)
    return names["diff"]


def value(dice, depth):
    kind = dice.randrange(9 if depth > 0 else 5)
    if kind < 2:
        return "".join(dice.choice("ab\u00e9\U0001f600") for _ in range(dice.randrange(6)))
    if kind == 2:
        return dice.choice([None, True, False])
    if kind < 5:
        return dice.choice([0, 1, 7, -3, 2.5, 1e300])
    if kind < 7:
        return [value(dice, depth - 1) for _ in range(dice.randrange(5))]
    keys = ["a", "b", "0", "__proto__", "__type__", ""]
    return {key: value(dice, depth - 1) for key in dice.sample(keys, dice.randrange(5))}


def changed(dice, old, depth):
    """What a generator does to a value: most of it stays."""
    choice = dice.randrange(10)
    if choice == 0:
        return value(dice, depth)
    if isinstance(old, str) and choice < 6:
        return old + dice.choice(["", "x", "\u00e9", "more"])
    if isinstance(old, list):
        kept = [changed(dice, item, depth - 1) for item in old[: dice.randrange(len(old) + 1) or None]]
        return kept + [value(dice, depth - 1) for _ in range(dice.randrange(3))]
    if isinstance(old, dict):
        kept = {key: changed(dice, item, depth - 1) for key, item in old.items() if dice.random() < 0.8}
        return {**kept, **({"new": value(dice, depth - 1)} if dice.random() < 0.3 else {})}
    return old


def main():
    diff = load_diff()
    dice = random.Random(int(sys.argv[1]))
    for count in range(int(sys.argv[2])):
        old = value(dice, 3)
        new = value(dice, 3) if count % 3 == 0 else changed(dice, old, 3)
        print(json.dumps([old, new, diff(old, new)]))


main()
