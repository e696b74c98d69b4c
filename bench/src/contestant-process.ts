/**
 * The process of one contestant: `node --expose-gc contestant-process.js <contestant> <task>`. It
 * sets the program up, says `ready`, and then does a round for every line it is told. What it does
 * around a round (checking values, collecting garbage) is not counted.
 */
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { memoryUsage, resourceUsage } from "node:process";
import { judge } from "./expected.js";
import { lost, type Program, type Programs, type Task } from "./programs.js";
import type { Holdings, Order, Round } from "./turn.js";

const megabyte = 1 << 20;
/** How long a server may take to end what belongs to the last call, in milliseconds. */
const farewell = 500;
const collectGarbage: () => void = globalThis.gc ?? (() => undefined);

/** Seconds of processor time so far, and the most memory in megabytes. */
function used(): { cpu: number; peak: number } {
  const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage();
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 };
}

async function holdings(): Promise<Holdings> {
  // What the server has to say of the last call, after its value, is no holding.
  await setTimeout(farewell);
  // What the first time finds has held on to other things, which the second time finds.
  collectGarbage();
  collectGarbage();
  const { rss, heapUsed } = memoryUsage();
  return {
    memory: rss / megabyte,
    heap: heapUsed / megabyte,
    handles: process.getActiveResourcesInfo().length,
  };
}

async function oneRound(
  program: Program,
  task: Task,
  { count, clears, weighs }: Order,
): Promise<Round> {
  // Not always: with the objects that a call is made of V8 forgets the code compiled for them, and
  // short rounds would measure how it is compiled again.
  if (clears) collectGarbage();
  const before = used();
  const start = performance.now();
  let values: readonly unknown[];
  let failure: string | undefined;
  try {
    values = await program.round(count);
  } catch (error) {
    // Told in the report: nothing of this round arrived.
    failure = String(error);
    values = [lost];
  }
  const wall = (performance.now() - start) / 1000;
  const after = used();
  const verdict = await judge(task, count, values);
  values = [];
  return {
    count,
    cpu: after.cpu - before.cpu,
    wall,
    peakBefore: before.peak,
    peak: after.peak,
    ...verdict,
    ...(weighs && { after: await holdings() }),
    ...(failure !== undefined && { failure }),
  };
}

function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

const [contestant, description] = process.argv.slice(2);
const task = JSON.parse(description ?? "") as Task;
const { programs } = (await import(`./contestants/${contestant}.js`)) as { programs: Programs };
const program = await programs[task.program](task);
tell("ready");
for await (const line of createInterface(process.stdin)) {
  tell(await oneRound(program, task, JSON.parse(line) as Order));
}
await program.end();
// A client may keep the process alive for a while, which is not what is measured here.
process.exit(0);
