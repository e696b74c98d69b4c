import { runCall, type CallContext, type PreparedCall } from "./call.js";
import type { ConnectedApp } from "./connect.js";
import { startDeadline, within } from "./io/deadline.js";
import { closedError } from "./io/requests.js";
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
  readonly #app: ConnectedApp;
  readonly #context: CallContext;
  readonly #jobs = new Map<JobRecord<unknown>, Promise<unknown>>();

  constructor(app: ConnectedApp, options: ClientOptions) {
    const { requests, dialect, config, files, uploadSettings } = app;
    this.#app = app;
    this.#context = {
      slots: new WorkerSlots(options.maxWorkers ?? defaultWorkers),
      files,
      encoding: dialect.encoding,
      notation: dialect.files,
      sendFiles: (call, scope) => dialect.sendFiles(call, uploadSettings, scope),
    };
    const hash = options.sessionHash ?? newSessionHash();
    this.sessions = new SessionPool(dialect, requests, config.connectHeartbeat, hash);
  }

  /**
   * Starts a call at once; its record says how it goes.
   *
   * @param keeps whether its record keeps more than the result.
   */
  start(call: PreparedCall, options: CallOptions, keeps: boolean): JobRecord<unknown> {
    const { resultCallbacks: given } = options;
    const callbacks = given === undefined ? none : ([given].flat() as ResultListener[]);
    const { requests } = this.#app;
    const record = new JobRecord<unknown>(callbacks, keeps, (error) =>
      requests.clean(error, secretsOf({ ...call.headers, token: call.oauthToken ?? "" })),
    );
    if (options.signal !== undefined || options.timeout !== undefined) bound(record, call, options);
    record.settled = this.#run(call, record, options.session ?? "shared");
    this.#jobs.set(record, record.settled);
    void record.settled.then(() => this.#jobs.delete(record));
    return record;
  }

  /** Cancels what runs; resolves when the app knows of it, or does not answer. */
  async close(): Promise<void> {
    const settled = [...this.#jobs.values()];
    for (const record of this.#jobs.keys()) record.stop(closedError());
    if (settled.length > 0) await within(farewellLimit, Promise.all(settled));
    this.sessions.close();
  }

  async #run(
    call: PreparedCall,
    record: JobRecord<unknown>,
    kind: "shared" | "own",
  ): Promise<void> {
    const lease = this.sessions.lease(kind);
    try {
      // In any case after this turn: a call that its caller takes back at once is not sent.
      await this.#context.files.prepare(record);
      await runCall(call, this.#context, lease.session, record);
    } finally {
      lease.release();
    }
  }
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
