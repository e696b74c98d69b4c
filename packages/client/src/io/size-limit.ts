import { redactUrl } from "../core/redact.js";
import { ProtocolError } from "../errors.js";

/**
 * Largest answer, and largest message of an event stream, unless the caller says otherwise: in bytes.
 * A little less than the longest text that JavaScript engines can hold.
 */
export const defaultResponseSize: number = 500 * 1024 * 1024;

/** Holds what a server sends into memory to a size. */
export class SizeLimit {
  readonly #most: number;
  readonly #url: string;
  #size = 0;

  constructor(most: number, url: string) {
    this.#most = most;
    this.#url = url;
  }

  /** Most bytes. */
  get most(): number {
    return this.#most;
  }

  /** @throws ProtocolError when it is too much. */
  add(bytes: number): void {
    this.#size += bytes;
    if (this.#size > this.#most) throw this.exceeded();
  }

  /** What somebody says who has found out that it is too much. */
  exceeded(): ProtocolError {
    return new ProtocolError(
      "UNEXPECTED_MESSAGE",
      `${redactUrl(this.#url)} sends more than ${this.#most} bytes at once (http.maxResponseSize).`,
    );
  }

  /** Starts anew: what has come so far has been dealt with. */
  reset(): void {
    this.#size = 0;
  }
}
