import { endpoint, textbox } from "@gradio-kit/testing";
import type { Component, Endpoint } from "@gradio-kit/testing";

const GATE_MILLISECONDS = 25_000;

/** The counterpart of facts.py: what happened, and gates that hold a function until they open. */
export class Facts {
  readonly #facts = new Map<string, unknown[]>();
  readonly #open = new Set<string>();
  readonly #waiting = new Map<string, (() => void)[]>();

  note(tag: string, fact: unknown): void {
    this.#facts.set(tag, [...(this.#facts.get(tag) ?? []), fact]);
  }

  of(tag: string): readonly unknown[] {
    return this.#facts.get(tag) ?? [];
  }

  open(gate: string): void {
    this.#open.add(gate);
    for (const goOn of this.#waiting.get(gate) ?? []) goOn();
  }

  /** Resolves when the gate is opened; a test that died must not hold a function for ever. */
  async waitAtGate(gate: string): Promise<void> {
    if (this.#open.has(gate)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATE_MILLISECONDS).unref();
      const goOn = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.set(gate, [...(this.#waiting.get(gate) ?? []), goOn]);
    });
  }

  /** The endpoints that every app has. */
  endpoints(): Endpoint[] {
    return [
      define({
        apiName: "facts",
        inputs: [textbox(undefined, { name: "tag" })],
        outputs: [textbox()],
        queue: false,
        run: (tag) => JSON.stringify(this.of(tag)),
      }),
      define({
        apiName: "open_gate",
        inputs: [textbox(undefined, { name: "gate" })],
        outputs: [textbox()],
        queue: false,
        run: (gate) => {
          this.open(gate);
          return gate;
        },
      }),
    ];
  }
}

/** `endpoint`, but any number of calls run at once unless it says otherwise, as in surface.py. */
export const define = <const Inputs extends readonly Component[]>(
  options: Parameters<typeof endpoint<Inputs>>[0],
): Endpoint => endpoint({ concurrencyLimit: null, ...options });
