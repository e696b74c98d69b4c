import type { AppFunction } from "../app-function.js";
import { HttpProblem } from "../http/http-problem.js";
import { validationEntries } from "../validation.js";
import type { Caller } from "./caller.js";
import { createContext } from "./create-context.js";
import { unpackInputs } from "./unpack-inputs.js";
import type { Runtime } from "./runtime.js";

/**
 * Runs a function's validator, if it has one. Throws the 422 answer when it rejects, the 400
 * answer when it fails.
 */
export async function runValidator(
  fn: AppFunction,
  caller: Caller,
  runtime: Runtime,
): Promise<void> {
  const { validator } = fn.endpoint;
  if (!validator) return;
  const verdicts = await collectVerdicts(fn, caller, runtime, validator);
  const entries = validationEntries(verdicts, fn.parameterNames);
  if (entries.some(({ is_valid }) => !is_valid)) throw new HttpProblem(422, entries);
}

async function collectVerdicts(
  fn: AppFunction,
  caller: Caller,
  runtime: Runtime,
  validator: (...parameters: readonly unknown[]) => unknown,
): Promise<unknown[]> {
  try {
    const inputs = await unpackInputs(fn, caller, runtime);
    const { context } = createContext(fn, caller, runtime, new AbortController().signal);
    const verdict: unknown = await validator(...inputs, context);
    return Array.isArray(verdict) ? verdict : [verdict];
  } catch (error) {
    throw new HttpProblem(400, error instanceof Error ? error.message : String(error));
  }
}
