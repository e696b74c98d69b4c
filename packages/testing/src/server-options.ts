import type { Endpoint } from "./endpoint.js";

/** Options of `createGradioServer`. */
export interface GradioServerOptions {
  /** The app's functions; their place in the list is their `fn_index`. */
  readonly endpoints: readonly Endpoint[];
  /** Default `"Gradio"`. */
  readonly title?: string;
  /** Version the server claims to be. The wire is that of 6.31 whatever it says. Default `"6.31.0"`. */
  readonly version?: string;
  /** Whether plain exceptions reach clients. Default `false`. */
  readonly showError?: boolean;
  /** Largest upload in bytes; `null` for no limit. Default `null`. */
  readonly maxFileSize?: number | null;
  /** Most calls waiting at once; `null` for no limit. Default `null`. */
  readonly queueMaxSize?: number | null;
  /** Most calls running at once over all functions. Default 40. */
  readonly maxThreads?: number;
  /** Path the app is mounted under, e.g. `"/sub/app"`. Default: none. */
  readonly rootPath?: string;
  /** Default `"127.0.0.1"`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Milliseconds between heartbeats of streams. Default 15000. */
  readonly heartbeatInterval?: number;
  /** Milliseconds that State outlives its session's heartbeat. Default one hour, as at Gradio. */
  readonly stateLifetime?: number;
  /** Called with the session's hash when its heartbeat ends, like Gradio's `unload` event. */
  readonly unload?: (sessionHash: string) => void;
}

/** The options with every default in place. */
export type ServerSettings = Required<Omit<GradioServerOptions, "unload">> & {
  readonly unload: ((sessionHash: string) => void) | undefined;
};

/** Fills in the defaults. Throws a `TypeError` for a mount path that is not one. */
export function serverSettings(options: GradioServerOptions): ServerSettings {
  const rootPath = (options.rootPath ?? "").replace(/\/+$/, "");
  if (rootPath !== "" && !rootPath.startsWith("/")) {
    throw new TypeError(`rootPath must start with a slash: ${rootPath}`);
  }
  return {
    endpoints: options.endpoints,
    title: options.title ?? "Gradio",
    version: options.version ?? "6.31.0",
    showError: options.showError ?? false,
    maxFileSize: options.maxFileSize ?? null,
    queueMaxSize: options.queueMaxSize ?? null,
    maxThreads: options.maxThreads ?? 40,
    rootPath,
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    heartbeatInterval: options.heartbeatInterval ?? 15_000,
    stateLifetime: options.stateLifetime ?? 3_600_000,
    unload: options.unload,
  };
}
