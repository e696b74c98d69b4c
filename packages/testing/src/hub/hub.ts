import { randomBytes } from "node:crypto";
import { Bodies } from "../http/bodies.js";
import { Dispatcher } from "../http/dispatcher.js";
import type { RecordedRequest } from "../http/request-log.js";
import { duplicateRoute } from "./duplicate-route.js";
import { HubAccounts } from "./hub-accounts.js";
import type { HubOptions, HubSpaceOptions } from "./hub-options.js";
import { HubSpace } from "./hub-space.js";
import { Listener } from "./listener.js";
import { ownershipRoutes } from "./ownership-routes.js";
import { SpaceEdge, type EdgeSettings } from "./space-edge.js";
import { spaceRoutes } from "./space-routes.js";

const defaultHost = "127.0.0.1";
const oneDay = 86_400;

/** A running double of the Hugging Face Hub, made by `createHub`. */
export class Hub implements AsyncDisposable {
  readonly #options: HubOptions;
  readonly #spaces = new Map<string, HubSpace>();
  readonly #edges: SpaceEdge[] = [];
  readonly #edgeSettings: EdgeSettings;
  readonly #dispatcher: Dispatcher;
  readonly #listener: Listener;

  /** Use `createHub`, which also listens. */
  constructor(options: HubOptions) {
    const accounts = new HubAccounts(options.users ?? []);
    const key = randomBytes(32).toString("hex");
    const bodies = new Bodies();
    const spaces = this.#spaces;
    const signatureLifetime = options.signatureLifetime ?? oneDay;
    this.#options = options;
    this.#edgeSettings = {
      accounts,
      certificate: options.certificate,
      host: options.host ?? defaultHost,
      key,
    };
    const routes = [
      ...spaceRoutes({ accounts, spaces, key, signatureLifetime }),
      ...ownershipRoutes(accounts, spaces, bodies),
      duplicateRoute({
        accounts,
        spaces,
        bodies,
        url: () => this.url,
        add: (space) => this.#add(space),
      }),
    ];
    this.#dispatcher = new Dispatcher(routes, bodies, "");
    const { host, certificate } = this.#edgeSettings;
    this.#listener = new Listener(host, certificate, (request, response) => {
      void this.#dispatcher.dispatch(request, response);
    });
  }

  /** Its address, for `HF_ENDPOINT`; without a slash at the end. */
  get url(): string {
    return this.#listener.url;
  }

  /** The requests to the Hub itself, oldest first; those to a Space are at the Space. */
  get requests(): readonly RecordedRequest[] {
    return this.#dispatcher.requests;
  }

  /** A Space by its id. Throws when there is none. */
  space(id: string): HubSpace {
    const space = this.#spaces.get(id);
    if (space === undefined) throw new Error(`There is no Space "${id}".`);
    return space;
  }

  /** Whether there is a Space with this id. */
  has(id: string): boolean {
    return this.#spaces.has(id);
  }

  /** Starts to listen, and to serve the Spaces. */
  async listen(): Promise<void> {
    const { spaces = {}, port = 0 } = this.#options;
    for (const [id, options] of Object.entries<HubSpaceOptions>(spaces)) {
      await this.#add(new HubSpace(id, options));
    }
    await this.#listener.listen(port);
  }

  /** Ends all connections, of the Spaces as well. Calling it again does no harm. */
  async close(): Promise<void> {
    await Promise.all([this.#listener, ...this.#edges].map((part) => part.close()));
  }

  /** The same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #add(space: HubSpace): Promise<void> {
    const edge = new SpaceEdge(space, this.#edgeSettings);
    this.#edges.push(edge);
    this.#spaces.set(space.id, space);
    await edge.listen();
  }
}

/**
 * Starts a double of the Hugging Face Hub, for programs that reach Spaces: point `HF_ENDPOINT` at
 * its `url`. Every Space gets an address of its own in front of the app it is given.
 *
 * @example
 * await using app = await createGradioServer({ endpoints });
 * await using hub = await createHub({
 *   users: [{ name: "ada", token: "hf_ada" }],
 *   spaces: { "ada/secret": { app: app.url, private: true, stages: ["SLEEPING"] } },
 * });
 * hub.space("ada/secret").url; // http://127.0.0.1:…
 */
export async function createHub(options: HubOptions = {}): Promise<Hub> {
  const hub = new Hub(options);
  try {
    await hub.listen();
  } catch (error) {
    await hub.close();
    throw error;
  }
  return hub;
}
