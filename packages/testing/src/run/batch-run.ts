import type { AppFunction } from "../app-function.js";
import { publishFiles } from "../files/output-files.js";
import type { RunOutput } from "../queue/messages.js";
import type { Caller } from "./caller.js";
import { runOutput } from "./function-run.js";
import type { RunContext } from "./run-context.js";
import type { Runtime } from "./runtime.js";
import { unpackInputs } from "./unpack-inputs.js";

/**
 * Runs a batch function once for several callers: it receives one list per input and returns one
 * list per output. Answers one output per caller, in order.
 */
export async function runBatch(
  fn: AppFunction,
  callers: readonly Caller[],
  runtime: Runtime,
  context: RunContext,
): Promise<RunOutput[]> {
  const rows = await Promise.all(callers.map((caller) => unpackInputs(fn, caller, runtime)));
  const columns = fn.inputs.map((_input, position) => rows.map((row) => row[position]));
  const startedAt = performance.now();
  const results = (await fn.endpoint.run(...columns, context)) as unknown[][];
  const duration = (performance.now() - startedAt) / 1000;
  const shared = runOutput(fn, [], null, duration);
  return callers.map((caller, row) => ({
    ...shared,
    data: fn.outputs.map(({ component }, position) =>
      publishFiles(
        component.postprocess(results[position]?.[row] ?? null),
        runtime.files,
        caller.root,
      ),
    ),
  }));
}
