import { runCall, type CallContext, type PreparedCall } from "./call.js";
import { prepareCall } from "./prepare-call.js";
import type { ConnectedApp } from "./connect.js";
import { startDeadline, within } from "./io/deadline.js";
import { closedError } from "./io/traffic.js";
import { secretsOf } from "./io/secrets.js";
import { WorkerSlots } from "./io/worker-slots.js";
import { JobRecord, type ResultListener } from "./job-record.js";
import type { CallOptions, ClientOptions } from "./options.js";
import { newSessionHash, SessionPool } from "./session-pool.js";

const defaultWorkers = 40;
const none: readonly ResultListener[] = [];
/** How long `close` waits for the app to hear that its jobs are cancelled, in milliseconds. */
const farewellLimit = 2000;

/** Runs the calls of one client: at most so many at a time, each in its session. */
export class JobRunner {
  readonly sessions: SessionPool;
  #app: ConnectedApp;
  #context: CallContext;
  #reloading: Promise<void> | undefined;
  /**
   * In no order. Not a `Map` or `Set`: V8 copies those now and then, and what an old copy still holds
   * of calls that have ended is only found by a full collection.
   */
  readonly #jobs: JobRecord<unknown>[] = [];

  constructor(app: ConnectedApp, options: ClientOptions) {
    this.#app = app;
    this.#context = contextOf(app, new WorkerSlots(options.maxWorkers ?? defaultWorkers));
    const hash = options.sessionHash ?? newSessionHash();
    this.sessions = new SessionPool(app, hash);
  }

  /** The app as it was when it was last read. */
  get app(): ConnectedApp {
    return this.#app;
  }

  /**
   * Starts a call at once, given the arguments of `predict` and `submit`; its record says how it goes.
   *
   * @param keeps whether its record keeps more than the result.
   * @throws InputError when an argument is not right.
   */
  start(args: readonly unknown[], keeps: boolean): JobRecord<unknown> {
    const { call, options } = prepareCall(args, this.#app);
    const { resultCallbacks: given } = options;
    const callbacks = given === undefined ? none : ([given].flat() as ResultListener[]);
    const { requests } = this.#app;
    const record = new JobRecord<unknown>(callbacks, keeps, (error) =>
      requests.clean(error, secretsOf({ ...call.headers, token: call.oauthToken ?? "" })),
    );
    if (options.signal !== undefined || options.timeout !== undefined) bound(record, call, options);
    record.place = this.#jobs.push(record) - 1;
    record.settled = this.#run(args, call, record, options.session ?? "shared");
    return record;
  }

  /** Cancels what runs; resolves when the app knows of it, or does not answer. */
  async close(): Promise<void> {
    const jobs = [...this.#jobs];
    for (const record of jobs) record.stop(closedError());
    const settled = jobs.map((record) => record.settled);
    if (settled.length > 0) await within(farewellLimit, Promise.all(settled));
    this.sessions.close();
  }

  /** Each time that the app is restarted before it takes the call, that is prepared anew. */
  async #run(
    args: readonly unknown[],
    prepared: PreparedCall,
    record: JobRecord<unknown>,
    kind: "shared" | "own",
  ): Promise<void> {
    let call = prepared;
    try {
      for (;;) {
        const app = this.#app;
        const context = this.#context;
        const { session, release } = this.sessions.lease(kind);
        try {
          // In any case after this turn: a call that its caller takes back at once is not sent.
          await context.files.prepare(record);
          if (!(await runCall(call, context, session, record))) return;
        } finally {
          release();
        }
        ({ call } = prepareCall(args, await this.#reload(app)));
      }
    } catch (error) {
      record.fail(error);
    } finally {
      this.#leave(record);
    }
  }

  /** Takes a job out of the list: the last one takes its place. */
  #leave({ place }: JobRecord<unknown>): void {
    const last = this.#jobs.pop();
    if (last === undefined || last.place === place) return;
    this.#jobs[place] = last;
    last.place = place;
  }

  /** The app that has taken the place of another one; once for all calls that find that out. */
  async #reload(old: ConnectedApp): Promise<ConnectedApp> {
    if (this.#app === old) {
      this.#reloading ??= old
        .reload()
        .then((app) => {
          this.#app = app;
          this.#context = contextOf(app, this.#context.slots);
          this.sessions.moveTo(app);
        })
        .finally(() => (this.#reloading = undefined));
      await this.#reloading;
    }
    return this.#app;
  }
}

function contextOf(app: ConnectedApp, slots: WorkerSlots): CallContext {
  const { requests, dialect, files, uploadSettings } = app;
  return {
    slots,
    requests,
    files,
    encoding: dialect.encoding,
    notation: dialect.files,
    sendFiles: (call, scope) => dialect.sendFiles(call, uploadSettings, scope),
  };
}

/** Stops a job when its caller aborts it, or its time is over. */
function bound(record: JobRecord<unknown>, call: PreparedCall, options: CallOptions): void {
  const { apiName, fnIndex } = call.endpoint.info;
  const deadline = startDeadline(options, `The call of ${apiName ?? `function ${fnIndex}`}`);
  const stop = (): void => record.stop(deadline.signal.reason);
  deadline.signal.addEventListener("abort", stop);
  if (deadline.signal.aborted) stop();
  void record.ended.then(() => deadline.release());
}
