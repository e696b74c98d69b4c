import type { AppDescription } from "./app-description.js";
import { keepDescription, readDescription } from "./description-cache.js";

/** As long as this nobody asks the app again. */
const freshMilliseconds = 10 * 60_000;
/** Somebody waits at the keyboard. */
const longestWait = 2_000;

/** What an app can do: as it was lately, else asked for quickly, else as it was before. */
export async function findDescription(app: string): Promise<AppDescription | undefined> {
  const kept = await readDescription(app);
  if (kept !== undefined && Date.now() - kept.time < freshMilliseconds) return kept;
  // Completion never complains: then there is just less of it, or it takes longer the next time.
  const description = await ask(app).catch(() => undefined);
  if (description === undefined) return kept;
  await keepDescription(description).catch(() => {});
  return description;
}

async function ask(app: string): Promise<AppDescription> {
  const [{ Client }, { describeEndpoints }] = await Promise.all([
    import("@gradio-kit/client"),
    import("./describe-endpoints.js"),
  ]);
  await using client = await Client.connect(app, { verbose: false, timeout: longestWait });
  return { app, time: Date.now(), endpoints: describeEndpoints(client) };
}
