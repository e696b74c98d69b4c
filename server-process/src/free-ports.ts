import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** Below what systems give to outgoing connections, and to servers that take any port. */
const lowest = 20_000;
const beyond = 32_000;

/** Given out by this process: a server that takes long to start is not on its port yet. */
const given = new Set<number>();

/** Ports of the loopback interface that nobody listens on, all different, and each given out once. */
export async function freePorts(count: number): Promise<number[]> {
  if (given.size + count > (beyond - lowest) / 2) given.clear();
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(lowest, beyond);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const listener = createServer();
  try {
    await once(listener.listen(port, "127.0.0.1"), "listening");
  } catch {
    // Somebody is there, or it is not for us.
    return false;
  }
  await once(listener.close(), "close");
  return true;
}
