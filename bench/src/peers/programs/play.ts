import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Call, Outcome, Task, Told } from "../task.js";

/** A call that is under way. */
interface Playing {
  /** Its last value, every value, or the text of its file: what the call wants. */
  readonly result: Promise<unknown>;
  cancel(): unknown;
}

/** What the programs of the two clients of JavaScript do each in its own way. */
export interface Player {
  /** @param hear called with each value of a generator as it comes. */
  call(call: Call, hear: (value: unknown) => void): Playing;
  close(): unknown;
}

/** How many values of a generator come before it is stopped at a later one. */
const laterValues = 4;

/** The call that is made when all is well again hangs after so many milliseconds. */
const againPatience = 10_000;

const ignore = (): void => undefined;
const giveUp = (): never => process.exit(1);

/** Does the task of the command line, and tells what becomes of it. */
export async function play(connect: (task: Task) => Promise<Player>): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? "") as Task;
  const input = createInterface({ input: process.stdin });
  const lines = input[Symbol.asyncIterator]();
  let player: Player | undefined;
  // Whoever gave the task is gone.
  input.once("close", giveUp);
  try {
    if (task.calls.length > 0) player = await prepare(connect, task);
    tell({ step: "ready" });
    await lines.next();
    subscribe("net.client.socket", noteRefusal);
    if (player === undefined) {
      tell(await doConnect(connect, task));
      return;
    }
    tell(await doCalls(player, task, () => lines.next()));
    await lines.next();
    const bob: Call = { endpoint: "/greet", inputs: ["Bob"], wants: "value", right: undefined };
    const again = await outcomeOf(() => player?.call(bob, ignore).result, againPatience, []);
    tell({ step: "again", outcomes: [again] });
  } finally {
    input.off("close", giveUp);
    input.close();
    process.stdin.destroy();
    await player?.close();
  }
}

/** Tells of a connection that is refused. */
function noteRefusal(message: unknown): void {
  const { socket } = message as { readonly socket: Socket };
  socket.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ECONNREFUSED") tell({ step: "attempt" });
  });
}

async function prepare(connect: (task: Task) => Promise<Player>, task: Task): Promise<Player> {
  const player = await connect(task);
  for (const call of task.before) await player.call(call, ignore).result;
  return player;
}

async function doConnect(connect: (task: Task) => Promise<Player>, task: Task): Promise<Told> {
  const start = performance.now();
  const connected = async (): Promise<unknown> => {
    const player = await connect(task);
    await player.close();
    return "connected";
  };
  const outcome = await outcomeOf(connected, task.patience, []);
  return { step: "outcomes", outcomes: [outcome], seconds: secondsSince(start) };
}

async function doCalls(player: Player, task: Task, line: () => Promise<unknown>): Promise<Told> {
  let start = performance.now();
  let last = Promise.resolve<Outcome>({ hangs: true });
  const ends: Promise<Outcome>[] = [];
  for (const call of task.calls) {
    const values: unknown[] = [];
    const heard = new EventTarget();
    let playing: Playing | undefined;
    last = outcomeOf(
      () => {
        playing = player.call(call, (value) => {
          values.push(value);
          heard.dispatchEvent(new Event(`value ${values.length}`));
        });
        return playing.result;
      },
      task.patience,
      values,
    );
    ends.push(last);
    const place = (count: number) =>
      new Promise((resolve) => heard.addEventListener(`value ${count}`, resolve, { once: true }));
    if (task.stop !== undefined && ends.length === task.calls.length) {
      const moments = {
        "at once": () => undefined,
        "first value": () => place(1),
        "later value": () => place(laterValues),
        "when told": line,
        "after the end": () => last,
      };
      const moment = moments[task.stop]();
      if (moment !== undefined) await moment;
      start = performance.now();
      await playing?.cancel();
    }
    if (task.pace === "staggered" && ends.length < task.calls.length) {
      await Promise.race([place(1), last]);
    }
    if (task.pace === "in turn") await last;
  }
  await (task.stop === undefined ? Promise.all(ends) : last);
  const seconds = secondsSince(start);
  return { step: "outcomes", outcomes: await Promise.all(ends), seconds };
}

async function outcomeOf(
  work: () => Promise<unknown> | undefined,
  patience: number,
  values: readonly unknown[],
): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const bored = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ hangs: true }), patience);
  });
  try {
    return await Promise.race([bored, Promise.resolve(work()).then((value) => ({ value }))]);
  } catch (error) {
    const told = (error ?? {}) as Record<string, unknown>;
    const tells = ["mayHaveRun", "retryable", "broken"].filter((name) => told[name] === true);
    return {
      error: String(told["code"] ?? told["name"] ?? typeof error),
      message: String(told["message"] ?? error),
      ...(values.length > 0 ? { values: values.length } : {}),
      ...(tells.length > 0 ? { tells } : {}),
    };
  } finally {
    clearTimeout(timer);
  }
}

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

function tell(told: Told): void {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
