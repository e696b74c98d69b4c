import { Interrupted } from "../failure/interrupts.js";

/** Whether somebody is there who can answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && process.env["TERM"] !== "dumb";
}

/** Where questions are asked: stdout is for data. */
export function asking(signal: AbortSignal): {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
} {
  return { input: process.stdin, output: process.stderr, signal };
}

/**
 * The answer to a question.
 *
 * @throws Interrupted when it was left with Ctrl-C or Escape.
 */
export function answered<T>(answer: T): Exclude<T, symbol> {
  if (typeof answer === "symbol") throw new Interrupted();
  return answer as Exclude<T, symbol>;
}
