import type { HubSpace } from "./hub-space.js";

/** What free hardware sleeps after, in seconds: the Hub tells it, and it cannot be changed. */
const freeSleepTime = 172_800;
const created = "2024-05-01T12:00:00.000Z";

/** The runtime of a Space as the Hub tells it; telling it moves its stages on. */
export function runtimeOf(space: HubSpace): Record<string, unknown> {
  const stage = space.script.tell();
  const message = stage.endsWith("_ERROR") ? space.options.errorMessage : undefined;
  return {
    stage,
    ...(message === undefined ? {} : { errorMessage: message }),
    hardware: {
      // The Hub tells no hardware of a Space that has never run.
      current: stage === "BUILDING" ? null : space.hardware,
      requested: space.requestedHardware,
    },
    storage: null,
    gcTimeout: space.sleepTime ?? (space.hardware === "cpu-basic" ? freeSleepTime : null),
    replicas: { current: space.replicas.length, requested: space.replicas.length },
    devMode: false,
    domains: [{ domain: `${space.subdomain}.hf.space`, stage: "READY" }],
  };
}

/** All that the Hub tells of a Space; it includes the runtime. */
export function describeSpace(space: HubSpace): Record<string, unknown> {
  return {
    _id: Buffer.from(space.id).toString("hex").slice(0, 24).padEnd(24, "0"),
    id: space.id,
    author: space.owner,
    sha: "1".repeat(40),
    lastModified: created,
    createdAt: created,
    private: space.private,
    gated: false,
    disabled: false,
    host: space.url,
    subdomain: space.subdomain,
    tags: ["gradio", "region:us"],
    likes: 0,
    sdk: "gradio",
    models: [],
    datasets: [],
    cardData: { title: space.id.split("/")[1], sdk: "gradio" },
    runtime: runtimeOf(space),
    siblings: [{ rfilename: "README.md" }, { rfilename: "app.py" }],
  };
}
