import { parseSource, type Source } from "../core/source.js";
import { meaningOf } from "../core/space-stage.js";
import { InputError } from "../errors.js";
import type { Platform, Transport } from "../io/platform.js";
import { duplicateSpace, type CopySettings } from "./duplicate.js";
import { HubApi, hubAddress } from "./hub-api.js";
import { reachApp, type ReachedApp, type ReachSettings } from "./reach-app.js";
import { findSpace, type SpaceStatus } from "./space-facts.js";
import { findToken, type TokenOptions } from "./token.js";

/** What everything that has to do with the Hub needs. */
interface HubContext {
  readonly platform: Platform;
  readonly transport: Transport;
  readonly options: TokenOptions & Pick<ReachSettings, "onSpaceStatus">;
  readonly signal: AbortSignal;
  readonly tell: (message: string) => void;
}

/** Reaches an app that the Hub or a token has to do with. */
export async function reachByHub(
  source: Source,
  context: HubContext & Pick<ReachSettings, "open" | "load">,
): Promise<ReachedApp> {
  const { platform, options } = context;
  const token = await findToken(options, platform);
  const { onSpaceStatus } = options;
  const hubUrl = hubAddress(platform);
  // A page shows files by their address; where there is a disk, they are fetched with the header.
  const signs = platform.disk === undefined;
  return await reachApp(source, { ...context, onSpaceStatus, hubUrl, token, signs });
}

/** Makes a copy of a Space, or finds the one that is there; gives its id. */
export async function duplicateByHub(
  fromId: unknown,
  context: HubContext,
  settings: Omit<CopySettings, "tell">,
): Promise<string> {
  const { platform, transport, options, signal, tell } = context;
  const id = spaceId("fromId", fromId, platform);
  const hub = new HubApi(transport, hubAddress(platform), await findToken(options, platform));
  return await duplicateSpace(hub, id, { ...settings, tell }, signal);
}

/** How a Space is doing; asking does not wake it. */
export async function statusByHub(
  wanted: unknown,
  { platform, transport, options, signal }: Omit<HubContext, "tell">,
): Promise<SpaceStatus> {
  const id = spaceId("id", wanted, platform);
  const hub = new HubApi(transport, hubAddress(platform), await findToken(options, platform));
  const { runtime, ...facts } = await findSpace(hub, id, signal);
  const { kind, text: meaning } = meaningOf(runtime.stage);
  const usable = kind !== "failed";
  return { ...facts, ...runtime, meaning, usable, url: hub.page(facts.id) };
}

function spaceId(name: string, value: unknown, platform: Platform): string {
  const source = parseSource(value, platform.environment("HF_ENDPOINT"));
  if (source.kind === "space") return source.id;
  throw new InputError("INVALID_SOURCE", `${name}: it must be the id of a Space ("user/name").`);
}
