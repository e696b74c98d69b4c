import type { AppOutline } from "./core/app-outline.js";
import type { SpaceStage } from "./core/space-stage.js";
import type { TransferOptions } from "./core/transfer.js";
import type { Bounds } from "./io/deadline.js";
import type { ConnectionSettings } from "./io/platform.js";
import type { RetryPolicy } from "./io/retry.js";

/** What `Client.connect` can be told. Everything is optional. */
export interface ClientOptions {
  /** Username and password of an app with a login (`launch(auth=…)`). */
  readonly auth?: readonly [username: string, password: string] | undefined;
  /** How requests are made: proxy, certificates, cookies, limits. */
  readonly http?: HttpOptions | undefined;
  /** `false` accepts any certificate, for this client only. Default `true`. Not in browsers. */
  readonly sslVerify?: boolean | undefined;
  /**
   * A Hugging Face token, for private Spaces and for the ZeroGPU quota of its owner; `false`: none.
   * It goes to the Hub and to the Space's own https address, and to an app elsewhere only if named
   * here. Default: in Node the token that this machine keeps (`HF_TOKEN`, `HF_TOKEN_PATH`, the
   * login of the Hub's tools), for Spaces only.
   */
  readonly token?: string | false | undefined;
  /** @deprecated Use `token`. */
  readonly hfToken?: string | false | undefined;
  /** Called with each stage while a Space wakes, starts or is built, `"RUNNING"` last. */
  readonly onSpaceStatus?: ((stage: SpaceStage) => void) | undefined;
  /**
   * What the program was written for, as `gradio-kit codegen` writes it; it is compared with the app.
   * Default: nothing is compared.
   */
  readonly spec?: AppOutline | undefined;
  /**
   * What happens when the app no longer fits {@link spec}: `"warn"` says so through {@link log},
   * `"refuse"` fails with an `InputError` `SPEC_MISMATCH`. Default `"warn"`.
   */
  readonly drift?: "warn" | "refuse" | undefined;
  /** Sent with every request to the app, replacing the client's own headers of the same name. */
  readonly headers?: HeaderInput | undefined;
  /**
   * The directory for result files, or `false` to leave them on the server. Default: in Node
   * `GRADIO_TEMP_DIR`, else `gradio` in the temporary directory; `false` where there is no disk.
   */
  readonly downloadFiles?: string | false | undefined;
  /** Most calls in flight at once; more wait their turn in `STARTING`. Default 40. */
  readonly maxWorkers?: number | undefined;
  /** Whether status messages go to {@link log}. Default `true`. */
  readonly verbose?: boolean | undefined;
  /** Where status messages go. Default: stderr, in a browser `console.info`. */
  readonly log?: ((message: string) => void) | undefined;
  /** Joins an existing session instead of a new one: its State is shared. Default: random. */
  readonly sessionHash?: string | undefined;
  /** Accepted as Python's client accepts it; there is no telemetry that it could turn off. */
  readonly analyticsEnabled?: boolean | undefined;
  /** Used for every request instead of the runtime's own means. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * How a request that the server has provably not taken is sent again; parts that are left out keep
   * their default. `false`: not at all. Default `{ attempts: 3, minDelay: 300, maxDelay: 10_000 }`,
   * in milliseconds.
   */
  readonly retry?: Partial<RetryPolicy> | false | undefined;
  /** Aborts `connect` itself. */
  readonly signal?: AbortSignal | undefined;
  /** Bounds `connect` itself, in milliseconds. Default 60 000. */
  readonly timeout?: number | undefined;
}

