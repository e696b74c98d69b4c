import { Client } from "@gradio-kit/client";
import type { ClientOptions } from "@gradio-kit/client";
import type { AppName, Server } from "./server.js";

/** A client of one of the server's apps that keeps quiet; `await using` closes it. */
export function connect(
  server: Server,
  app: AppName = "main",
  options: ClientOptions = {},
): Promise<Client> {
  return Client.connect(server.apps[app], { verbose: false, ...options });
}
