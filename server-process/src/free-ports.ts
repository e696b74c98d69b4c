import { once } from "node:events";
import { createServer } from "node:net";

/** Below what systems give to outgoing connections, and to servers that take any port. */
const lowest = 20_000;
const beyond = 32_000;

/** How many ports lie between where two processes begin, whose numbers follow each other. */
const stretch = 97;

/**
 * How many this process has looked at. None is given out twice before all have been: a server that
 * takes long to start is not on its port yet.
 */
let tried = 0;

/**
 * Ports of the loopback interface that nobody listens on, all different, and each given out once.
 * Processes that run side by side begin at different places, so that they do not get the same ones.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = lowest + ((process.pid * stretch + tried) % (beyond - lowest));
    tried += 1;
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
