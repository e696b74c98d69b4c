import { describe } from "./core/source.js";
import { InputError } from "./errors.js";

/** What `Client.connect` can be told. Everything is optional. */
export interface ClientOptions {
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
  /** Aborts `connect` itself. */
  readonly signal?: AbortSignal | undefined;
  /** Bounds `connect` itself, in milliseconds. Default 60 000. */
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
  /**
   * `"shared"`: the client's session, so that State lives from call to call. `"own"`: a session of
   * this call alone, with fresh State. Default `"shared"`.
   */
  readonly session?: "shared" | "own" | undefined;
}

export type ResultCallback = (...outputs: never[]) => void;

/** Headers as `fetch` takes them. */
export type HeaderInput =
  Headers | Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];

interface Rule {
  readonly right: string;
  readonly check: (value: unknown) => boolean;
}

const isFunction = (value: unknown): boolean => typeof value === "function";
const isSignal: Rule = {
  right: "an AbortSignal",
  check: (value) => value instanceof AbortSignal,
};
const isTimeout: Rule = {
  right: "a number of milliseconds above 0",
  check: (value) => typeof value === "number" && value > 0,
};
const isBoolean: Rule = { right: "true or false", check: (value) => typeof value === "boolean" };
const isHeaders: Rule = {
  right: "an object of names and values, a list of pairs, or Headers",
  check: (value) => typeof value === "object" && value !== null,
};
const isDirectory: Rule = {
  right: "the path of a directory, or false",
  check: (value) => value === false || (typeof value === "string" && value !== ""),
};
const isText: Rule = {
  right: "a text that is not empty",
  check: (value) => typeof value === "string" && value !== "",
};

const clientRules: Record<keyof ClientOptions, Rule> = {
  headers: isHeaders,
  downloadFiles: isDirectory,
  maxWorkers: {
    right: "a whole number above 0",
    check: (value) => Number.isInteger(value) && Number(value) > 0,
  },
  verbose: isBoolean,
  log: { right: "a function", check: isFunction },
  sessionHash: isText,
  analyticsEnabled: isBoolean,
  fetch: { right: "a function like fetch", check: isFunction },
  signal: isSignal,
  timeout: isTimeout,
};

const callRules: Record<keyof CallOptions, Rule> = {
  signal: isSignal,
  timeout: isTimeout,
  headers: isHeaders,
  resultCallbacks: {
    right: "a function or a list of functions",
    check: (value) => isFunction(value) || (Array.isArray(value) && value.every(isFunction)),
  },
  downloadFiles: isDirectory,
  eventData: { right: "a JSON value", check: () => true },
  triggerId: { right: "a component's id", check: (value) => Number.isInteger(value) },
  oauthToken: isText,
  session: {
    right: '"shared" or "own"',
    check: (value) => value === "shared" || value === "own",
  },
};

/** @throws InputError `INVALID_OPTION` that names the option and what would be right. */
export function checkClientOptions(options: unknown): asserts options is ClientOptions {
  checkOptions(options, clientRules, "connect");
}

/** @throws InputError `INVALID_OPTION` that names the option and what would be right. */
export function checkCallOptions(options: unknown): asserts options is CallOptions {
  checkOptions(options, callRules, "the call");
}

function checkOptions(options: unknown, rules: Record<string, Rule>, where: string): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw invalid(`The options of ${where} must be an object, not ${describe(options)}.`);
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const known = Object.keys(rules).join(", ");
      throw invalid(`${name}: ${where} has no such option. It has: ${known}.`);
    }
    if (value !== undefined && !rule.check(value)) {
      throw invalid(`${name}: it must be ${rule.right}, not ${describe(value)}.`);
    }
  }
}

/** Headers that carry the framing of a request: replacing them would break it. */
const ownHeaders = new Set(
  "connection content-length content-type host keep-alive transfer-encoding upgrade".split(" "),
);

/** The caller's headers with names in lower case; the caller's object stays as it is. */
export function readHeaders(input: HeaderInput | undefined): Record<string, string> {
  const result: Record<string, string> = {};
  if (input === undefined) return result;
  let headers: Headers;
  try {
    headers = new Headers(input as HeadersInit);
  } catch (error) {
    throw new InputError(
      "INVALID_OPTION",
      "headers: a name or a value in it is not valid in HTTP.",
      error,
    );
  }
  for (const [name, value] of headers) {
    if (ownHeaders.has(name)) {
      throw invalid(`headers: "${name}" belongs to the client, which frames the requests by it.`);
    }
    result[name] = value;
  }
  return result;
}

function invalid(message: string): InputError {
  return new InputError("INVALID_OPTION", message);
}
