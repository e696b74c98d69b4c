import { runCall, type CallContext, type PreparedCall } from "./call.js";
import { prepareCall } from "./prepare-call.js";
import type { ConnectedApp } from "./connect.js";
import { startDeadline, within } from "./io/deadline.js";
import { closedError } from "./io/traffic.js";
import { secretsOf } from "./io/secrets.js";
import { WorkerSlots } from "./io/worker-slots.js";
import type { JobJournal } from "./job-journal.js";
import {
  JobRecord,
  type EndWatcher,
  type JobKeeper,
  type Placed,
  type ResultListener,
} from "./job-record.js";
import { takeOut } from "./core/take-out.js";
import type { Spot } from "./core/waiting-line.js";
import type { CallOptions, ClientOptions } from "./options.js";
import type { Session } from "./protocols/dialect.js";
import { newSessionHash, SessionPool, type Lease } from "./session-pool.js";

const defaultWorkers = 40;
const none: readonly ResultListener[] = [];
/** How long `close` waits for the app to hear that its jobs are cancelled, in milliseconds. */
const farewellLimit = 2000;

/** A call under way, from its arguments to its end. */
interface RunningCall {
  readonly args: readonly unknown[];
  readonly record: JobRecord<unknown>;
  readonly kind: "shared" | "own";
  /** Prepared anew when the app is restarted before it takes the call. */
  call: PreparedCall;
  /** Its session: the shared one from the beginning, one of its own from its turn on. */
  lease: Lease | undefined;
  /** Where it waits for its turn. */
  spot: Spot<RunningCall> | undefined;
}

/** Runs the calls of one client: at most so many at a time, each in its session. */
export class JobRunner implements JobKeeper, EndWatcher {
  readonly sessions: SessionPool;
  #app: ConnectedApp;
  #context: CallContext;
  readonly #slots: WorkerSlots<RunningCall>;
  #reloading: Promise<void> | undefined;
  readonly #sessionOf = (running: RunningCall): Session =>
    (running.lease ??= this.sessions.lease(running.kind)).session;
  /** In no order. */
  readonly #calls: RunningCall[] = [];

  constructor(app: ConnectedApp, options: ClientOptions) {
    this.#app = app;
    this.#context = contextOf(app);
    this.#slots = new WorkerSlots(options.maxWorkers ?? defaultWorkers);
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
   * @param journal what is kept of it besides the result.
   * @throws InputError when an argument is not right.
   */
  start(args: readonly unknown[], journal: JobJournal<unknown> | undefined): JobRecord<unknown> {
    const { call, options } = prepareCall(args, this.#app);
    const { resultCallbacks: given } = options;
    const callbacks = given === undefined ? none : ([given].flat() as ResultListener[]);
    const record = new JobRecord<unknown>(callbacks, journal, this);
    if (options.signal !== undefined || options.timeout !== undefined) bound(record, call, options);
    const { session: kind = "shared" } = options;
    const lease = kind === "shared" ? this.sessions.lease(kind) : undefined;
    const running: RunningCall = { args, record, kind, call, lease, spot: undefined };
    record.place = this.#calls.push(running) - 1;
    if (this.#slots.tryTake()) {
      this.#run(running);
    } else {
      running.spot = this.#slots.wait(running);
      record.watch(this);
    }
    return record;
  }

  clean(error: unknown, { place }: Placed): unknown {
    const { headers = {}, oauthToken = "" } = this.#calls[place]?.call ?? {};
    return this.#app.requests.clean(error, secretsOf({ ...headers, token: oauthToken }));
  }

  /** A call that waits for its turn needs it no more. */
  jobEnded({ place }: Placed): void {
    const running = this.#calls[place];
    if (running?.spot === undefined) return;
    this.#slots.leave(running.spot);
    this.#settle(running);
  }

  /** Cancels what runs; resolves when the app knows of it, or does not answer. */
  async close(): Promise<void> {
    const records = this.#calls.map(({ record }) => record);
    for (const record of records) record.stop(closedError());
    const settled = records.map((record) => record.settled);
    if (settled.length > 0) await within(farewellLimit, Promise.all(settled));
    this.sessions.close();
  }

  /** Never waits itself: a function that does takes each call half a kilobyte until its end. */
  #run(running: RunningCall): void {
    const app = this.#app;
    void runCall(running, this.#context, this.#sessionOf).then((again) =>
      again ? this.#runAnew(running, app) : this.#end(running),
    );
  }

  /** The app was restarted before it took the call, which is prepared anew for what runs there now. */
  async #runAnew(running: RunningCall, old: ConnectedApp): Promise<void> {
    const { args, record, lease } = running;
    try {
      running.lease = undefined;
      if (lease !== undefined) this.sessions.release(lease);
      running.call = prepareCall(args, await this.#reload(old)).call;
    } catch (error) {
      record.fail(error);
      this.#end(running);
      return;
    }
    this.#run(running);
  }

  #end(running: RunningCall): void {
    this.#settle(running);
    const next = this.#slots.give();
    if (next !== undefined) this.#begin(next);
  }

  #begin(running: RunningCall): void {
    running.spot = undefined;
    running.record.watch(undefined);
    this.#run(running);
  }

  #settle({ record, lease }: RunningCall): void {
    if (lease !== undefined) this.sessions.release(lease);
    const { place } = record;
    const moved = takeOut(this.#calls, place);
    if (moved !== undefined) moved.record.place = place;
    record.settle();
  }

  /** The app that has taken the place of another one; once for all calls that find that out. */
  async #reload(old: ConnectedApp): Promise<ConnectedApp> {
    if (this.#app === old) {
      this.#reloading ??= old
        .reload()
        .then((app) => {
          this.#app = app;
          this.#context = contextOf(app);
          this.sessions.moveTo(app);
        })
        .finally(() => (this.#reloading = undefined));
      await this.#reloading;
    }
    return this.#app;
  }
}

function contextOf(app: ConnectedApp): CallContext {
  const { requests, dialect, files, uploadSettings } = app;
  return {
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
