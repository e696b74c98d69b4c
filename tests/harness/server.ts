/** The apps that each server of the matrix offers; tests/apps says what they hold. */
export const APP_NAMES = ["main", "single", "crowded", "reserved", "farewell", "mounted"] as const;

export type AppName = (typeof APP_NAMES)[number];

/** One server of the matrix, running. Plain data: it is passed to the test workers. */
export interface Server {
  /** `"gradio 6.31.0"`, …, `"embedded"`. */
  readonly name: string;
  /** The version that `/config` reports. */
  readonly version: string;
  /** The address of each app, as a user would type it: without a trailing slash. */
  readonly apps: Readonly<Record<AppName, string>>;
}

export interface StartedServer {
  readonly server: Server;
  end(): Promise<void>;
}
