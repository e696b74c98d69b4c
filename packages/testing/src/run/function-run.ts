import type { AppFunction, PlacedComponent } from "../app-function.js";
import { publishFiles } from "../files/output-files.js";
import type { RunOutput } from "../queue/messages.js";
import type { SessionState } from "../session/state-store.js";
import { isUpdate } from "../update.js";
import { diff, diffOpaque } from "../wire/diff.js";
import type { Caller } from "./caller.js";
import type { RunContext } from "./run-context.js";
import type { Runtime } from "./runtime.js";
import { stateOf, unpackInputs } from "./unpack-inputs.js";

type Values = Iterator<unknown> | AsyncIterator<unknown>;

/**
 * One run of a function for one caller: inputs checked and unpacked, outputs packed, State kept,
 * a generator advanced one value per `step`.
 */
export class FunctionRun {
  readonly #fn: AppFunction;
  readonly #caller: Caller;
  readonly #runtime: Runtime;
  readonly #context: RunContext;
  readonly #state: SessionState;
  readonly #withDiffs: boolean;
  #values: Values | undefined;
  #restartPending = false;
  #previous: unknown[] | undefined;

  /** @param queued - whether later values can be asked for; only then are they sent as edits */
  constructor(
    fn: AppFunction,
    caller: Caller,
    runtime: Runtime,
    context: RunContext,
    queued: boolean,
  ) {
    this.#fn = fn;
    this.#caller = caller;
    this.#runtime = runtime;
    this.#context = context;
    this.#withDiffs = queued && !caller.simpleFormat;
    this.#state = stateOf(caller, runtime);
  }

  /** True once the function turned out to be a generator. */
  get isIterating(): boolean {
    return this.#values !== undefined;
  }

  /** Runs the function, or a generator to its next value. Throws what the function threw. */
  async step(): Promise<RunOutput> {
    if (this.#restartPending) await this.#forget();
    const wasGenerating = this.#values !== undefined;
    let startedAt = performance.now();
    let values = this.#values;
    let value: unknown;
    if (!values) {
      const inputs = await unpackInputs(this.#fn, this.#caller, this.#runtime, this.#state);
      startedAt = performance.now();
      const returned: unknown = await this.#fn.endpoint.run(...inputs, this.#context);
      if (isGenerator(returned)) values = this.#values = returned;
      else value = returned;
    }
    let generating = false;
    if (values) {
      const result = await values.next();
      generating = result.done !== true;
      value = result.value;
    }
    const duration = (performance.now() - startedAt) / 1000;
    const finished = values !== undefined && !generating;
    const data = finished ? this.#lastValues() : this.#pack(value, generating, wasGenerating);
    return runOutput(this.#fn, data, generating, duration);
  }

  /**
   * Makes an async generator start all over with its next step; answers false for anything else.
   * That is what Gradio 6.31 does to one that is cancelled by its event id alone.
   */
  restart(): boolean {
    if (!this.#values || !(Symbol.asyncIterator in this.#values)) return false;
    this.#restartPending = true;
    return true;
  }

  /** Ends a generator: its `finally` blocks run, after the step that is under way. */
  async close(): Promise<void> {
    await this.#values?.return?.(undefined);
  }

  async #forget(): Promise<void> {
    this.#restartPending = false;
    await this.close();
    this.#values = undefined;
    this.#previous = undefined;
  }

  #pack(value: unknown, generating: boolean, wasGenerating: boolean): unknown[] {
    const { outputs } = this.#fn;
    const packed = spread(value, this.#fn).map((item, position) =>
      this.#packOne(outputs[position] as PlacedComponent, item),
    );
    if (!generating) return packed;
    const previous = this.#previous;
    this.#previous = packed;
    if (!wasGenerating || !previous || !this.#withDiffs) return packed;
    return packed.map((item, position) =>
      outputs[position]?.component.opaque
        ? diffOpaque(previous[position], item)
        : diff(previous[position], item),
    );
  }

  #packOne(output: PlacedComponent, value: unknown): unknown {
    const { component } = output;
    if (component.stateful) {
      if (!isUpdate(value)) this.#writeState(output, value);
      return null;
    }
    const packed = isUpdate(value)
      ? { ...value, ...("value" in value && { value: component.postprocess(value["value"]) }) }
      : component.postprocess(value ?? null);
    return publishFiles(packed, this.#runtime.files, this.#caller.root);
  }

  #writeState(output: PlacedComponent, value: unknown): void {
    this.#state.set(output, value);
    if (this.#caller.sessionHash) this.#runtime.state.touch(this.#caller.sessionHash);
  }

  #lastValues(): unknown[] {
    return this.#previous ?? this.#fn.outputs.map(() => null);
  }
}

/** Wraps outputs with the figures every step reports and adds the step to the statistics. */
export function runOutput(
  fn: AppFunction,
  data: unknown[],
  isGenerating: boolean | null,
  duration: number,
): RunOutput {
  const { runtime } = fn;
  runtime.seconds += duration;
  runtime.steps += 1;
  return {
    data,
    is_generating: isGenerating,
    duration,
    average_duration: runtime.seconds / runtime.steps,
    render_config: null,
    changed_state_ids: [],
    used_cache: null,
  };
}

/** What a function returned as one value per output. */
function spread(value: unknown, { outputs, apiName }: AppFunction): unknown[] {
  if (outputs.length === 0) return [];
  if (outputs.length === 1) return [value];
  const values = Array.isArray(value) ? value : [value];
  if (values.length < outputs.length) {
    throw new Error(
      `A function (${apiName}) didn't return enough output values (needed: ${outputs.length}, returned: ${values.length}).`,
    );
  }
  return values.slice(0, outputs.length);
}

function isGenerator(value: unknown): value is Values {
  if (typeof value !== "object" || value === null) return false;
  const candidate = value as { next?: unknown } & Partial<
    Iterable<unknown> & AsyncIterable<unknown>
  >;
  return (
    typeof candidate.next === "function" &&
    (candidate[Symbol.iterator] !== undefined || candidate[Symbol.asyncIterator] !== undefined)
  );
}
