import type { Connection } from "./connection.js";
import type {
  AppSpec,
  CallArguments,
  EndpointName,
  Inputs,
  OpenApp,
  OpenEndpoint,
  SoleInputs,
  SoleResult,
} from "./core/app-spec.js";
import type { AppConfig } from "./core/config.js";
import type { EndpointInfo } from "./core/endpoint.js";
import type { FileSource } from "./core/file-handle.js";
import type { FileInput } from "./core/file-walk.js";
import type { GradioFile } from "./core/gradio-file.js";
import type { ViewApi } from "./core/view-api.js";
import type { ServedRequest } from "./io/platform.js";
import type { Job } from "./job.js";
import type { CallOptions, HeaderInput, UploadOptions, ViewApiOptions } from "./options.js";

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
  /** Does the work. It is loaded while the app is asked what it can do: nothing here imports it. */
  readonly #connection: Connection;

  protected constructor(connection: Connection) {
    const { requests, spaceId } = connection.app;
    this.#connection = connection;
    this.src = requests.base;
    this.spaceId = spaceId;
  }

  /** What the app says of itself. Read again when a call finds out that the app was restarted. */
  get config(): AppConfig {
    return this.#connection.app.config;
  }

  /** Every endpoint that can be called, in the app's order; undocumented ones too. */
  get endpoints(): readonly EndpointInfo[] {
    return this.#connection.app.table.all;
  }

  /** The key of the session that holds the State of this client's calls. */
  get sessionHash(): string {
    return this.#connection.sessionHash;
  }

  /**
   * Calls an endpoint and waits for its result; of a generator that is the last value.
   *
   * One visible output gives the value, several give a list of them, none gives `[]`. A file is a
   * `GradioFile`.
   *
   * The inputs are given by name, where defaults are filled, or by position, where trailing ones are.
   *
   * @param endpoint the name, with or without a slash, or the `fn_index`; without it the app's only
   *   public endpoint is called.
   * @throws InputError before any request when an argument is not right; every other error of
   *   `errors.ts` as the call goes; the reason of an aborted `signal`, untouched.
   */
  predict<Name extends EndpointName<App>>(
    endpoint: Name,
    ...inputsAndOptions: CallArguments<App[Name], CallOptions>
  ): Promise<App[Name]["result"]>;
  predict<Result = unknown>(
    endpoint: OpenEndpoint<App>,
    inputs?: Inputs,
    options?: CallOptions,
  ): Promise<Result>;
  predict<Result = SoleResult<App>>(
    inputs?: SoleInputs<App>,
    options?: CallOptions,
  ): Promise<Result>;
  predict(...args: unknown[]): Promise<unknown> {
    return this.#connection.predict(args);
  }

  /**
   * Calls an endpoint and returns its job at once. Takes what {@link predict} takes.
   *
   * @throws InputError synchronously, when an argument is not right.
   */
  submit<Name extends EndpointName<App>>(
    endpoint: Name,
    ...inputsAndOptions: CallArguments<App[Name], CallOptions>
  ): Job<App[Name]["result"]>;
  submit<Result = unknown>(
    endpoint: OpenEndpoint<App>,
    inputs?: Inputs,
    options?: CallOptions,
  ): Job<Result>;
  submit<Result = SoleResult<App>>(inputs?: SoleInputs<App>, options?: CallOptions): Job<Result>;
  submit(...args: unknown[]): Job<unknown> {
    return this.#connection.submit(args);
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
    return this.#connection.viewApi(options);
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
    return this.#connection.addZeroGpuHeaders(headers, incoming);
  }

  /** Starts a new session at once, with fresh State; jobs in flight finish in the old one. */
  resetSession(): void {
    this.#connection.resetSession();
  }

  /**
   * Sends a file to the app ahead of a call. The result can be passed as an input any number of
   * times.
   *
   * @param options `onProgress` is told the bytes so far and in all, at most about ten times a second and
   *   at the end; `timeout` bounds the upload, in milliseconds. Default: none.
   * @throws InputError, UploadError, ConnectionError
   */
  async upload(source: FileSource | FileInput, options: UploadOptions = {}): Promise<GradioFile> {
    return await this.#connection.upload(source, options);
  }

  /**
   * Cancels what runs and frees every connection, timer and temporary file; afterwards the process
   * can exit. May be called any number of times.
   */
  close(): Promise<void> {
    return this.#connection.close();
  }

  /** The same as {@link close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
