import { setImmediate as nextTurn } from "node:timers/promises";
import { errorPayload } from "../gradio-error.js";
import { runBatch } from "../run/batch-run.js";
import { createContext, type RunScope } from "../run/create-context.js";
import { FunctionRun } from "../run/function-run.js";
import type { Runtime } from "../run/runtime.js";
import { completed, type RunOutput } from "./messages.js";
import type { QueueEvent } from "./queue-event.js";
import type { QueueSessions } from "./queue-sessions.js";
import { eventReports } from "./reports.js";

/** Events that left the line together: one, or the members of a batch. */
export class Job {
  readonly #events: readonly QueueEvent[];
  readonly #first: QueueEvent;
  readonly #sessions: QueueSessions;
  readonly #runtime: Runtime;
  readonly #averageTime: number | null;
  readonly #abort = new AbortController();
  readonly #scope: RunScope;
  readonly #run: FunctionRun;
  #killed = false;
  #end: (succeeded: boolean) => void = () => undefined;

  constructor(
    events: readonly QueueEvent[],
    sessions: QueueSessions,
    runtime: Runtime,
    averageTime: number | null,
  ) {
    this.#events = events;
    this.#first = events[0] as QueueEvent;
    this.#sessions = sessions;
    this.#runtime = runtime;
    this.#averageTime = averageTime;
    const { fn, caller } = this.#first;
    const reports = fn.endpoint.batch ? undefined : eventReports(this.#first, sessions);
    this.#scope = createContext(fn, caller, runtime, this.#abort.signal, reports);
    this.#run = new FunctionRun(fn, caller, runtime, this.#scope.context, true);
  }

  /** Called exactly once, when the place in the queue is free again. */
  onEnd(listener: (succeeded: boolean) => void): void {
    this.#end = listener;
  }

  start(): void {
    void this.#process().then((succeeded) => this.#finish(succeeded));
  }

  /** True for a job that `/cancel` of this function kills; batches have no name to go by. */
  belongsTo(sessionHash: string, fnIndex: number): boolean {
    const { fn } = this.#first;
    return fn.index === fnIndex && this.#first.sessionHash === sessionHash && !fn.endpoint.batch;
  }

  runs(eventId: string): boolean {
    return this.#events.some(({ id }) => id === eventId);
  }

  /** Switches off all messages of a session. A generator stops at its next value. */
  mute(sessionHash: string): void {
    for (const event of this.#events) if (event.sessionHash === sessionHash) event.alive = false;
  }

  /** Ends the job without a completion. Its place is free at once; plain code may run on. */
  kill(): void {
    this.#killed = true;
    this.#finish(false);
  }

  /**
   * What a cancel without a function's index does to a job: a plain function goes on, a generator
   * ends with a completion, and an async generator starts all over.
   */
  async closeGenerator(): Promise<void> {
    if (!this.#run.isIterating || this.#run.restart()) return;
    await this.#closeQuietly();
    this.#abort.abort();
  }

  async #process(): Promise<boolean> {
    for (const event of this.#events) {
      this.#sessions.send(event, {
        msg: "process_starts",
        event_id: event.id,
        eta: this.#averageTime,
      });
    }
    if (!this.#events.some(({ alive }) => alive)) return false;
    return this.#first.fn.endpoint.batch ? this.#processBatch() : this.#processSingle();
  }

  async #processBatch(): Promise<boolean> {
    const { fn } = this.#first;
    try {
      const callers = this.#events.map(({ caller }) => caller);
      const outputs = await runBatch(fn, callers, this.#runtime, this.#scope.context);
      for (const [position, event] of this.#events.entries()) {
        this.#complete(event, outputs[position] as RunOutput);
      }
      return true;
    } catch (error) {
      for (const event of this.#events) this.#fail(event, error);
      return false;
    }
  }

  async #processSingle(): Promise<boolean> {
    const event = this.#first;
    let yielded = false;
    try {
      let output = await this.#run.step();
      while (output.is_generating) {
        if (this.#killed) return false;
        yielded = true;
        this.#sessions.send(event, {
          msg: "process_generating",
          event_id: event.id,
          output,
          success: true,
          time_limit: null,
        });
        if (!event.alive) return false;
        // Generators without pauses of their own must not starve the sockets.
        await nextTurn();
        output = await this.#run.step();
      }
      if (this.#killed) return false;
      this.#complete(event, output);
      return true;
    } catch (error) {
      if (!this.#killed) this.#fail(event, error, yielded);
      return false;
    }
  }

  #complete(event: QueueEvent, output: RunOutput): void {
    this.#sessions.send(
      event,
      completed(event.id, output, {
        cache_duration: output.duration,
        avg_time: output.average_duration,
      }),
    );
  }

  // A failure after the first value has no title of its own, and its `cache_duration` repeats the
  // error's `duration`: so it is at Gradio.
  #fail(event: QueueEvent, error: unknown, yielded = false): void {
    const payload = errorPayload(error, this.#runtime.showError);
    this.#sessions.send(
      event,
      completed(event.id, payload, {
        success: false,
        title: yielded ? null : (payload.title ?? "Error"),
        cache_duration: yielded ? (payload.duration ?? null) : null,
      }),
    );
  }

  #finish(succeeded: boolean): void {
    const end = this.#end;
    this.#end = () => undefined;
    for (const event of this.#events) event.dropProgress();
    for (const media of this.#scope.media) media.ended = true;
    end(succeeded);
    if (!succeeded) {
      this.#abort.abort();
      void this.#closeQuietly();
    }
  }

  async #closeQuietly(): Promise<void> {
    try {
      await this.#run.close();
    } catch {
      // A `finally` block of a generator that nobody listens to any more may throw what it likes.
    }
  }
}
