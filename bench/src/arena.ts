import type { Launcher } from "./contestant.js";
import type { ContestantName } from "./contestant.js";
import type { FileFacts } from "./programs.js";
import type { Apps, ServerName } from "./servers.js";

/** Where the contestants meet: the servers, started when a case first asks, and what was asked for. */
export interface Arena {
  readonly launcher: Launcher;
  readonly contestants: readonly ContestantName[];
  /** Fewer rounds and smaller counts. */
  readonly quick: boolean;
  apps(server: ServerName): Promise<Apps>;
  /** A file of so many megabytes, made when it is first asked for. */
  file(megabytes: number): Promise<FileFacts>;
  /** A new, empty folder. */
  folder(): Promise<string>;
  /** Says on the terminal what is going on. */
  say(what: string): void;
}
