import { checkOptions } from "./check-options.js";
import type { ConnectedApp } from "./connect.js";
import type { AppSpec, EndpointName, Inputs, OpenApp, OpenEndpoint } from "./core/app-spec.js";
import type { AppConfig } from "./core/config.js";
import type { EndpointInfo } from "./core/endpoint.js";
import type { FileData } from "./core/file-data.js";
import { handleFile, type FileSource } from "./core/file-handle.js";
import { collectFiles, type FileInput } from "./core/file-walk.js";
import type { GradioFile } from "./core/gradio-file.js";
import { describeApi, renderApi, type ViewApi } from "./core/view-api.js";
import { checkFiles } from "./io/check-files.js";
import { startDeadline } from "./io/deadline.js";
import type { ServedRequest } from "./io/platform.js";
import { closedError } from "./io/requests.js";
import { Job } from "./job.js";
import { JobRunner } from "./job-runner.js";
import type {
  CallOptions,
  ClientOptions,
  HeaderInput,
  UploadOptions,
  ViewApiOptions,
} from "./options.js";
import { prepareCall } from "./prepare-call.js";

/**
 * A Gradio app as an API. `await using` closes it.
 *
 * @example
 * ```ts
 * await using client = await Client.connect("http://127.0.0.1:7860");
 * const text = await client.predict("/greet", { name: "Ada" });
 * ```
 */
export abstract class BaseClient<App extends AppSpec = OpenApp> implements AsyncDisposable {
  /** The address of the app, with a trailing slash. */
  readonly src: string;
  /** The id of the Space, where the app is one. */
  readonly spaceId: string | undefined;
  /** What the app says of itself. */
  readonly config: AppConfig;
  readonly #app: ConnectedApp;
  readonly #runner: JobRunner;
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  protected constructor(app: ConnectedApp, options: ClientOptions) {
    this.#app = app;
    this.#runner = new JobRunner(app, options);
    this.src = app.requests.base;
    this.spaceId = app.spaceId;
    this.config = app.config;
  }

  /** Every endpoint that can be called, in the app's order; undocumented ones too. */
  get endpoints(): readonly EndpointInfo[] {
    return this.#app.table.all;
  }

  /** The key of the session that holds the State of this client's calls. */
  get sessionHash(): string {
    return this.#runner.sessions.hash;
  }

  /**
   * Calls an endpoint and waits for its result; of a generator that is the last value.
   *
   * One visible output gives the value, several give a list of them, none gives `[]`. A file is a
   * `GradioFile`.
   *
   * @param endpoint the name, with or without a slash, or the `fn_index`; without it the app's only
   *   public endpoint is called.
   * @param inputs by name, where defaults are filled, or by position, where trailing ones are.
   * @throws InputError before any request when an argument is not right; every other error of
   *   `errors.ts` as the call goes; the reason of an aborted `signal`, untouched.
   */
  predict<Name extends EndpointName<App>>(
    endpoint: Name,
    inputs: App[Name]["inputs"] | App[Name]["positional"],
    options?: CallOptions,
  ): Promise<App[Name]["result"]>;
  predict<Result = unknown>(
    endpoint: OpenEndpoint<App>,
    inputs?: Inputs,
    options?: CallOptions,
  ): Promise<Result>;
  predict<Result = unknown>(inputs?: Inputs, options?: CallOptions): Promise<Result>;
  async predict(...args: unknown[]): Promise<unknown> {
    return await this.#start(args).result();
  }

  /**
   * Calls an endpoint and returns its job at once. Takes what {@link predict} takes.
   *
   * @throws InputError synchronously, when an argument is not right.
   */
  submit<Name extends EndpointName<App>>(
    endpoint: Name,
    inputs: App[Name]["inputs"] | App[Name]["positional"],
    options?: CallOptions,
  ): Job<App[Name]["result"]>;
  submit<Result = unknown>(
    endpoint: OpenEndpoint<App>,
    inputs?: Inputs,
    options?: CallOptions,
  ): Job<Result>;
  submit<Result = unknown>(inputs?: Inputs, options?: CallOptions): Job<Result>;
  submit(...args: unknown[]): Job<unknown> {
    return this.#start(args);
  }

