import type { IncomingMessage, ServerResponse } from "node:http";

/** Something that goes wrong with a request or its answer. Made by `reset`, `cut`, `answer`, … */
export interface Fault {
  /** What `requests` of a proxy calls it. */
  readonly name: string;
  /**
   * Called before the request goes on.
   *
   * @returns false when it does not: the fault has dealt with it.
   */
  readonly before?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** The way of the request's body; behind a proxy only. */
  readonly requestBody?: (body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** What becomes of the answer; called once for each. */
  readonly bend?: (wire: AnswerWire) => AnswerBend;
}

/** An answer as the server gives it, piece by piece. */
export interface AnswerBend {
  /** The status and the headers may leave. */
  head?(): void;
  /** A piece of the body. */
  write(chunk: Buffer): void;
  /** The body is over. */
  end(): void;
}

/** The way to the client. */
export interface AnswerWire {
  /** Fires when the answer has left or its connection is gone. */
  readonly closed: AbortSignal;
  /** Sends the status and the headers. */
  head(): void;
  /** Sends a piece of the body. */
  write(chunk: Uint8Array): void;
  /** Ends the answer as it should end. */
  end(): void;
  /** Breaks the connection off in the way that is asked for. */
  breakOff(how: BreakKind): void;
}

/** A TCP reset; the end of the connection without the end of the body; the regular end of the body. */
export type BreakKind = "reset" | "hangUp" | "end";
