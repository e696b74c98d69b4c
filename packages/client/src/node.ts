import { BaseClient } from "./client.js";
import { connectApp } from "./connect.js";
import type { AppSpec, OpenApp } from "./core/app-spec.js";
import type { ClientOptions } from "./options.js";
import { nodePlatform } from "./platform/node/index.js";

export * from "./surface.js";

/** A Gradio app as an API, in Node. */
export class Client<App extends AppSpec = OpenApp> extends BaseClient<App> {
  /**
   * Connects to an app.
   *
   * @param src the address of the app, or the id of a Space (`user/name`).
   * @throws InputError for a bad `src` or option; ConnectionError `UNREACHABLE` when nothing answers,
   *   `NOT_A_GRADIO_APP` when something else does; AuthenticationError when the app asks for a login;
   *   TimeoutError; SpaceError; the reason of an aborted `signal`.
   */
  static async connect<App extends AppSpec = OpenApp>(
    src: string | URL,
    options: ClientOptions = {},
  ): Promise<Client<App>> {
    return new Client<App>(await connectApp(nodePlatform, src, options), options);
  }
}
