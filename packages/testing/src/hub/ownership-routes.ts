import type { Bodies } from "../http/bodies.js";
import type { Exchange } from "../http/exchange.js";
import type { JsonObject } from "../http/json-object.js";
import type { Route } from "../http/router.js";
import type { HubAccounts } from "./hub-accounts.js";
import { HubProblem, hubRoute } from "./hub-problem.js";
import type { HubSpace } from "./hub-space.js";
import { runtimeOf } from "./space-document.js";

/** What a Space goes through from nothing, or after a restart. */
export const startStages: readonly string[] = ["BUILDING", "APP_STARTING", "RUNNING"];

/** The routes by which owners change their Spaces. */
export function ownershipRoutes(
  accounts: HubAccounts,
  spaces: ReadonlyMap<string, HubSpace>,
  bodies: Bodies,
): Route[] {
  const change = (
    method: Route["method"],
    name: string,
    act: (space: HubSpace, body: JsonObject, exchange: Exchange) => unknown,
  ): Route =>
    hubRoute(method, `/api/spaces/{owner}/{name}/${name}`, async (exchange, parameters) => {
      const space = accounts.own(exchange, spaces.get(parameters.join("/")));
      const hasBody = Number(exchange.headers["content-length"] ?? 0) > 0;
      const body = hasBody ? await bodies.readJson(exchange) : {};
      const answer = act(space, body, exchange);
      if (answer === undefined) exchange.send(200, undefined, "");
      else exchange.json(200, answer);
    });
  return [
    change("GET", "secrets", (space) => listed(space.secrets, false)),
    change("POST", "secrets", (space, body) => void put(space.secrets, body)),
    change("DELETE", "secrets", (space, body) => void space.secrets.delete(textOf(body, "key"))),
    change("GET", "variables", (space) => listed(space.variables, true)),
    change("POST", "variables", (space, body) => {
      put(space.variables, body);
      return listed(space.variables, true);
    }),
    change("DELETE", "variables", (space, body) => {
      space.variables.delete(textOf(body, "key"));
      return listed(space.variables, true);
    }),
    change("POST", "hardware", (space, body) => {
      space.requestedHardware = textOf(body, "flavor");
      takeSleepTime(space, body["sleepTimeSeconds"]);
      const told = runtimeOf(space);
      space.hardware = space.requestedHardware;
      return told;
    }),
    change("POST", "sleeptime", (space, body) => {
      takeSleepTime(space, body["seconds"]);
      return runtimeOf(space);
    }),
    change("POST", "pause", (space) => {
      space.setStages(["PAUSED"]);
      return runtimeOf(space);
    }),
    change("POST", "restart", (space) => {
      space.setStages(startStages);
      return runtimeOf(space);
    }),
  ];
}

/** Sets `secrets` or `variables` from the body of a duplication. */
export function putAll(into: Map<string, string>, entries: unknown): void {
  for (const entry of Array.isArray(entries) ? entries : []) put(into, entry as JsonObject);
}

/** A text of a body. Refuses a body without it. */
export function textOf(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw new HubProblem(400, `✖ Invalid input: expected string → at ${name}`);
}

/** On free hardware the time is fixed: the Hub takes the request and changes nothing. */
export function takeSleepTime(space: HubSpace, seconds: unknown): void {
  if (typeof seconds !== "number" || space.requestedHardware === "cpu-basic") return;
  space.sleepTime = seconds;
}

function put(into: Map<string, string>, body: JsonObject): void {
  into.set(textOf(body, "key"), textOf(body, "value"));
}

/** Values of secrets are never told. */
function listed(from: ReadonlyMap<string, string>, values: boolean): Record<string, unknown> {
  const updatedAt = "2024-05-01T12:00:00.000Z";
  return Object.fromEntries(
    [...from].map(([key, value]) => [key, { key, updatedAt, ...(values ? { value } : {}) }]),
  );
}
