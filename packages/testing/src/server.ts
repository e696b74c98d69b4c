import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { App } from "./app.js";
import { Bodies } from "./http/bodies.js";
import { Dispatcher } from "./http/dispatcher.js";
import type { FaultRule } from "./faults/fault-plan.js";
import type { RecordedRequest } from "./http/request-log.js";
import { callRoutes } from "./routes/call-routes.js";
import { fileRoutes } from "./routes/file-routes.js";
import { infoRoutes } from "./routes/info-routes.js";
import { queueRoutes } from "./routes/queue-routes.js";
import { sessionRoutes } from "./routes/session-routes.js";
import { streamRoutes } from "./routes/stream-routes.js";
import { uploadProgressRoutes } from "./routes/upload-progress-routes.js";
import { serverSettings, type GradioServerOptions } from "./server-options.js";
import { describeSession, type SessionSnapshot } from "./session/session-snapshot.js";

/** A running server, made by `createGradioServer`. */
export class GradioServer implements AsyncDisposable {
  readonly #app: App;
  readonly #dispatcher: Dispatcher;
  readonly #http: Server;

  /** Use `createGradioServer`, which also listens. */
  constructor(app: App) {
    this.#app = app;
    const bodies = new Bodies();
    const routes = [
      ...infoRoutes(app),
      ...queueRoutes(app, bodies),
      ...callRoutes(app, bodies),
      ...sessionRoutes(app),
      ...uploadProgressRoutes(app),
      ...fileRoutes(app, bodies),
      ...streamRoutes(app, bodies),
    ];
    this.#dispatcher = new Dispatcher(routes, bodies, app.settings.rootPath);
    this.#http = createServer((request, response) => {
      void this.#dispatcher.dispatch(request, response);
    });
    this.#http.keepAliveTimeout = 5_000;
  }

  /** The app's address without trailing slash, mount path included. */
  get url(): string {
    const { address, port, family } = this.#http.address() as AddressInfo;
    const host = family === "IPv6" ? `[${address}]` : address;
    return `http://${host}:${port}${this.#app.settings.rootPath}`;
  }

  /** All requests so far (the latest 10000), oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.#dispatcher.requests;
  }

  /** Plans a fault; the function that comes back takes it away. */
  inject(rule: FaultRule): () => void {
    return this.#dispatcher.faults.add(rule);
  }

  /** What the server holds for a session right now. */
  session(sessionHash: string): SessionSnapshot {
    return describeSession(this.#app, sessionHash);
  }

  /**
   * Resolves as soon as `condition` holds; it is looked at every few milliseconds.
   *
   * @param timeout - milliseconds after which it throws instead. Default 5000.
   */
  async until(condition: () => boolean, timeout = 5_000): Promise<void> {
    const deadline = performance.now() + timeout;
    while (!condition()) {
      if (performance.now() > deadline) {
        throw new Error(`not so within ${timeout} ms: ${condition.toString()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /**
   * Stops the queue inside the living server: joins are refused with 503, and open streams are
   * told "Server stopped unexpectedly." at their next message.
   */
  stopQueue(): void {
    this.#app.queue.stop();
  }

  /** Starts to listen. */
  listen(): Promise<void> {
    const { port, host } = this.#app.settings;
    return new Promise((resolve, reject) => {
      this.#http.once("error", reject);
      this.#http.listen(port, host, () => {
        this.#http.off("error", reject);
        resolve();
      });
    });
  }

  /** Ends all connections and calls and deletes all files. Calling it again does no harm. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    this.#http.closeAllConnections();
    await closed;
    await this.#app.close();
  }

  /** The same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Starts a server that speaks Gradio's protocol and runs the given functions.
 *
 * @example
 * await using server = await createGradioServer({
 *   endpoints: [
 *     endpoint({
 *       apiName: "greet",
 *       inputs: [textbox("Name", { name: "name" })],
 *       outputs: [textbox("Greeting")],
 *       run: (name) => `Hello ${name}!`,
 *     }),
 *   ],
 * });
 * server.url; // http://127.0.0.1:…
 */
export async function createGradioServer(options: GradioServerOptions): Promise<GradioServer> {
  const server = new GradioServer(new App(serverSettings(options)));
  await server.listen();
  return server;
}
