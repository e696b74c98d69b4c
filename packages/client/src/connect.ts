import { EndpointTable } from "./core/endpoints.js";
import type { AppConfig } from "./core/config.js";
import { redactText, redactUrl } from "./core/redact.js";
import { isSpaceHost, parseSource, type Source } from "./core/source.js";
import { InputError } from "./errors.js";
import type { ReachedApp } from "./hub/reach-app.js";
import { loadApp, type AppMetadata } from "./io/app-metadata.js";
import { isSamePlace, type Credentials } from "./io/credentials.js";
import { startDeadline } from "./io/deadline.js";
import type { Disk, Platform, ServedRequest, Transport } from "./io/platform.js";
import { Requests } from "./io/requests.js";
import { ResultFiles } from "./io/result-files.js";
import { defaultRetry, retryPolicyOf, type RetryPolicy } from "./io/retry.js";
import type { UploadSettings } from "./io/upload-part.js";
import { readAccess } from "./access.js";
import { checkOptions } from "./check-options.js";
import { visitorHeader, visitorHeaders } from "./visitor.js";
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
  /** Headers that tell a Space for whom it is called, if this program is answering somebody. */
  readonly visitorHeaders: (incoming?: ServedRequest) => Readonly<Record<string, string>>;
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
  const source = parseSource(src, platform.environment("HF_ENDPOINT"));
  const headers = readHeaders(options.headers);
  const { disk } = platform;
  const directory = directoryOf(options.downloadFiles, disk, disk?.defaultDirectory());
  const write = options.log ?? ((message: string) => platform.log(message));
  let shown = redactText;
  const log = (message: string): void => write(shown(message));
  const tell = options.verbose === false ? () => {} : log;
  const { signal, timeout = defaultTimeout } = options;
  const openAccess = await readAccess(options);
  const transport = openTransport(platform, options);
  const name = source.kind === "url" ? redactUrl(source.url) : source.id;
  const deadline = startDeadline({ signal, timeout }, `Connecting to ${name}`);
  try {
    let url = "";
    const open: OpenRequests = async (base, token) => {
      url = base;
      const { credentials = [], ...access } = await openAccess(base);
      const all = token === undefined ? credentials : [...credentials, token];
      const requests = new Requests(transport, base, headers, { ...access, credentials: all });
      shown = (text) => requests.redact(text);
      return requests;
    };
    const reach: Reach = { platform, transport, options, open, signal: deadline.signal, tell };
    const { metadata, spaceId, signer } = await reachApp(source, reach);
    const { requests, config, info } = metadata;
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
      files: new ResultFiles(requests, disk, platform.mimeType, signer),
      uploadSettings: { disk, mimeType: platform.mimeType, maxFileSize: config.maxFileSize },
      spaceId: spaceId ?? config.spaceId,
      visitorHeaders: (incoming) => {
        const isFixed = incoming === undefined && Object.hasOwn(headers, visitorHeader);
        if (isFixed || !isSpace(source)) return {};
        return visitorHeaders(incoming ?? platform.servedRequest?.());
      },
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

/** Makes the way to an app, on which the token goes along where it may. */
type OpenRequests = (base: string, token?: Credentials) => Promise<Requests>;

interface Reach {
  readonly platform: Platform;
  readonly transport: Transport;
  readonly options: ClientOptions;
  readonly open: OpenRequests;
  readonly signal: AbortSignal;
  readonly tell: (message: string) => void;
}

/** An address of its own is asked right away; what has to do with the Hub takes more, loaded then. */
async function reachApp(source: Source, reach: Reach): Promise<ReachedApp> {
  const { options, open, signal, tell } = reach;
  const load = (requests: Requests): Promise<AppMetadata> => loadApp(requests, signal, tell);
  if (options.hfToken !== undefined) tell("The option hfToken is now called token.");
  const named = options.token ?? options.hfToken;
  if (source.kind === "url" && !isSpace(source) && typeof named !== "string") {
    return { metadata: await load(await open(source.url)) };
  }
  const { reachByHub } = await import("./hub/index.js");
  return await reachByHub(source, { ...reach, load });
}

/** Opens the way to servers as the options want it. */
export function openTransport(platform: Platform, options: ClientOptions): Transport {
  const { fetch: ownFetch, sslVerify, http: { cookies: _, ...connection } = {} } = options;
  return platform.createTransport({ fetch: ownFetch, connection, sslVerify });
}

function isSpace(source: Source): boolean {
  return source.kind === "space" || isSpaceHost(source.url);
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
