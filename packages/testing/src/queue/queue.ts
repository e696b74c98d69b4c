import type { AppFunction } from "../app-function.js";
import { HttpProblem } from "../http/http-problem.js";
import type { Caller } from "../run/caller.js";
import type { Runtime } from "../run/runtime.js";
import { FunctionQueue, ProcessTimes } from "./function-queue.js";
import { Job } from "./job.js";
import { completed } from "./messages.js";
import { QueueEvent } from "./queue-event.js";
import { QueueSessions } from "./queue-sessions.js";

/** Settings of the queue. */
interface QueueOptions {
  /** Most events waiting at once; `null` for no limit. */
  readonly maxSize: number | null;
  /** Most jobs running at once over all functions. */
  readonly maxThreads: number;
}

/** The app's queue: who waits, who runs, and what each session is told. */
export class Queue {
  readonly sessions: QueueSessions = new QueueSessions();
  readonly #options: QueueOptions;
  readonly #runtime: Runtime;
  readonly #queues = new Map<string, FunctionQueue>();
  readonly #events = new Map<string, QueueEvent>();
  readonly #jobs = new Set<Job>();
  readonly #times = new ProcessTimes();
  #pump: NodeJS.Immediate | undefined;
  #stopped = false;

  constructor(options: QueueOptions, runtime: Runtime) {
    this.#options = options;
    this.#runtime = runtime;
  }

  /** How many events wait, over all functions. */
  get size(): number {
    return [...this.#queues.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  /** True after `stop`. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** True while an event waits or runs. */
  has(eventId: string): boolean {
    return this.#events.has(eventId);
  }

  event(eventId: string): QueueEvent | undefined {
    return this.#events.get(eventId);
  }

  /** Throws the 503 answer when no more events may wait. */
  refuseIfFull(): void {
    const { maxSize } = this.#options;
    if (maxSize !== null && this.size >= maxSize) {
      throw new HttpProblem(503, `Queue is full. Max size is ${maxSize} and size is ${this.size}.`);
    }
  }

  /** Puts a call in line. Its first message is on the session's stream before this returns. */
  join(fn: AppFunction, caller: Caller): QueueEvent {
    const event = new QueueEvent(fn, caller);
    const queue = this.#queueOf(fn);
    this.sessions.register(event);
    this.#events.set(event.id, event);
    queue.waiting.push(event);
    this.#broadcast(queue, queue.waiting.length - 1);
    this.#schedule();
    return event;
  }

  /**
   * Gradio's `/cancel`: kills every running job of this function in the session, takes the event
   * out of the line, and completes it emptily if the session still waits for it. With an
   * `fnIndex` that names no function only the one event is touched, and a running one is not
   * freed: see `Job.closeGenerator`.
   */
  cancel(sessionHash: string, fnIndex: number, eventId: string): void {
    for (const job of this.#jobs) if (job.belongsTo(sessionHash, fnIndex)) job.kill();
    const waiting = this.#events.get(eventId);
    if (waiting && this.#queueOf(waiting.fn).remove(waiting)) this.#events.delete(eventId);
    if (this.sessions.isPending(sessionHash, eventId)) {
      this.sessions.mailbox(sessionHash)?.put(completed(eventId, {}));
    }
    for (const job of this.#jobs) if (job.runs(eventId)) void job.closeGenerator();
  }

  /** The stream of a session broke: what waits is removed, what runs goes on unheard. */
  dropSession(sessionHash: string): void {
    for (const job of this.#jobs) job.mute(sessionHash);
    const removed: string[] = [];
    for (const queue of this.#queues.values()) {
      for (const event of queue.waiting.filter((waiting) => waiting.sessionHash === sessionHash)) {
        queue.remove(event);
        this.#events.delete(event.id);
        removed.push(event.id);
      }
    }
    this.sessions.forget(sessionHash, removed);
  }

  /** Refuses new joins and tells every open stream that the server stopped. */
  stop(): void {
    this.#stopped = true;
  }

  /** Ends everything at once. */
  close(): void {
    this.#stopped = true;
    clearImmediate(this.#pump);
    for (const job of this.#jobs) job.kill();
  }

  #queueOf(fn: AppFunction): FunctionQueue {
    const { concurrencyId, concurrencyLimit } = fn.endpoint;
    const id = concurrencyId ?? `function ${fn.index}`;
    let queue = this.#queues.get(id);
    if (!queue) {
      queue = new FunctionQueue(concurrencyLimit);
      this.#queues.set(id, queue);
    }
    return queue;
  }

  #broadcast(queue: FunctionQueue, from = 0): void {
    for (const { event, message } of queue.estimations(this.#times, from)) {
      this.sessions.send(event, message);
    }
  }

  // Not at once: the answer to a join goes out before its job can end.
  #schedule(): void {
    this.#pump ??= setImmediate(() => {
      this.#pump = undefined;
      this.#startJobs();
    });
  }

  #startJobs(): void {
    for (const queue of this.#queues.values()) {
      while (queue.hasRoom && this.#jobs.size < this.#options.maxThreads && !this.#stopped) {
        const events = queue.takeNext();
        const [first] = events;
        if (!first) break;
        this.#start(queue, events, first);
        this.#broadcast(queue);
      }
    }
  }

  #start(queue: FunctionQueue, events: QueueEvent[], { fn }: QueueEvent): void {
    const startedAt = Date.now();
    const slot = { fn, startedAt };
    const job = new Job(events, this.sessions, this.#runtime, this.#times.average(fn));
    queue.running.add(slot);
    this.#jobs.add(job);
    job.onEnd((succeeded) => {
      if (succeeded) this.#times.add(fn, (Date.now() - startedAt) / 1000);
      queue.running.delete(slot);
      this.#jobs.delete(job);
      for (const event of events) this.#events.delete(event.id);
      this.#schedule();
    });
    job.start();
  }
}
