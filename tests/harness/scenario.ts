import { inject, test } from "vitest";
import { exceptionFor } from "./exception-for.js";
import type { Server } from "./server.js";

/**
 * One thing that a user would notice, on every server of the matrix.
 *
 * `title` starts with the scenario's number (`C22 …`): `npm test -- -t C22` runs it alone.
 */
export function scenario(title: string, body: (server: Server) => Promise<void>): void {
  for (const server of inject("servers")) {
    const name = `${title} [${server.name}]`;
    if (exceptionFor(title, server) === undefined) test(name, () => body(server));
    // An exception that is none any more has to go.
    else if (process.env["GRADIO_KIT_CHECK_EXCEPTIONS"]) test.fails(name, () => body(server));
  }
}
