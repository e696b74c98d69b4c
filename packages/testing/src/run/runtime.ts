import type { FileStore } from "../files/file-store.js";
import type { MediaStreams } from "../files/media-streams.js";
import type { StateStore } from "../session/state-store.js";

/** What all runs of one app share. */
export interface Runtime {
  readonly state: StateStore;
  readonly files: FileStore;
  readonly streams: MediaStreams;
  /** Whether plain exceptions reach the client. */
  readonly showError: boolean;
}
