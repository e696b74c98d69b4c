import { createServer as createPlainServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { HubCertificate } from "./hub-options.js";

/** A server at a free or a given port: with a certificate over https. */
export class Listener {
  readonly #server: Server;
  readonly #host: string;
  readonly #scheme: string;

  constructor(host: string, certificate: HubCertificate | undefined, listener: RequestListener) {
    this.#host = host;
    this.#scheme = certificate === undefined ? "http" : "https";
    this.#server =
      certificate === undefined
        ? createPlainServer(listener)
        : createSecureServer({ key: certificate.key, cert: certificate.cert }, listener);
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
    await closed;
  }
}