  /**
   * Shows the API: each endpoint as code that can be pasted, with types in TypeScript's terms.
   *
   * @returns nothing, the text, or the object, as `returnFormat` says.
   */
  viewApi(options: ViewApiOptions & { readonly returnFormat: "str" }): string;
  viewApi(options: ViewApiOptions & { readonly returnFormat: "dict" }): ViewApi;
  viewApi(options?: ViewApiOptions & { readonly returnFormat?: undefined }): undefined;
  viewApi(options: ViewApiOptions = {}): string | ViewApi | undefined {
    checkOptions(options, "viewApi");
    const { allEndpoints, printInfo = true, returnFormat } = options;
    const { table, config, log } = this.#app;
    const text =
      printInfo || returnFormat === "str"
        ? renderApi(this.spaceId ?? this.src, config, table, { allEndpoints })
        : "";
    if (printInfo) log(text);
    if (returnFormat === "dict") return describeApi(table, { allEndpoints });
    return returnFormat === "str" ? text : undefined;
  }

  /**
   * Adds to headers for whom a Space is called: the `x-ip-token` of the request that this program is
   * answering, so that ZeroGPU counts against the visitor's quota. For clients of Spaces only; for
   * others the headers stay as they are. Calls within `runWithRequest` (Node) do it by themselves.
   *
   * @param incoming the request that is being answered. Default: the one of `runWithRequest`.
   * @returns new headers; those given stay as they are.
   */
  addZeroGpuHeaders(headers: HeaderInput, incoming?: ServedRequest): Headers {
    const result = new Headers(headers as HeadersInit);
    const found = this.#app.visitorHeaders(incoming);
    for (const [name, value] of Object.entries(found)) result.set(name, value);
    return result;
  }

  /** Starts a new session at once, with fresh State; jobs in flight finish in the old one. */
  resetSession(): void {
    this.#checkOpen();
    this.#runner.sessions.reset();
  }

  /**
   * Sends a file to the app ahead of a call. The result can be passed as an input any number of
   * times.
   *
   * @param options.onProgress told the bytes so far and in all, at most about ten times a second and
   *   at the end.
   * @param options.timeout bounds the upload, in milliseconds. Default: none.
   * @throws InputError, UploadError, ConnectionError
   */
  async upload(source: FileSource | FileInput, options: UploadOptions = {}): Promise<GradioFile> {
    this.#checkOpen();
    checkOptions(options, "upload");
    const { signal, timeout, onProgress } = options;
    const { requests, files, uploadSettings } = this.#app;
    const file = collectFiles(source)[0] ?? handleFile(source as FileSource);
    checkFiles([file], uploadSettings.disk);
    const deadline = startDeadline({ signal, timeout }, "The upload");
    const stop = (): void => deadline.abort(closedError());
    this.#closing.signal.addEventListener("abort", stop);
    try {
      const { uploadAll } = await import("./io/upload.js");
      const found = await uploadAll([file], requests, uploadSettings, {
        signal: deadline.signal,
        onProgress,
      });
      return files.make(found.get(file) as FileData);
    } finally {
      this.#closing.signal.removeEventListener("abort", stop);
      deadline.release();
    }
  }

  /**
   * Cancels what runs and frees every connection, timer and temporary file; afterwards the process
   * can exit. May be called any number of times.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** The same as {@link close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    await this.#runner.close();
    this.#app.requests.close();
  }

  #checkOpen(): void {
    if (this.#closed !== undefined) throw closedError();
  }

  #start(args: readonly unknown[]): Job<unknown> {
    this.#checkOpen();
    const { call, options } = prepareCall(args, this.#app);
    return new Job(this.#runner.start(call, options));
  }
}
