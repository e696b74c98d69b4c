/** How far an upload or a download has come. */
export interface TransferProgress {
  /** Bytes so far; never less than before. */
  readonly loaded: number;
  /** Bytes in all; `undefined` when nobody knows yet. */
  readonly total: number | undefined;
}

/** What can be told to one upload or download. */
export interface TransferOptions {
  /** Stops it: it rejects with the signal's reason, and nothing half-done stays behind. */
  readonly signal?: AbortSignal | undefined;
  /** Called at most about ten times a second, and once at the end. */
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}
