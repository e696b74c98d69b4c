import type { Bodies } from "../http/bodies.js";
import type { Route } from "../http/router.js";
import type { HubAccounts } from "./hub-accounts.js";
import { HubProblem, hubRoute } from "./hub-problem.js";
import { HubSpace } from "./hub-space.js";
import { putAll, startStages, takeSleepTime, textOf } from "./ownership-routes.js";

/** What duplicating needs of its Hub. */
export interface DuplicateSettings {
  readonly accounts: HubAccounts;
  readonly spaces: ReadonlyMap<string, HubSpace>;
  readonly bodies: Bodies;
  /** The Hub's own address, without a slash at the end. */
  readonly url: () => string;
  /** Takes a new Space in and starts to serve it. */
  readonly add: (space: HubSpace) => Promise<void>;
}

/** The route that copies a Space; the copy runs the same app, and is built first. */
export function duplicateRoute(settings: DuplicateSettings): Route {
  const { accounts, spaces, bodies } = settings;
  return hubRoute("POST", "/api/spaces/{owner}/{name}/duplicate", async (exchange, parameters) => {
    const original = accounts.visible(exchange, spaces.get(parameters.join("/")));
    const user = accounts.user(exchange);
    const body = await bodies.readJson(exchange);
    const id = textOf(body, "repository");
    const url = `${settings.url()}/spaces/${id}`;
    if (!accounts.owns(user, id.split("/")[0])) {
      throw new HubProblem(403, `You don't have the rights to create a space under that namespace`);
    }
    if (spaces.has(id)) {
      exchange.setHeader("x-error-message", "You already created this space repo");
      exchange.json(409, { error: "You already created this space repo", url });
      return;
    }
    const space = new HubSpace(id, { ...original.options, stages: startStages });
    space.private = isPrivate(body) ?? original.private;
    // A copy starts on free hardware, whatever the original runs on.
    space.hardware = typeof body["hardware"] === "string" ? body["hardware"] : "cpu-basic";
    space.requestedHardware = space.hardware;
    takeSleepTime(space, body["sleepTimeSeconds"]);
    putAll(space.secrets, body["secrets"]);
    putAll(space.variables, body["variables"]);
    await settings.add(space);
    exchange.json(200, { url });
  });
}

/** Said as `private`, or since `huggingface_hub` 2 as `visibility`. */
function isPrivate(body: Readonly<Record<string, unknown>>): boolean | undefined {
  if (typeof body["private"] === "boolean") return body["private"];
  return typeof body["visibility"] === "string" ? body["visibility"] === "private" : undefined;
}
