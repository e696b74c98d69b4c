import type { Apps, Server } from "../servers.js";
import type { FaultAppName } from "./stage.js";
import type { PeerName } from "./task.js";

/** Apps in a process of their own, which ends when every peer that is tried on them has come so far. */
export class DoomedApps {
  readonly apps: Apps<FaultAppName>;
  readonly #server: Server<FaultAppName>;
  readonly #left: Set<PeerName>;
  readonly #awaited: Set<PeerName>;
  readonly #gathered: Promise<void>;
  #start: (() => void) | undefined;
  readonly #ended: Promise<void>;
  #end: (() => void) | undefined;

  constructor(server: Server<FaultAppName>, peers: readonly PeerName[]) {
    this.apps = server.apps;
    this.#server = server;
    this.#left = new Set(peers);
    this.#awaited = new Set(peers);
    this.#gathered = new Promise((resolve) => (this.#start = resolve));
    this.#ended = new Promise((resolve) => (this.#end = resolve));
  }

  /** This peer is ready to make its calls; resolves when all are, so that none waits for its fault. */
  gather(peer: PeerName): Promise<void> {
    this.#awaited.delete(peer);
    if (this.#awaited.size === 0) this.#start?.();
    return this.#gathered;
  }

  /** This peer has no more need of them; resolves when they have ended. */
  async end(peer: PeerName): Promise<void> {
    void this.gather(peer);
    if (this.#left.delete(peer) && this.#left.size === 0) {
      await this.#server[Symbol.asyncDispose]();
      this.#end?.();
    }
    await this.#ended;
  }
}