/** How requests are made: what `httpx_kwargs` is in Python. Everything is optional. */
export interface HttpOptions extends ConnectionSettings {
  /**
   * How long a single request may be without any answer, in milliseconds: until its answer begins,
   * and between two pieces of a download. Event streams, which are silent while a function works, and
   * uploads that go on are not cut off. Default: none.
   */
  readonly timeout?: number | undefined;
  /**
   * Cookies for the app, as an object or as a `Cookie` header: `"name=value; other=value"`. The app's
   * own cookies are kept beside them. Not in browsers, which keep cookies by themselves.
   */
  readonly cookies?: string | Readonly<Record<string, string>> | undefined;
  /**
   * Most bytes of one answer, and of one message of an event stream or a WebSocket: a `ProtocolError`
   * ends what is larger. Files are not limited, which go to disk piece by piece. Default 524 288 000 (500 MB).
   */
  readonly maxResponseSize?: number | undefined;
  /**
   * Whether an app elsewhere may lead this program to private addresses (this machine, its local
   * network), by the address of a result file or by a redirect. Apps that are at a private address
   * themselves may. Default `false`.
   */
  readonly allowPrivateAddresses?: boolean | undefined;
}

/** What `Client.duplicate` can be told: about the copy, and about connecting to it. */
export interface DuplicateOptions extends ClientOptions {
  /** The copy's id, or its name alone. Default: the original's name, in the token owner's account. */
  readonly toId?: string | undefined;
  /** Whether only its owner can use the copy. Default `true`. */
  readonly private?: boolean | undefined;
  /** What the copy runs on, such as `"t4-small"`. Default: what the original runs on. */
  readonly hardware?: string | undefined;
  /** Secrets of the copy, by name; only used when it is made. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** Environment variables of the copy, by name; only used when it is made. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Minutes without a request after which the copy goes to sleep; not on free hardware. Default 5. */
  readonly sleepTimeout?: number | undefined;
  /** Bounds all of it, in milliseconds. Default 30 minutes: a copy has to be built. */
  readonly timeout?: number | undefined;
}

/** What a single call can be told. Everything is optional. */
export interface CallOptions {
  /** Aborts the call, on the server too; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Bounds the whole call, in milliseconds: then it is stopped with a `TimeoutError`. Default: none. */
  readonly timeout?: number | undefined;
  /** Sent with this call's requests, replacing the client's headers of the same name. */
  readonly headers?: HeaderInput | undefined;
  /** Called on success with the outputs spread as arguments, in order. */
  readonly resultCallbacks?: ResultCallback | readonly ResultCallback[] | undefined;
  /** As the option of `Client.connect`, for this call. */
  readonly downloadFiles?: string | false | undefined;
  /** The payload of the event that the app's function sees as `gr.EventData`. */
  readonly eventData?: unknown;
  /** The id of the component that the app shall believe to have triggered the call. */
  readonly triggerId?: number | undefined;
  /** A Hugging Face token for functions that take `gr.OAuthToken`; sent to no other. */
  readonly oauthToken?: string | undefined;
  /** As the option of `Client.connect`, for this call. */
  readonly retry?: Partial<RetryPolicy> | false | undefined;
  /**
   * Whether the call may run twice: then it is made again also when nobody knows whether it has run.
   * Default `false`.
   */
  readonly idempotent?: boolean | undefined;
  /**
   * `"shared"`: the client's session, so that State lives from call to call. `"own"`: a session of
   * this call alone, with fresh State. Default `"shared"`.
   */
  readonly session?: "shared" | "own" | undefined;
}

/** What is told the outputs of a call, in order. */
export type ResultCallback = (...outputs: never[]) => void;

/** Headers as `fetch` takes them. */
export type HeaderInput =
  Headers | Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];

/** What `upload` can be told. */
export type UploadOptions = Bounds & Pick<TransferOptions, "onProgress">;

/** How `viewApi` is to show the API. */
export interface ViewApiOptions {
  /** Also endpoints that the app does not list. Default: those without a name are only counted. */
  readonly allEndpoints?: boolean | undefined;
  /** Whether to print the text, through the client's `log`. Default `true`. */
  readonly printInfo?: boolean | undefined;
  /** What to return: the text, the object, or nothing (the default). */
  readonly returnFormat?: "str" | "dict" | undefined;
}
