import { isSpaceHost, type Source } from "../core/source.js";
import { AuthenticationError, GradioError, HttpError } from "../errors.js";
import type { AppMetadata } from "../io/app-metadata.js";
import { pauseFor } from "../io/retry.js";
import type { Transport } from "../io/platform.js";
import type { Credentials } from "../io/credentials.js";
import type { Requests } from "../io/requests.js";
import type { AddressSigner } from "../io/result-files.js";
import { AddressSignature } from "./address-signature.js";
import { HubApi } from "./hub-api.js";
import { findSpace, findSpaceBySubdomain, type SpaceFacts } from "./space-facts.js";
import type { Token } from "./token.js";
import { isSafe } from "./token.js";
import { tokenFor } from "./token-credentials.js";
import { untilRunning } from "./wait-for-space.js";

/** How often an app is asked again that has only just been started, and for how long between. */
const mostTries = 10;
const firstPause = 300;
const longestPause = 5000;

/** What is needed to reach an app that the Hub or a token has to do with. */
export interface ReachSettings {
  readonly transport: Transport;
  readonly hubUrl: string;
  readonly token: Token | undefined;
  readonly signal: AbortSignal;
  readonly tell: (message: string) => void;
  readonly onSpaceStatus?: ((stage: string) => void) | undefined;
  /** Whether addresses of a private Space's files are to be signed. */
  readonly signs: boolean;
  /** Makes the way to the app at an address. */
  readonly open: (url: string, token?: Credentials) => Promise<Requests>;
  /** Asks the app what it can do. */
  readonly load: (requests: Requests) => Promise<AppMetadata>;
}

/** An app that has been reached. */
export interface ReachedApp {
  readonly metadata: AppMetadata;
  /** The id of the Space, where it is one. */
  readonly spaceId?: string | undefined;
  /** Signs addresses of files, where the Space is private and signatures are wanted. */
  readonly signer?: AddressSigner | undefined;
}

/**
 * Reaches an app by way of the Hub: finds the Space, waits until it runs, and sees to it that the
 * token goes along where it may.
 */
export async function reachApp(source: Source, settings: ReachSettings): Promise<ReachedApp> {
  const { transport, token, tell, signal, load } = settings;
  const hub = new HubApi(transport, settings.hubUrl, token);
  const facts = await findFacts(source, hub, signal);
  const url = facts?.host ?? (source as { readonly url: string }).url;
  if (token?.explicit === true && !isSafe(url)) {
    tell(`The token is not sent to ${url}: it would go unencrypted.`);
  }
  const mayCarry = facts !== undefined || token?.explicit === true || isSpaceHost(url);
  const requests = await settings.open(
    url,
    mayCarry && token !== undefined ? tokenFor(token, url, transport) : undefined,
  );
  const waited =
    facts !== undefined && (await untilRunning(facts, { ...settings, hub, space: requests }));
  try {
    const metadata = await loadPatiently(() => load(requests), waited ? mostTries : 1, signal);
    const signs = settings.signs && facts?.private === true && token !== undefined;
    const signer = signs ? new AddressSignature(hub, facts.id, url) : undefined;
    return { metadata, spaceId: facts?.id, signer };
  } catch (error) {
    throw isEdgeRefusal(error) ? refusedByEdge(url, token, error) : error;
  }
}

/** What the Hub knows of the app. For an address of a Space it is good to know, for an id needed. */
async function findFacts(
  source: Source,
  hub: HubApi,
  signal: AbortSignal,
): Promise<SpaceFacts | undefined> {
  if (source.kind === "space") return await findSpace(hub, source.id, signal);
  if (!isSpaceHost(source.url)) return undefined;
  const subdomain = new URL(source.url).hostname.slice(0, -".hf.space".length);
  try {
    const facts = await findSpaceBySubdomain(hub, subdomain, signal);
    return { ...facts, host: source.url };
  } catch (error) {
    signal.throwIfAborted();
    // The address is enough to connect; whether it may be used, the Space itself says.
    if (error instanceof GradioError) return undefined;
    throw error;
  }
}

/** A Space that the Hub calls running may still need a moment to answer. */
async function loadPatiently<T>(
  load: () => Promise<T>,
  tries: number,
  signal: AbortSignal,
): Promise<T> {
  let wait = firstPause;
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await load();
    } catch (error) {
      const passing = error instanceof HttpError && error.status >= 500 && error.retryable;
      if (left <= 0 || !passing) throw error;
      await pauseFor(wait, signal);
      wait = Math.min(wait * 2, longestPause);
    }
  }
}

/** A 401 that is not Gradio's comes from what stands in front of a private Space. */
function isEdgeRefusal(error: unknown): error is AuthenticationError {
  return (
    error instanceof AuthenticationError &&
    error.code === "LOGIN_REQUIRED" &&
    error.cause instanceof HttpError &&
    !error.cause.body.startsWith("{")
  );
}

function refusedByEdge(
  url: string,
  token: Token | undefined,
  cause: AuthenticationError,
): AuthenticationError {
  return token === undefined
    ? new AuthenticationError(
        "TOKEN_REQUIRED",
        `The app at ${url} is private: pass a token of somebody who may see it (the option token).`,
        cause,
      )
    : new AuthenticationError(
        "INVALID_CREDENTIALS",
        `The app at ${url} does not take the token of ${token.from}.`,
        cause,
      );
}
