import { legible } from "./core/too-deep.js";
import { checkOptions, invalidOption } from "./check-options.js";
import type { Connection } from "./connection.js";
import { isSpaceHost, parseSource, type Source } from "./core/source.js";
import { ConnectionError } from "./errors.js";
import { readHeaders } from "./headers.js";
import { startDeadline, waitFor } from "./io/deadline.js";
import { configRoute, HeadStart, infoRoute, usualPrefix } from "./io/head-start.js";
import type { Platform, Transport } from "./io/platform.js";
import type { ClientOptions } from "./options.js";
import { directoryOf } from "./result-directory.js";

const defaultTimeout = 60_000;

/** The way to an app that has not answered yet. */
export interface Opening {
  readonly platform: Platform;
  readonly options: ClientOptions;
  readonly source: Source;
  /** Where the app is to be asked right away: the Hub and tokens have nothing to do with it. */
  readonly address: string | undefined;
  /** The caller's headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where result files go unless a call says otherwise; `undefined`: they stay on the server. */
  readonly directory: (() => string) | undefined;
  readonly transport: Transport;
  /** Ends connecting. */
  readonly signal: AbortSignal;
}

/**
 * Connects to an app: the part of it that is there from the start. It checks what the caller wants,
 * and asks the app; what makes something of the answers is loaded meanwhile.
 */
export async function openConnection(
  platform: Platform,
  src: unknown,
  options: ClientOptions,
): Promise<Connection> {
  checkOptions(options, "connect");
  if (options.http !== undefined) checkOptions(options.http, "http");
  const source = parseSource(src, platform.environment("HF_ENDPOINT"));
  const address = addressOf(source, options);
  const { disk } = platform;
  const directory = directoryOf(options.downloadFiles, disk, disk?.defaultDirectory());
  const transport = new HeadStart(openTransport(platform, options));
  const headers = readHeaders(options.headers, transport);
  const { signal: wanted, timeout = defaultTimeout } = options;
  // An address without credentials, query and fragment, by now.
  const name = source.kind === "url" ? source.url : source.id;
  const deadline = startDeadline({ signal: wanted, timeout }, `Connecting to ${name}`);
  const { signal } = deadline;
  try {
    const loading = import("./connect.js").catch(notLoaded);
    // Cookies and limits of the caller's own need what is being loaded.
    const { cookies, timeout: limit } = options.http ?? {};
    if (address !== undefined && cookies === undefined && limit === undefined) {
      for (const route of [configRoute, usualPrefix + infoRoute]) {
        transport.ask({ method: "GET", url: address.slice(0, -1) + route, headers, signal });
      }
    }
    const { connectApp } = await waitFor(loading, signal);
    return await connectApp({
      platform,
      options,
      source,
      address,
      headers,
      directory,
      transport,
      signal,
    });
  } catch (error) {
    transport.close();
    throw legible(error);
  } finally {
    deadline.release();
  }
}

/** Opens the way to servers as the options want it. */
export function openTransport(platform: Platform, options: ClientOptions): Transport {
  const { fetch: ownFetch, sslVerify, http: { cookies, ...connection } = {} } = options;
  const transport = platform.createTransport({ fetch: ownFetch, connection, sslVerify });
  if (cookies !== undefined && transport.unsendable?.({ cookie: "" }) !== undefined) {
    throw invalidOption("http.cookies: this runtime keeps cookies by itself.");
  }
  return transport;
}

function addressOf(source: Source, { token, hfToken }: ClientOptions): string | undefined {
  const named = token ?? hfToken;
  return source.kind === "url" && !isSpaceHost(source.url) && typeof named !== "string"
    ? source.url
    : undefined;
}

/** Bundlers and import maps put the parts of the library on the page's own server. */
export function notLoaded(cause: unknown): never {
  throw new ConnectionError(
    "UNREACHABLE",
    "A part of this library cannot be loaded from where the program came from.",
    { cause, retryable: true },
  );
}
