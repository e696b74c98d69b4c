import type { FaultProxy } from "@gradio-kit/testing";
import type { AppControl } from "./app-control.js";
import type { PeerName } from "./task.js";

/** The names of the apps of python/fault_apps.py. */
export type FaultAppName = "calls" | "visits";

/** What happens when one peer is tried: its app, and the proxy that stands before it. */
export interface Stage {
  readonly peer: PeerName;
  readonly proxy: FaultProxy;
  readonly app: AppControl;
  /** Names what the app notes of this trial, and its gate. */
  readonly tag: string;
  /**
   * Asks again and again until the answer is yes, or it is plain that it never will be. Rejects when
   * the trial is over before.
   */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
  /** Rejects when the trial is over before. */
  pause(milliseconds: number): Promise<void>;
  /** Ends the app's process, and has another one answer in its place. */
  restart(): Promise<void>;
  /** Whether the peer has tried to connect since the call was made, while nothing listens. */
  attempted(): boolean;
  /** Tells the peer's program to stop its call. */
  stop(): void;
}
