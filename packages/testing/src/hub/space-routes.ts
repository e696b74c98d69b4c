import type { Exchange } from "../http/exchange.js";
import type { Route } from "../http/router.js";
import type { HubAccounts } from "./hub-accounts.js";
import { HubProblem, hubRoute } from "./hub-problem.js";
import type { HubSpace } from "./hub-space.js";
import { signToken } from "./json-web-token.js";
import { describeSpace, runtimeOf } from "./space-document.js";

/** What the routes that tell something need of their Hub. */
export interface SpaceRouteSettings {
  readonly accounts: HubAccounts;
  readonly spaces: ReadonlyMap<string, HubSpace>;
  readonly key: string;
  readonly signatureLifetime: number;
}

/** The routes that tell who one is, and what a Space is. */
export function spaceRoutes(settings: SpaceRouteSettings): Route[] {
  const { accounts, spaces, key, signatureLifetime } = settings;
  const visible = (exchange: Exchange, id: string): HubSpace =>
    accounts.visible(exchange, spaces.get(id));
  return [
    hubRoute("GET", "/api/whoami-v2", (exchange) => {
      const user = accounts.user(exchange);
      exchange.json(200, {
        type: "user",
        id: Buffer.from(user.name).toString("hex"),
        name: user.name,
        fullname: user.name,
        orgs: (user.organizations ?? []).map((name) => ({ type: "org", name, fullname: name })),
        auth: { type: "access_token", accessToken: { displayName: "test", role: "write" } },
      });
    }),
    hubRoute("GET", "/api/spaces/by-subdomain/{subdomain}", (exchange, [subdomain = ""]) => {
      const space = [...spaces.values()].find((candidate) => candidate.subdomain === subdomain);
      exchange.json(200, describeSpace(accounts.visible(exchange, space)));
    }),
    hubRoute("GET", "/api/spaces/{owner}/{name}", (exchange, parameters) => {
      exchange.json(200, describeSpace(visible(exchange, parameters.join("/"))));
    }),
    hubRoute("GET", "/api/spaces/{owner}/{name}/host", (exchange, parameters) => {
      const { subdomain, url } = visible(exchange, parameters.join("/"));
      exchange.json(200, { subdomain, host: url });
    }),
    hubRoute("GET", "/api/spaces/{owner}/{name}/runtime", (exchange, parameters) => {
      exchange.json(200, runtimeOf(visible(exchange, parameters.join("/"))));
    }),
    hubRoute("GET", "/api/spaces/{owner}/{name}/jwt", (exchange, parameters) => {
      const { id } = visible(exchange, parameters.join("/"));
      accounts.user(exchange);
      exchange.json(200, { token: signToken({ sub: `/spaces/${id}` }, key, signatureLifetime) });
    }),
    hubRoute("GET", "/api/spaces/{owner}/{name}/discussions", (exchange, parameters) => {
      const { id, options } = visible(exchange, parameters.join("/"));
      if (options.discussions === false) {
        throw new HubProblem(403, "Discussions are disabled for this repo");
      }
      exchange.json(200, {
        discussions: [],
        count: 0,
        start: 0,
        repo: { type: "space", name: id },
      });
    }),
  ];
}
