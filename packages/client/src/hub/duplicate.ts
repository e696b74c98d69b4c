import { asString } from "../core/json.js";
import { AuthenticationError, HttpError, SpaceError } from "../errors.js";
import type { HubApi } from "./hub-api.js";
import { findRuntime, type SpaceRuntime } from "./space-facts.js";

/** What duplicating a Space can be told, beside what connecting to the copy can be. */
export interface CopySettings {
  readonly toId: string | undefined;
  readonly private: boolean;
  readonly hardware: string | undefined;
  readonly secrets: Readonly<Record<string, string>> | undefined;
  readonly variables: Readonly<Record<string, string>> | undefined;
  /** Minutes. */
  readonly sleepTimeout: number;
  readonly tell: (message: string) => void;
}

/** The hardware that costs nothing; it sleeps when the Hub wants it to. */
const freeHardware = "cpu-basic";

/**
 * Makes a copy of a Space in the account of the token's owner, or finds the one that is there.
 *
 * @returns the id of the copy.
 */
export async function duplicateSpace(
  hub: HubApi,
  fromId: string,
  settings: CopySettings,
  signal: AbortSignal,
): Promise<string> {
  if (hub.token === undefined) {
    throw new AuthenticationError(
      "TOKEN_REQUIRED",
      `To duplicate "${fromId}" a token with the right to write is needed (the option token). Make one at ${hub.url}settings/tokens.`,
    );
  }
  const original = await findRuntime(hub, fromId, signal);
  const id = await targetId(hub, fromId, settings.toId, signal);
  const hardware = settings.hardware ?? hardwareOf(original) ?? freeHardware;
  const existing = await findExisting(hub, id, signal);
  if (existing === undefined) await create(hub, fromId, id, hardware, settings, signal);
  else await adapt(hub, id, existing, hardware, settings, signal);
  return id;
}

/** The id of the copy: in the account of the token's owner, unless the caller names another one. */
async function targetId(
  hub: HubApi,
  fromId: string,
  toId: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (toId?.includes("/") === true) return toId;
  const owner = asString((await hub.get("/api/whoami-v2", fromId, signal))["name"]);
  return `${owner ?? ""}/${toId ?? fromId.split("/")[1] ?? ""}`;
}

async function findExisting(
  hub: HubApi,
  id: string,
  signal: AbortSignal,
): Promise<SpaceRuntime | undefined> {
  try {
    return await findRuntime(hub, id, signal);
  } catch (error) {
    if (error instanceof SpaceError && error.code === "SPACE_NOT_FOUND") return undefined;
    throw error;
  }
}

async function create(
  hub: HubApi,
  fromId: string,
  id: string,
  hardware: string,
  settings: CopySettings,
  signal: AbortSignal,
): Promise<void> {
  const { tell, secrets, variables, sleepTimeout } = settings;
  tell(`Duplicating the Space ${fromId} as ${id} …`);
  const paid = hardware !== freeHardware;
  const wanted = {
    repository: id,
    private: settings.private,
    hardware,
    // Free hardware has a time of its own, which cannot be changed.
    ...(paid ? { sleepTimeSeconds: sleepTimeout * 60 } : {}),
    // Together with the copy: it starts with them, and is not started again for each.
    ...(secrets === undefined ? {} : { secrets: listed(secrets) }),
    ...(variables === undefined ? {} : { variables: listed(variables) }),
  };
  try {
    await hub.post(`/api/spaces/${fromId}/duplicate`, fromId, wanted, signal);
  } catch (error) {
    // Made by somebody else since it was looked for: it is there, which is what counts.
    if (error instanceof HttpError && error.status === 409) return;
    throw error;
  }
  tell(`Made the Space ${hub.page(id)}`);
  if (paid) tellPrice(hub, id, hardware, tell);
}

/** Brings the copy that is there to what the caller wants, as far as that is done without harm. */
async function adapt(
  hub: HubApi,
  id: string,
  existing: SpaceRuntime,
  hardware: string,
  { tell, secrets, variables, sleepTimeout }: CopySettings,
  signal: AbortSignal,
): Promise<void> {
  tell(`Using your existing Space ${hub.page(id)}`);
  if (secrets !== undefined || variables !== undefined) {
    tell("Its secrets and variables stay as they are: they are set only when a copy is made.");
  }
  const sleepTime = { seconds: sleepTimeout * 60 };
  if (hardwareOf(existing) !== hardware) {
    await hub.post(`/api/spaces/${id}/hardware`, id, { flavor: hardware }, signal);
    if (hardware !== freeHardware) tellPrice(hub, id, hardware, tell);
  }
  if (hardware !== freeHardware) {
    await hub.post(`/api/spaces/${id}/sleeptime`, id, sleepTime, signal);
  }
}

/** What was asked for counts more than what it still runs on: a change takes its time. */
function hardwareOf({ hardware, requestedHardware }: SpaceRuntime): string | undefined {
  return requestedHardware ?? hardware;
}

function listed(entries: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(entries).map(([key, value]) => ({ key, value }));
}

function tellPrice(
  hub: HubApi,
  id: string,
  hardware: string,
  tell: (message: string) => void,
): void {
  tell(`NOTE: the Space ${id} runs on ${hardware}, which may cost: ${hub.url}settings/billing`);
}
