import {
  createServer as createPlainServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { HubCertificate } from "./hub-options.js";

/** A server at a free or a given port: with a certificate over https. */
export class Listener {
  readonly #server: Server;
  readonly #host: string;
  readonly #scheme: string;

  readonly #upgraded = new Set<Duplex>();

  /** @param upgrade answers those who want to speak something else; without it they are refused. */
  constructor(
    host: string,
    certificate: HubCertificate | undefined,
    listener: RequestListener,
    upgrade?: (incoming: IncomingMessage, socket: Duplex) => void,
  ) {
    this.#host = host;
    this.#scheme = certificate === undefined ? "http" : "https";
    this.#server =
      certificate === undefined
        ? createPlainServer(listener)
        : createSecureServer({ key: certificate.key, cert: certificate.cert }, listener);
    if (upgrade === undefined) return;
    this.#server.on("upgrade", (incoming: IncomingMessage, socket: Duplex) => {
      this.#upgraded.add(socket);
      socket.once("close", () => this.#upgraded.delete(socket));
      upgrade(incoming, socket);
    });
  }

  /** Its address, without a slash at the end. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.#scheme}://${this.#host}:${port}`;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, this.#host, resolve);
    });
  }

  /** Ends all connections. Calling it again does no harm. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    for (const socket of this.#upgraded) socket.destroy();
    await closed;
  }
}
