import { asString, isObject, type JsonObject } from "../core/json.js";
import { baseUrl } from "../core/source.js";
import type { SpaceStage } from "../core/space-stage.js";
import { SpaceError } from "../errors.js";
import type { HubApi } from "./hub-api.js";

/** What the Hub tells of a Space, as far as connecting to it needs it. */
export interface SpaceFacts {
  readonly id: string;
  /** Where it is served, with a slash at the end. */
  readonly host: string;
  readonly private: boolean;
  readonly runtime: SpaceRuntime;
}

/** How a Space is doing. */
export interface SpaceRuntime {
  readonly stage: string;
  /** What went wrong, where the stage is one of the errors. */
  readonly errorMessage: string | undefined;
  /** What it runs on; `undefined` while it is built for the first time. */
  readonly hardware: string | undefined;
  readonly requestedHardware: string | undefined;
}

/** How a Space is doing, as the Hub tells it. */
export interface SpaceStatus {
  /** Its id, such as `"user/space"`. */
  readonly id: string;
  /** The Hub's own word for it. */
  readonly stage: SpaceStage;
  /** What the stage means, as it goes on after "The Space … ". */
  readonly meaning: string;
  /** Whether it runs, or will when somebody connects to it. */
  readonly usable: boolean;
  /** What went wrong, where the stage is one of the errors. */
  readonly errorMessage: string | undefined;
  /** Whether only those whom its owner lets in can see it. */
  readonly private: boolean;
  /** What it runs on, such as `"cpu-basic"`; `undefined` while it is built for the first time. */
  readonly hardware: string | undefined;
  /** What it is to run on from its next start. */
  readonly requestedHardware: string | undefined;
  /** Where its app is served, with a slash at the end. */
  readonly host: string;
  /** Its page on the Hub. */
  readonly url: string;
}

/** Asks for a Space by its id. A host name is never computed: long and private names differ. */
export async function findSpace(hub: HubApi, id: string, signal: AbortSignal): Promise<SpaceFacts> {
  return readFacts(hub, id, await hub.get(`/api/spaces/${id}`, id, signal));
}

/** Asks which Space is served at `<subdomain>.hf.space`. */
export async function findSpaceBySubdomain(
  hub: HubApi,
  subdomain: string,
  signal: AbortSignal,
): Promise<SpaceFacts> {
  const answer = await hub.get(`/api/spaces/by-subdomain/${subdomain}`, subdomain, signal);
  return readFacts(hub, asString(answer["id"]) ?? subdomain, answer);
}

/** Asks how a Space is doing. */
export async function findRuntime(
  hub: HubApi,
  id: string,
  signal: AbortSignal,
): Promise<SpaceRuntime> {
  return readRuntime(await hub.get(`/api/spaces/${id}/runtime`, id, signal));
}

function readFacts(hub: HubApi, id: string, answer: JsonObject): SpaceFacts {
  const host = asString(answer["host"]);
  if (host === undefined || !URL.canParse(host)) {
    throw new SpaceError(`The Hub does not say where the Space "${id}" runs.`, {
      url: hub.page(id),
    });
  }
  return {
    id: asString(answer["id"]) ?? id,
    host: baseUrl(new URL(host)),
    private: answer["private"] === true,
    runtime: readRuntime(isObject(answer["runtime"]) ? answer["runtime"] : {}),
  };
}

function readRuntime(answer: JsonObject): SpaceRuntime {
  const hardware = isObject(answer["hardware"]) ? answer["hardware"] : {};
  return {
    stage: asString(answer["stage"]) ?? "RUNNING",
    errorMessage: asString(answer["errorMessage"]),
    hardware: asString(hardware["current"]),
    requestedHardware: asString(hardware["requested"]),
  };
}
