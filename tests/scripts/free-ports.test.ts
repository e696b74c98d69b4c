import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { freePorts } from "../../server-process/dist/free-ports.js";

const library = new URL("../../server-process/dist/free-ports.js", import.meta.url).href;

test("ports that are given out at the same time are all different, in one process and in several", async () => {
  const program = `import { freePorts } from ${JSON.stringify(library)};
    console.log(JSON.stringify((await Promise.all([freePorts(5), freePorts(5)])).flat()));`;
  const given = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const words = ["--input-type=module", "--eval", program];
      const { stdout } = await promisify(execFile)(process.execPath, words);
      return JSON.parse(stdout) as number[];
    }),
  );
  expect(new Set(given.flat()).size).toBe(40);
});

test("a port that somebody listens on is not given out", async () => {
  const [before = 0] = await freePorts(1);
  const ports = Array.from({ length: 10 }, (_, index) => before + 1 + index);
  const listeners = ports.map((port) => createServer().listen(port, "127.0.0.1"));
  // Where somebody else listens already, that does as well.
  await Promise.allSettled(listeners.map((listener) => once(listener, "listening")));
  try {
    const [next = 0] = await freePorts(1);
    expect(ports).not.toContain(next);
  } finally {
    for (const listener of listeners) listener.close();
  }
});
