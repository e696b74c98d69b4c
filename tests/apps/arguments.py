"""Endpoints that show what a client makes of arguments and names."""

import gradio as gr

import facts
from versions import HAS_UNDOCUMENTED, HIDES_NAMELESS, private, undocumented


def greet(name, punctuation):
    """Greets a person by name."""
    return "Hello " + name + punctuation


def calculator(num1, operation, num2):
    if operation == "add":
        return num1 + num2
    if operation == "subtract":
        return num1 - num2
    if operation == "multiply":
        return num1 * num2
    if num2 == 0:
        raise gr.Error("Cannot divide by zero!")
    return num1 / num2


OPERATIONS = ["add", "subtract", "multiply", "divide"]


def defaults(a=1, b="q", c=None, d=7):
    return {"a": a, "b": b, "c": c, "d": d}


def odd_names(api_name, fn_index, result_callbacks, headers):
    return [api_name, fn_index, result_callbacks, headers]


def named_after_function(text):
    return "named " + text


def visibility(text):
    return "seen " + text


def echo(value):
    return value


def choose(colour, colours, agree, amount):
    return {"colour": colour, "colours": colours, "agree": agree, "amount": amount}


def add_argument_endpoints(surface):
    text = gr.Textbox(label="Text")
    result = gr.Textbox(label="Result")
    anything = gr.JSON(label="Anything")
    surface.endpoint(
        "greet",
        greet,
        [gr.Textbox(label="Name"), gr.Textbox(label="Punctuation", value="!")],
        gr.Textbox(label="Greeting"),
    )
    surface.endpoint(
        "calculator",
        calculator,
        [gr.Number(label="num1"), gr.Radio(OPERATIONS, label="operation"), gr.Number(label="num2")],
        gr.Number(label="output"),
    )
    surface.endpoint(
        "defaults",
        defaults,
        [
            gr.Number(label="a"),
            gr.Textbox(label="b"),
            gr.Textbox(label="c"),
            gr.Number(label="d", value=10),
        ],
        anything,
    )
    odd = [gr.Textbox(), gr.Textbox(), gr.Textbox(), gr.Textbox(label="headers")]
    surface.endpoint("odd_names", odd_names, odd, anything)
    surface.endpoint("echo", echo, gr.JSON(label="Value"), anything)
    surface.endpoint("dup", lambda text: "first " + text, text, result)
    surface.endpoint("dup", lambda text: "second " + text, text, result)
    surface.endpoint(None, named_after_function, text, result)
    surface.endpoint(None, lambda text: "lambda " + text, text, result)
    surface.endpoint("shown", visibility, text, result)
    if HAS_UNDOCUMENTED:
        surface.endpoint("undocumented", visibility, text, result, **undocumented())
    hidden = surface.endpoint(None, visibility, text, result, **private())
    nameless = surface.endpoint(False, visibility, text, result)
    facts.note("hidden functions", hidden)
    if HIDES_NAMELESS:
        facts.note("hidden functions", nameless)
    surface.endpoint(
        "choose",
        choose,
        [
            gr.Dropdown([("Red", "r"), ("Green", "g")], label="Colour"),
            gr.CheckboxGroup(["x", "y", "z"], label="Colours"),
            gr.Checkbox(label="Agree"),
            gr.Slider(0, 10, value=5, label="Amount"),
        ],
        anything,
    )
