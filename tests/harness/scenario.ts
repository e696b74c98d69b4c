import { inject, test } from "vitest";
import { exceptions } from "../contract/exceptions.js";
import type { Server } from "./server.js";

/**
 * One thing that a user would notice, on every server of the matrix.
 *
 * `title` starts with the scenario's number (`C22 …`): `npm test -- -t C22` runs it alone.
 */
export function scenario(title: string, body: (server: Server) => Promise<void>): void {
  for (const server of inject("servers")) {
    const cannot = exceptions.some(
      (exception) => exception.scenario === title && exception.server === server.name,
    );
    if (!cannot) test(`${title} [${server.name}]`, () => body(server));
  }
}
