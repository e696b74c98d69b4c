import { styleText } from "node:util";
import { Prompt } from "@clack/core";
import type { NumberRange } from "../endpoints/parameter-component.js";
import { messageOf, type Question } from "./question.js";
import { answered, asking } from "./terminal.js";

/** A range with both ends. */
export interface SliderRange extends NumberRange {
  readonly minimum: number;
  readonly maximum: number;
}

const width = 30;
/** Where the app does not say how far one step goes. */
const stepsInAll = 100;

/** A Slider: arrow keys move it, a number can be typed as well. */
export async function askNumberInRange(question: Question, range: SliderRange): Promise<number> {
  const { parameter, signal } = question;
  const { minimum, maximum } = range;
  const step = range.step || (maximum - minimum) / stepsInAll;
  const start = typeof parameter.default === "number" ? parameter.default : minimum;
  const slider = new SliderPrompt(messageOf(question), { minimum, maximum, step }, start, signal);
  return answered((await slider.prompt()) ?? start);
}

class SliderPrompt extends Prompt<number> {
  /** Digits that were typed since the slider was moved. */
  #typed = "";

  constructor(message: string, range: SliderRange, start: number, signal: AbortSignal) {
    const { minimum, maximum } = range;
    const step = range.step ?? 1;
    super(
      {
        ...asking(signal),
        initialValue: start,
        validate: (value) =>
          value === undefined || Number.isNaN(value) || value < minimum || value > maximum
            ? `It must be from ${minimum} to ${maximum}.`
            : undefined,
        render: () => render(message, range, this.value ?? start, this.#typed, this),
      },
      false,
    );
    this.value = start;
    this.on("cursor", (key) => {
      const direction =
        key === "right" || key === "up" ? 1 : key === "left" || key === "down" ? -1 : 0;
      if (direction === 0) return;
      this.#typed = "";
      this.value = moved(this.value ?? start, direction * step, range);
    });
    this.on("key", (key, { name }) => {
      if (name === "backspace") this.#typed = this.#typed.slice(0, -1);
      else if (key !== undefined && /^[\d.eE+-]$/.test(key)) this.#typed += key;
      else return;
      this.value = this.#typed === "" ? start : Number(this.#typed);
    });
  }
}

/** The next place on the grid of steps, without the rounding errors of fractions. */
function moved(value: number, by: number, { minimum, maximum }: SliderRange): number {
  const from = Number.isNaN(value) ? minimum : value;
  const steps = Math.round((from - minimum) / Math.abs(by)) + Math.sign(by);
  const target = Number((minimum + steps * Math.abs(by)).toPrecision(12));
  return Math.min(maximum, Math.max(minimum, target));
}

function render(
  message: string,
  { minimum, maximum }: SliderRange,
  value: number,
  typed: string,
  { state, error }: { readonly state: string; readonly error: string },
): string {
  const shown = typed === "" ? String(value) : typed;
  if (state === "submit") return `${styleText("green", "◇")}  ${message}\n│  ${shown}`;
  if (state === "cancel") return `${styleText("red", "■")}  ${message}`;
  const share = Math.min(1, Math.max(0, (value - minimum) / (maximum - minimum || 1)));
  const before = Math.round((Number.isNaN(share) ? 0 : share) * width);
  const bar = `${"━".repeat(before)}●${"─".repeat(width - before)}`;
  const lines = [
    `${styleText("cyan", "◆")}  ${message}`,
    `│  ${minimum} ${bar} ${maximum}   ${styleText("bold", shown)}`,
    state === "error" ? `└  ${styleText("yellow", error)}` : "└  arrow keys, or type a number",
  ];
  return lines.join("\n");
}
