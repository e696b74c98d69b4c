import { EndpointTable } from "./core/endpoints.js";
import type { AppConfig } from "./core/config.js";
import { redactText } from "./core/redact.js";
import { isSpaceHost, type Source } from "./core/source.js";
import type { ReachedApp } from "./hub/reach-app.js";
import { loadApp, type AppMetadata } from "./io/app-metadata.js";
import { isSamePlace, type Credentials } from "./io/credentials.js";
import type { Platform, ServedRequest, Transport } from "./io/platform.js";
import { Requests } from "./io/requests.js";
import { ResultFiles } from "./io/result-files.js";
import { defaultRetry, retryPolicyOf, type RetryPolicy } from "./io/retry.js";
import type { UploadSettings } from "./io/upload-part.js";
import { readAccess } from "./access.js";
import { Connection } from "./connection.js";
import { visitorHeader, visitorHeaders } from "./visitor.js";
import { notLoaded, type Opening } from "./opening.js";
import { dialectOf } from "./protocols/index.js";
import type { Dialect } from "./protocols/dialect.js";

/** Everything that is known of an app after connecting to it. */
export interface ConnectedApp {
  readonly platform: Platform;
  readonly transport: Transport;
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
  readonly directory: (() => string) | undefined;
  readonly log: (message: string) => void;
  /** Asks the app anew what it is, after a restart. */
  readonly reload: () => Promise<ConnectedApp>;
  /** How calls are tried again unless they say otherwise; `undefined`: not at all. */
  readonly retry: RetryPolicy | undefined;
}

/** Finds the app that is being opened, and asks it what it can do. */
export async function connectApp(opening: Opening): Promise<Connection> {
  const { platform, options, source, headers, directory, transport } = opening;
  const { disk } = platform;
  const write = options.log ?? ((message: string) => platform.log(message));
  let shown = redactText;
  const log = (message: string): void => write(shown(message));
  const tell = options.verbose === false ? () => {} : log;
  const openAccess = await readAccess(options, transport);
  let url = "";
  const open: OpenRequests = async (base, token) => {
    url = base;
    const { credentials = [], ...access } = await openAccess(base);
    const all = token === undefined ? credentials : [...credentials, token];
    const requests = new Requests(transport, base, headers, { ...access, credentials: all });
    shown = (text) => requests.redact(text);
    return requests;
  };
  const { metadata, spaceId, signer } = await reachApp(opening, { open, tell });
  const { base } = metadata.requests;
  if (!isSamePlace(url, base)) {
    tell(
      `The app is now at ${base}. Headers, cookies and a login for ${url} do not go there: connect to its new address to send them.`,
    );
  }
  const calledAsSpace = isSpace(source);
  const describe = async ({ requests, config, info }: AppMetadata): Promise<ConnectedApp> => {
    const dialect = await dialectOf(config, requests, tell);
    const api = dialect.describe?.({ config, info }) ?? { config, info };
    const table = new EndpointTable(api.config, api.info);
    return {
      platform,
      transport,
      requests,
      dialect,
      config,
      table,
      files: new ResultFiles(requests, disk, platform.mimeType, signer),
      uploadSettings: { disk, mimeType: platform.mimeType, maxFileSize: config.maxFileSize },
      spaceId: spaceId ?? config.spaceId,
      visitorHeaders: (incoming) => {
        const isFixed = incoming === undefined && Object.hasOwn(headers, visitorHeader);
        if (isFixed || !calledAsSpace) return {};
        return visitorHeaders(incoming ?? platform.servedRequest?.());
      },
      directory,
      log,
      reload: async () => {
        const { reloadApp } = await import("./reload-app.js").catch(notLoaded);
        return await fitting(await describe(await reloadApp(requests, tell)));
      },
      retry: retryPolicyOf(options.retry, defaultRetry),
    };
  };
  const fitting = async (app: ConnectedApp): Promise<ConnectedApp> => {
    if (options.spec !== undefined) {
      const { checkSpec } = await import("./check-spec.js");
      checkSpec(options.spec, app.table.all, options.drift === "refuse" ? undefined : log);
    }
    return app;
  };
  const app = await describe(metadata);
  tell(`Loaded as API: ${base}`);
  return new Connection(await fitting(app), options);
}

/** Makes the way to an app, on which the token goes along where it may. */
type OpenRequests = (base: string, token?: Credentials) => Promise<Requests>;

interface Reach {
  readonly open: OpenRequests;
  readonly tell: (message: string) => void;
}

/** An address of its own is asked right away; what has to do with the Hub takes more, loaded then. */
async function reachApp(opening: Opening, { open, tell }: Reach): Promise<ReachedApp> {
  const { source, address, options, signal } = opening;
  const load = (requests: Requests): Promise<AppMetadata> => loadApp(requests, signal, tell);
  if (options.hfToken !== undefined) tell("The option hfToken is now called token.");
  if (address !== undefined) return { metadata: await load(await open(address)) };
  const { reachByHub } = await import("./hub/index.js");
  return await reachByHub(source, { ...opening, open, load, tell });
}

function isSpace(source: Source): boolean {
  return source.kind === "space" || isSpaceHost(source.url);
}
