import { createFaultProxy, type FaultProxy } from "@gradio-kit/testing";
import type { Arena } from "../arena.js";
import { Contestant, type ContestantName } from "../contestant.js";
import type { ProgramName, Task } from "../programs.js";
import { endpointsOf } from "../expected.js";
import type { Round } from "../turn.js";
import type { Case, Figures, Row } from "./case.js";

const roundLimit = 60;

/** How many requests there are: counted by a proxy on the way, so that nobody does less unseen. */
export const wire: Case = {
  name: "wire",
  run: async (arena) => {
    const { small } = await arena.apps("stub");
    await using proxy = await createFaultProxy({ target: small });
    return [
      await count(arena, proxy, "requests to connect", "connect", 5),
      await count(arena, proxy, "requests of a call, after the first", "calls", 20),
      await count(arena, proxy, "requests of 100 calls at once, for one", "at-once", 100),
    ];
  },
};

async function count(
  arena: Arena,
  proxy: FaultProxy,
  title: string,
  program: ProgramName,
  times: number,
): Promise<Row> {
  arena.say(title);
  const figures: Partial<Record<ContestantName, Figures>> = {};
  const requests = new Map<Figures, number>();
  for (const name of arena.contestants) {
    const { url } = proxy;
    const folder = await arena.folder();
    const task: Task = { program, url, endpoints: endpointsOf("stub", "small"), folder };
    const process = await Contestant.start(name, task, arena.launcher);
    try {
      if (program !== "connect") await process.round(1, roundLimit);
      const before = proxy.requests.length;
      const found = figuresOf(await process.round(times, roundLimit));
      figures[name] = found;
      requests.set(found, (proxy.requests.length - before) / times);
    } finally {
      await process.end();
    }
  }
  const cell = (found: Figures): string => (requests.get(found) ?? NaN).toFixed(2);
  const limit = figures.floor === undefined ? "" : `floor: ${cell(figures.floor)}`;
  return { title, unit: "", limit, cell, figures, counted: true };
}

function figuresOf({ cpu, wall, peak, peakBefore, wrong, lost, count: values }: Round): Figures {
  const ratio = { median: NaN, lowest: NaN, highest: NaN };
  return { cpu, wall, ratio, rounds: 1, peak, rise: peak - peakBefore, wrong, lost, values };
}
