import { redactText } from "../core/redact.js";
import { GradioError } from "../errors.js";

/** Header names that hold a secret. */
const secretHeader = /auth|cookie|credential|key|pass|secret|session|sign|token/;
/** How deep an error of the runtime is looked into. */
const deepest = 6;

/**
 * Takes secrets out of what is shown: the ones that look like it, and the ones that a client was
 * given. What is secret is asked for anew each time, because cookies change.
 */
export class Secrets {
  readonly #known: () => Iterable<string>;

  constructor(known: () => Iterable<string> = () => []) {
    this.#known = known;
  }

  redact(text: string): string {
    return redactText(text, longestFirst(this.#known()));
  }

  /**
   * An error that can be shown. One of the runtime that has a secret in it, however deep, is replaced
   * by a copy without; the library's own are cleaned in place.
   */
  clean(error: unknown, more: readonly string[] = []): unknown {
    const known = longestFirst([...this.#known(), ...more]);
    return cleanError(error, (text) => redactText(text, known), 0);
  }
}

/** The secrets in headers: values as they are, and what is behind `Bearer` or `Basic`. */
export function secretsOf(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers)
    .filter(([name]) => secretHeader.test(name))
    .flatMap(([name, value]) => (name === "cookie" ? cookieValues(value) : schemeAndRest(value)));
}

/** How a secret looks on its way: as it is, and as a form or an address has it. */
export function formsOf(secret: string): string[] {
  const escaped = encodeURIComponent(secret);
  return [secret, escaped, escaped.replaceAll("%20", "+")];
}

function cookieValues(header: string): string[] {
  return header.split(";").map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
}

function schemeAndRest(value: string): string[] {
  const [scheme = "", rest] = value.split(/\s+(.*)/s);
  if (rest === undefined) return [value];
  return [value, rest, ...(/^basic$/i.test(scheme) ? passwordOf(rest) : [])];
}

function passwordOf(encoded: string): string[] {
  try {
    const text = atob(encoded);
    return text.includes(":") ? formsOf(text.slice(text.indexOf(":") + 1)) : [];
  } catch {
    // No base64: then the text itself is all there is to hide.
    return [];
  }
}

/** A secret can contain another one, which must not break it up first. */
function longestFirst(secrets: Iterable<string>): string[] {
  return [...secrets].toSorted((a, b) => b.length - a.length);
}

function cleanError(error: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof error === "string") return redact(error);
  if (!(error instanceof Error)) return isClean(error, redact, depth) ? error : undefined;
  if (error instanceof GradioError) {
    rewrite(error, "message", redact(error.message));
    if (error.stack !== undefined) rewrite(error, "stack", redact(error.stack));
    if (error.cause !== undefined) {
      rewrite(error, "cause", cleanError(error.cause, redact, depth + 1));
    }
    for (const [name, value] of Object.entries(error)) {
      if (!isClean(value, redact, depth))
        Object.assign(error, { [name]: cleanValue(value, redact) });
    }
    return error;
  }
  if (isClean(error, redact, depth)) return error;
  const copy = new Error(redact(error.message));
  copy.name = error.name;
  if (error.stack !== undefined) rewrite(copy, "stack", redact(error.stack));
  const code: unknown = "code" in error ? error.code : undefined;
  if (typeof code === "string") Object.assign(copy, { code });
  return copy;
}

/** What an app said, of which the text around a secret may stay. */
function cleanValue(value: unknown, redact: (text: string) => string): unknown {
  return JSON.parse(JSON.stringify(value), (_name, part: unknown) =>
    typeof part === "string" ? redact(part) : part,
  );
}

/** As the constructor made it: readable, and out of the way of a loop over the members. */
function rewrite(error: Error, name: "message" | "stack" | "cause", value: unknown): void {
  if (error[name] === value) return;
  Object.defineProperty(error, name, {
    value,
    enumerable: false,
    writable: true,
    configurable: true,
  });
}

/** Whether nothing in a value, at any depth, is to be taken out. */
function isClean(value: unknown, redact: (text: string) => string, depth: number): boolean {
  if (typeof value === "string") return redact(value) === value;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return true;
  // What is deeper than anybody looks is not handed on.
  if (depth > deepest) return false;
  return Reflect.ownKeys(value).every((key) => {
    const { value: member } = Reflect.getOwnPropertyDescriptor(value, key) ?? {};
    return isClean(member, redact, depth + 1);
  });
}
