import type { Stage } from "./stage.js";

/** So long it takes what the app says to reach whoever reads it, and more, in milliseconds. */
const wayToPeer = 500;

/** Has the peer's function of which only one can run taken by somebody else, until its gate opens. */
export async function block(stage: Stage, use: string): Promise<void> {
  const { app, peer, tag } = stage;
  const other = `${tag} before`;
  await fetch(`${app.url}/gradio_api/call/${use}_${peer}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ data: [other] }),
  });
  await stage.until(async () => (await app.facts(other)).includes("started"));
}

/** Resolves when the app has noted this of the peer's call. */
export async function isNoted({ app, tag, until }: Stage, fact: unknown): Promise<void> {
  await until(async () => (await app.facts(tag)).includes(fact));
}

/** Resolves when the peer's call waits in the queue, and the peer has had time to hear of it. */
export async function isQueued(stage: Stage): Promise<void> {
  await isSent(stage, "/queue/data");
  await stage.pause(wayToPeer);
}

/** Resolves when the peer's function runs, and the peer has had time to hear of it. */
export async function isRunning(stage: Stage): Promise<void> {
  await isNoted(stage, "started");
  await isSent(stage, "/queue/data");
  await stage.pause(wayToPeer);
}

/** Resolves when the peer has sent so many requests whose path contains this. */
export async function isSent({ proxy, until }: Stage, part: string, count = 1): Promise<void> {
  await until(() => proxy.requests.filter(({ path }) => path.includes(part)).length >= count);
}
