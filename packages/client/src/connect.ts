import { EndpointTable } from "./core/endpoints.js";
import type { AppConfig } from "./core/config.js";
import { redactText, redactUrl } from "./core/redact.js";
import { parseSource } from "./core/source.js";
import { InputError } from "./errors.js";
import { loadApp } from "./io/app-metadata.js";
import { isSamePlace } from "./io/credentials.js";
import { startDeadline } from "./io/deadline.js";
import type { Disk, Platform, Transport } from "./io/platform.js";
import { Requests } from "./io/requests.js";
import { ResultFiles } from "./io/result-files.js";
import { defaultRetry, retryPolicyOf, type RetryPolicy } from "./io/retry.js";
import type { UploadSettings } from "./io/upload-part.js";
import { readAccess } from "./access.js";
import { checkOptions } from "./check-options.js";
import { readHeaders } from "./headers.js";
import type { ClientOptions } from "./options.js";
import { dialectOf } from "./protocols/index.js";
import type { Dialect } from "./protocols/dialect.js";

/** Everything that is known of an app after connecting to it. */
export interface ConnectedApp {
  readonly platform: Platform;
  readonly requests: Requests;
  readonly dialect: Dialect;
  readonly config: AppConfig;
  readonly table: EndpointTable;
  readonly files: ResultFiles;
  readonly uploadSettings: UploadSettings;
  readonly spaceId: string | undefined;
  /** Where result files go unless a call says otherwise; `undefined`: they stay on the server. */
  readonly directory: string | undefined;
  readonly log: (message: string) => void;
  /** How calls are tried again unless they say otherwise; `undefined`: not at all. */
  readonly retry: RetryPolicy | undefined;
}

const defaultTimeout = 60_000;

/** Finds the app behind `src` and asks it what it can do; leaves nothing open when it fails. */
export async function connectApp(
  platform: Platform,
  src: unknown,
  options: ClientOptions,
): Promise<ConnectedApp> {
  checkOptions(options, "connect");
  if (options.http !== undefined) checkOptions(options.http, "http");
  const source = parseSource(src);
  const headers = readHeaders(options.headers);
  const { disk } = platform;
  const directory = directoryOf(options.downloadFiles, disk, disk?.defaultDirectory());
  const write = options.log ?? ((message: string) => platform.log(message));
  let shown = redactText;
  const log = (message: string): void => write(shown(message));
  const tell = options.verbose === false ? () => {} : log;
  const { signal, timeout = defaultTimeout, http: { cookies: _, ...connection } = {} } = options;
  const openAccess = readAccess(options, platform);
  const { fetch: ownFetch, sslVerify } = options;
  const transport = platform.createTransport({ fetch: ownFetch, connection, sslVerify });
  const name = source.kind === "url" ? redactUrl(source.url) : source.id;
  const deadline = startDeadline({ signal, timeout }, `Connecting to ${name}`);
  try {
    const url =
      source.kind === "url"
        ? source.url
        : await hostOf(source.id, transport, platform, deadline.signal);
    const first = new Requests(transport, url, headers, await openAccess(url));
    shown = (text) => first.redact(text);
    const { requests, config, info } = await loadApp(first, deadline.signal, tell);
    if (!isSamePlace(url, requests.base)) {
      tell(
        `The app is now at ${requests.base}. Headers, cookies and a login for ${url} do not go there: connect to its new address to send them.`,
      );
    }
    const dialect = await dialectOf(config, requests, platform, tell);
    const api = dialect.describe?.({ config, info }) ?? { config, info };
    tell(`Loaded as API: ${requests.base}`);
    return {
      platform,
      requests,
      dialect,
      config,
      table: new EndpointTable(api.config, api.info),
      files: new ResultFiles(requests, disk, platform.mimeType),
      uploadSettings: { disk, mimeType: platform.mimeType, maxFileSize: config.maxFileSize },
      spaceId: source.kind === "space" ? source.id : config.spaceId,
      directory,
      log,
      retry: retryPolicyOf(options.retry, defaultRetry),
    };
  } catch (error) {
    transport.close();
    throw error;
  } finally {
    deadline.release();
  }
}

/** Where a Space runs; who gives an address needs no Hub. */
async function hostOf(
  spaceId: string,
  transport: Transport,
  platform: Platform,
  signal: AbortSignal,
): Promise<string> {
  const { defaultHub, findSpace } = await import("./hub/host.js");
  const hub = platform.environment("HF_ENDPOINT") ?? defaultHub;
  return await findSpace(transport, hub, spaceId, signal);
}

/**
 * The directory that `downloadFiles` stands for; `undefined` for none.
 *
 * @param fallback what it is where the caller says nothing.
 * @throws InputError `INVALID_OPTION` when there is no disk, or a file is in its place.
 */
export function directoryOf(
  option: string | false | undefined,
  disk: Disk | undefined,
  fallback: string | undefined,
): string | undefined {
  if (option === false) return undefined;
  if (option === undefined) return fallback;
  if (disk === undefined) {
    throw new InputError(
      "INVALID_OPTION",
      "downloadFiles: there is no disk here; use false, and save results yourself.",
    );
  }
  disk.checkDirectory(option, "downloadFiles");
  return option;
}
