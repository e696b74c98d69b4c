import type { FaultRule } from "@gradio-kit/testing";
import type { FaultAppName, Stage } from "./stage.js";
import type { Call, PeerName, Task } from "./task.js";

/** One fault: a row of the page, named as in docs/reliability.md. */
export interface PeerFault {
  readonly fault: string;
  /** Default: `"calls"`. */
  readonly app?: FaultAppName;
  /** Default: none. */
  readonly before?: readonly Call[];
  /** Default: one call of `/hold`. */
  readonly calls?: (tag: string, peer: PeerName) => readonly Call[];
  readonly pace?: Task["pace"];
  readonly stop?: Task["stop"];
  readonly download?: Task["download"];
  readonly limit?: number;
  /** Another address than the proxy's. */
  readonly address?: () => Promise<Address>;
  /** From the moment at which the client is connected, or wants to be. */
  readonly rules?: () => readonly FaultRule[];
  /** Before the call is made. */
  readonly beforehand?: (stage: Stage) => Promise<void>;
  /** Once the call is made. */
  readonly meanwhile?: (stage: Stage) => Promise<void>;
  /**
   * Whether the function ends at once (default), or only a moment after `meanwhile`, or after it has
   * begun: who goes on waiting gets its value then.
   */
  readonly ends?: "at once" | "later" | "with the trial";
  /** Whether its process is ended: it needs one of its own. */
  readonly restarts?: boolean;
  /** How often the functions may run. Default: 1. */
  readonly runs?: number;
  /** Who cannot be tried, and why. */
  readonly notFor?: Partial<Readonly<Record<PeerName, string>>>;
  /** What else has to be so, and what is said when it is not. */
  readonly check?: (
    stage: Stage,
    seen: { readonly filesLeft: number },
  ) => Promise<string | undefined>;
}

/** Where the app seems to be. */
export interface Address extends AsyncDisposable {
  readonly url: string;
}

/** Faults that belong together: a table of the page, named as in docs/reliability.md. */
export interface FaultGroup {
  readonly title: string;
  readonly rows: readonly PeerFault[];
}

export const hold = (tag: string): Call => ({
  endpoint: "/hold",
  inputs: [tag],
  wants: "value",
  right: tag,
});

export const greet = (name: string): Call => ({
  endpoint: "/greet",
  inputs: [name],
  wants: "value",
  right: `Hello ${name}!`,
});

/** A generator of so many values, five in a second. */
export const steps = (tag: string, count: number): Call => ({
  endpoint: "/steps",
  inputs: [tag, count],
  wants: "values",
  right: Array.from({ length: count }, (_, value) => value),
});

/** The request with which a call joins the queue. */
export const join = { method: "POST", path: "/queue/join" } as const;
/** The request for the event stream of a session. */
export const stream = { method: "GET", path: "/queue/data" } as const;
