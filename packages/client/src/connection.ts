import { onAbort } from "./core/on-abort.js";
import { checkOptions } from "./check-options.js";
import type { ConnectedApp } from "./connect.js";
import type { FileData } from "./core/file-data.js";
import { handleFile, type FileSource } from "./core/file-handle.js";
import { collectFiles, type FileInput } from "./core/file-walk.js";
import type { GradioFile } from "./core/gradio-file.js";
import { describeApi, renderApi, type ViewApi } from "./core/view-api.js";
import { checkFiles } from "./io/check-files.js";
import { startDeadline } from "./io/deadline.js";
import type { ServedRequest } from "./io/platform.js";
import { closedError } from "./io/traffic.js";
import { Job } from "./job.js";
import { JobJournal } from "./job-journal.js";
import type { JobRecord } from "./job-record.js";
import { JobRunner } from "./job-runner.js";
import type { ClientOptions, HeaderInput, UploadOptions, ViewApiOptions } from "./options.js";

/** What stands behind a client: everything that it can do once its app has answered. */
export class Connection {
  readonly #runner: JobRunner;
  /** Ends uploads; made with the first one. */
  #closing: AbortController | undefined;
  #closed: Promise<void> | undefined;

  constructor(app: ConnectedApp, options: ClientOptions) {
    this.#runner = new JobRunner(app, options);
  }

  /** The app as it was when it was last read. */
  get app(): ConnectedApp {
    return this.#runner.app;
  }

  get sessionHash(): string {
    return this.#runner.sessions.hash;
  }

  /** Starts a call, whose job can be followed. */
  submit(args: readonly unknown[]): Job<unknown> {
    const journal = new JobJournal<unknown>();
    return new Job(this.#start(args, journal), journal);
  }

  /** Makes a call of which nobody sees more than its result. */
  predict(args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#start(args, undefined).handOver(resolve, reject);
    });
  }

  viewApi(options: ViewApiOptions): string | ViewApi | undefined {
    checkOptions(options, "viewApi");
    const { allEndpoints, printInfo = true, returnFormat } = options;
    const { table, config, log, requests, spaceId } = this.app;
    const text =
      printInfo || returnFormat === "str"
        ? renderApi(spaceId ?? requests.base, config, table, { allEndpoints })
        : "";
    if (printInfo) log(text);
    if (returnFormat === "dict") return describeApi(table, { allEndpoints });
    return returnFormat === "str" ? text : undefined;
  }

  addZeroGpuHeaders(headers: HeaderInput, incoming?: ServedRequest): Headers {
    const result = new Headers(headers as HeadersInit);
    const found = this.app.visitorHeaders(incoming);
    for (const [name, value] of Object.entries(found)) result.set(name, value);
    return result;
  }

  resetSession(): void {
    this.#checkOpen();
    this.#runner.sessions.reset();
  }

  async upload(source: FileSource | FileInput, options: UploadOptions): Promise<GradioFile> {
    this.#checkOpen();
    checkOptions(options, "upload");
    const { signal, timeout, onProgress } = options;
    const { requests, files, uploadSettings } = this.app;
    const file = collectFiles(source)[0] ?? handleFile(source as FileSource);
    checkFiles([file], uploadSettings.disk);
    const deadline = startDeadline({ signal, timeout }, "The upload");
    this.#closing ??= new AbortController();
    const forget = onAbort(this.#closing.signal, () => deadline.abort(closedError()));
    try {
      const { uploadAll } = await import("./io/upload.js");
      const found = await uploadAll([file], requests, uploadSettings, {
        signal: deadline.signal,
        onProgress,
      });
      return files.make(found.get(file) as FileData);
    } finally {
      forget();
      deadline.release();
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#closing?.abort();
    await this.#runner.close();
    this.app.requests.close();
  }

  /**
   * Starts a call from the arguments of `predict` and `submit`.
   *
   * @param journal where its values and facts go; those that nobody can see take no memory.
   */
  #start(args: readonly unknown[], journal: JobJournal<unknown> | undefined): JobRecord<unknown> {
    this.#checkOpen();
    return this.#runner.start(args, journal);
  }

  #checkOpen(): void {
    if (this.#closed !== undefined) throw closedError();
  }
}
