import { GradioError } from "@gradio-kit/client";
import { exitCodeOf } from "./exit-codes.js";
import { hintFor } from "./hints.js";
import { ReaderGone } from "./interrupts.js";
import { typedCall, withTypedCall } from "./typed-call.js";
import { printable } from "../screen/printable.js";

/**
 * Tells on stderr what went wrong: a sentence, its cause, and what to do about it.
 *
 * @returns the exit code.
 */
export function reportFailure(error: unknown, settings: FailureSettings): number {
  if (!(error instanceof ReaderGone)) {
    process.stderr.write(`${lines(error, settings).map(printable).join("\n")}\n`);
  }
  return exitCodeOf(error);
}

interface FailureSettings {
  /** Adds the stacks. */
  readonly verbose: boolean;
  /** The words of the command, without its options. */
  readonly words: readonly string[];
}

function lines(error: unknown, { verbose, words }: FailureSettings): string[] {
  if (!(error instanceof Error)) return [`gradio-kit: ${String(error)}`];
  const title = error instanceof GradioError && "title" in error ? error.title : undefined;
  const said = [`gradio-kit: ${headed(title, error.message || error.name)}`];
  const cause = innermost(error);
  if (cause !== undefined && !error.message.includes(cause)) said.push(`  cause: ${cause}`);
  const hint = hintFor(error);
  if (hint !== undefined) said.push(`  hint:  ${withTypedCall(hint, typedCall(words))}`);
  if (verbose) said.push(...stacks(error));
  return said;
}

function headed(title: unknown, message: string): string {
  const told = typeof title === "string" && title !== "" && title !== "Error";
  return told ? `${title}: ${message}` : message;
}

/** The first reason of all: what is in between was said in the sentence. */
function innermost(error: Error): string | undefined {
  let reason: unknown = error.cause;
  while (reason instanceof Error && reason.cause !== undefined) reason = reason.cause;
  if (reason === undefined) return undefined;
  return reason instanceof Error ? reason.message.trim() || reason.name : String(reason);
}

function stacks(error: Error): string[] {
  const said = [error.stack ?? ""];
  for (let { cause } = error; cause instanceof Error; { cause } = cause) {
    said.push(`caused by ${cause.stack ?? String(cause)}`);
  }
  return said;
}
