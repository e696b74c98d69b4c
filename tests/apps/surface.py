"""How the apps of the tests define an endpoint: one line each."""

import gradio as gr

import facts
from versions import at_most, number_of


class Surface:
    """Collects the endpoints of one app."""

    def __init__(self):
        self._button = gr.Button("Run", visible=False)
        self._count = 0
        self.endpoint("facts", facts.facts, gr.Textbox(), gr.Textbox(), queue=False)
        self.endpoint("open_gate", facts.open_gate, gr.Textbox(), gr.Textbox(), queue=False)

    def endpoint(self, name, function, inputs=None, outputs=None, limit=None, **options):
        """
        An event that a client can call; `limit` None lets any number of calls run at once. Returns
        the event's number.
        """
        named = {} if name is None else {"api_name": name}
        event = self._button.click(
            function, inputs, outputs, **named, **at_most(limit), **options
        )
        self._count += 1
        return number_of(event, self._count - 1)
