/** Who is tried. */
export type PeerName = "ours" | "npm" | "python";

/** One call of an app. Plain data: it crosses into another process. */
export interface Call {
  readonly endpoint: string;
  readonly inputs: readonly unknown[];
  /** The text of a file that is sent as the only input. */
  readonly upload?: string;
  /** Its last value, every value of a generator, or the text in the file that it gives. */
  readonly wants: "value" | "values" | "file";
  /** What it comes to when nothing is broken. */
  readonly right: unknown;
}

/** When a call is stopped: in its own tick, at a value of its generator, when told, after its end. */
type StopTime = "at once" | "first value" | "later value" | "when told" | "after the end";

/** What a peer's program is to do, on one client. */
export interface Task {
  readonly url: string;
  /** Calls that are made, one after the other, before anything breaks. */
  readonly before: readonly Call[];
  /** The calls that are looked at. None: only connecting is. */
  readonly calls: readonly Call[];
  /** All in the same tick; each at the first value of the one before; each after the one before. */
  readonly pace: "at once" | "staggered" | "in turn";
  /** How the first call is stopped. */
  readonly stop?: StopTime | undefined;
  /** Whether files are fetched by the client itself, into `folder`, or later by its user. */
  readonly download: "at once" | "later";
  readonly folder: string;
  /** The time limit that is asked for, where the client offers one, in milliseconds. */
  readonly limit?: number | undefined;
  /** When nothing was seen of a call for so many milliseconds, it hangs. */
  readonly patience: number;
}

/** What became of one call. */
export type Outcome =
  | { readonly value: unknown }
  | {
      /** The code of the error, or its class. */
      readonly error: string;
      readonly message: string;
      /** How many values of a generator had come before. */
      readonly values?: number;
      /** What else the error tells a program. */
      readonly tells?: readonly string[];
    }
  | { readonly hangs: true };

/**
 * What a program says, a line of JSON each, and in this order; it waits for a line in between, but
 * for the first connection that is refused, or about to be made.
 */
export type Told =
  | { readonly step: "ready" }
  | { readonly step: "attempt" }
  | {
      readonly step: "outcomes";
      readonly outcomes: readonly Outcome[];
      /** From the first call, or from its stop, to the last outcome. */
      readonly seconds: number;
    }
  | { readonly step: "again"; readonly outcomes: readonly Outcome[] };
