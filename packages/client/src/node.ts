import { BaseClient } from "./client.js";
import type { AppOutline } from "./core/app-outline.js";
import type { AppSpec, OpenApp } from "./core/app-spec.js";
import type { SpaceStatus } from "./hub/space-facts.js";
import { openConnection } from "./opening.js";
import type { ClientOptions, DuplicateOptions } from "./options.js";
import { nodePlatform } from "./platform/node/index.js";
import type { SpaceStatusOptions } from "./space-status.js";

export { runWithRequest } from "./platform/node/served-request.js";
export * from "./surface.js";

/** A Gradio app as an API, in Node. */
export class Client<App extends AppSpec = OpenApp> extends BaseClient<App> {
  /**
   * Connects to an app.
   *
   * With the types of the app, which `gradio-kit codegen` writes, its calls are checked at compile
   * time: `Client.connect<App>(…)`, or with the option `spec`, which also looks at the app itself.
   *
   * @param src the address of the app, or the id of a Space (`user/name`).
   * @throws InputError for a bad `src` or option, or an app that does not fit `spec`; ConnectionError `UNREACHABLE` when nothing answers,
   *   `NOT_A_GRADIO_APP` when something else does; AuthenticationError when the app asks for a login,
   *   or a private Space for a token;
   *   TimeoutError; SpaceError; the reason of an aborted `signal`.
   */
  static async connect<App extends AppSpec = OpenApp>(
    src: string | URL,
    options: ClientOptions & { readonly spec?: AppOutline<App> | undefined } = {},
  ): Promise<Client<App>> {
    return new Client<App>(await openConnection(nodePlatform, src, options));
  }

  /**
   * Makes a copy of a Space in your own account and connects to it; a copy that is there already is
   * used. It is private and runs on the hardware of the original unless the options say otherwise.
   * Hardware other than `"cpu-basic"` can cost money; it then sleeps after `sleepTimeout` minutes.
   *
   * @param fromId the id of the Space (`user/name`).
   * @throws AuthenticationError without a token, or when it may not do this; SpaceError
   *   `SPACE_NOT_FOUND`, or when the copy does not start; what `connect` throws.
   * @example
   * ```ts
   * await using mine = await Client.duplicate("gradio/whisper", { hardware: "t4-small" });
   * ```
   */
  static async duplicate<App extends AppSpec = OpenApp>(
    fromId: string,
    options: DuplicateOptions = {},
  ): Promise<Client<App>> {
    const { duplicateApp } = await import("./duplicate.js");
    return new Client<App>(await duplicateApp(nodePlatform, fromId, options));
  }
}

/**
 * Asks the Hub how a Space is doing. Unlike connecting it does not wake a Space that is asleep.
 *
 * @param id the id of the Space (`user/name`).
 * @throws SpaceError `SPACE_NOT_FOUND`, also for a private one without a token that may see it;
 *   AuthenticationError, ConnectionError, TimeoutError; InputError for a bad id or option.
 */
export async function spaceStatus(
  id: string,
  options: SpaceStatusOptions = {},
): Promise<SpaceStatus> {
  const { readSpaceStatus } = await import("./space-status.js");
  return await readSpaceStatus(nodePlatform, id, options);
}
