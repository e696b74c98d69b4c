import { isObject } from "./core/json.js";
import { describe } from "./core/source.js";
import { isToken } from "./core/token.js";
import { InputError } from "./errors.js";
import type { Bounds } from "./io/deadline.js";
import type {
  CallOptions,
  ClientOptions,
  HttpOptions,
  UploadOptions,
  ViewApiOptions,
} from "./options.js";

/** What is right for an option. */
export interface Rule {
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
export const isBoolean: Rule = {
  right: "true or false",
  check: (value) => typeof value === "boolean",
};
const isHeaders: Rule = {
  right: "an object, a list of pairs, or Headers",
  check: (value) => typeof value === "object" && value !== null,
};
const isDirectory: Rule = {
  right: "the path of a directory, or false",
  check: (value) => value === false || (typeof value === "string" && value !== ""),
};
const isCount: Rule = {
  right: "a whole number above 0",
  check: (value) => Number.isInteger(value) && Number(value) > 0,
};
export const isText: Rule = {
  right: "a text that is not empty",
  check: (value) => typeof value === "string" && value !== "",
};

const isRetry: Rule = {
  right: "false, or { attempts, minDelay, maxDelay } in milliseconds",
  check: (value) => value === false || isRetryPolicy(value),
};

const isTokenOrFalse: Rule = {
  right: "a token, or false for none",
  check: (value) => value === false || (typeof value === "string" && isToken(value)),
};

const boundRules: Record<keyof Bounds, Rule> = { signal: isSignal, timeout: isTimeout };

const uploadRules: Record<keyof UploadOptions, Rule> = {
  ...boundRules,
  onProgress: { right: "a function", check: isFunction },
};

const viewApiRules: Record<keyof ViewApiOptions, Rule> = {
  allEndpoints: isBoolean,
  printInfo: isBoolean,
  returnFormat: { right: '"str" or "dict"', check: (value) => value === "str" || value === "dict" },
};

const isPem: Rule = {
  right: "PEM: its text, its bytes, or the path of a file",
  check: (value) => (typeof value === "string" && value !== "") || value instanceof Uint8Array,
};

const httpRules: Record<keyof HttpOptions, Rule> = {
  timeout: isTimeout,
  proxy: {
    right: "the address of a proxy, or false",
    check: (value) => value === false || value instanceof URL || isText.check(value),
  },
  ca: {
    right: `${isPem.right}; or a list of them`,
    check: (value) =>
      isPem.check(value) || (Array.isArray(value) && value.length > 0 && value.every(isPem.check)),
  },
  cert: isPem,
  key: isPem,
  cookies: {
    right: 'an object, or a text such as "name=value; other=value"',
    check: (value) =>
      typeof value === "string" ||
      (isObject(value) && Object.values(value).every((text) => typeof text === "string")),
  },
  maxConnections: isCount,
  maxResponseSize: isCount,
  allowPrivateAddresses: isBoolean,
};

export const clientRules: Record<keyof ClientOptions, Rule> = {
  ...boundRules,
  auth: {
    right: "a pair: [username, password]",
    check: (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      value.every((text) => typeof text === "string") &&
      value[0] !== "",
  },
  // Its own members are checked as the options of "http".
  http: { right: "an object", check: isObject },
  sslVerify: isBoolean,
  token: isTokenOrFalse,
  hfToken: isTokenOrFalse,
  spec: { right: "what gradio-kit codegen writes", check: isObject },
  drift: {
    right: '"warn" or "refuse"',
    check: (value) => value === "warn" || value === "refuse",
  },
  onSpaceStatus: { right: "a function", check: isFunction },
  headers: isHeaders,
  downloadFiles: isDirectory,
  maxWorkers: isCount,
  verbose: isBoolean,
  log: { right: "a function", check: isFunction },
  sessionHash: isText,
  analyticsEnabled: isBoolean,
  fetch: { right: "a function like fetch", check: isFunction },
  retry: isRetry,
};

const callRules: Record<keyof CallOptions, Rule> = {
  ...boundRules,
  headers: isHeaders,
  resultCallbacks: {
    right: "a function or a list of functions",
    check: (value) => isFunction(value) || (Array.isArray(value) && value.every(isFunction)),
  },
  downloadFiles: isDirectory,
  eventData: { right: "a JSON value", check: () => true },
  triggerId: { right: "a component's id", check: (value) => Number.isInteger(value) },
  oauthToken: isText,
  retry: isRetry,
  idempotent: isBoolean,
  session: {
    right: '"shared" or "own"',
    check: (value) => value === "shared" || value === "own",
  },
};

function isRetryPolicy(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, part]) =>
    name === "attempts"
      ? Number.isInteger(part) && Number(part) > 0
      : (name === "minDelay" || name === "maxDelay") && typeof part === "number" && part >= 0,
  );
}

/** The options of each public function; every check throws `INVALID_OPTION` before anything happens. */
const optionRules: Record<
  "connect" | "http" | "the call" | "upload" | "viewApi" | "the wait",
  Record<string, Rule>
> = {
  connect: clientRules,
  http: httpRules,
  "the call": callRules,
  upload: uploadRules,
  viewApi: viewApiRules,
  "the wait": boundRules,
};

/**
 * Checks the options of one public function.
 *
 * @throws InputError `INVALID_OPTION` that names the option, what came and what would be right.
 */
export function checkOptions(options: unknown, where: keyof typeof optionRules): void {
  checkByRules(options, where, optionRules[where]);
}

/** The same with rules that are not among those of every page. */
export function checkByRules(
  options: unknown,
  where: string,
  rules: Readonly<Record<string, Rule>>,
): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw invalidOption(`The options of ${where} must be an object, not ${describe(options)}.`);
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const known = Object.keys(rules).join(", ");
      throw invalidOption(`${name}: ${where} has no such option. It has: ${known}.`);
    }
    if (value !== undefined && !rule.check(value)) {
      const full = where === "http" ? `http.${name}` : name;
      throw invalidOption(`${full}: it must be ${rule.right}, not ${shown(value)}.`);
    }
  }
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : describe(value);
}

/** The error of an option that is not right. */
export function invalidOption(message: string): InputError {
  return new InputError("INVALID_OPTION", message);
}
