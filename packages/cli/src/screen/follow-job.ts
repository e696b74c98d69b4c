import type { Job, JobUpdate } from "@gradio-kit/client";
import type { Output } from "../output/output.js";
import { progressLines, queueLine } from "./progress-bar.js";
import type { Screen } from "./screen.js";

/** Shows everything that happens in a job until it ends; throws what it ends with. */
export async function followJob(job: Job, output: Output, screen: Screen): Promise<void> {
  for await (const update of job.updates()) await show(update, output, screen);
  await job.result();
  await output.end();
}

async function show(update: JobUpdate, output: Output, screen: Screen): Promise<void> {
  switch (update.type) {
    case "queued":
      return screen.status([queueLine(update)]);
    case "started":
      return screen.status(["running ..."]);
    case "progress":
      return screen.status(progressLines(update.units, screen.columns));
    case "log":
      return screen.note(`${update.title ?? update.level}: ${update.message}`);
    case "output":
      return await output.value(update.value);
  }
}
