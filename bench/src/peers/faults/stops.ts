import { delay, slowUpload } from "@gradio-kit/testing";
import { block, isQueued, isRunning, isSent } from "../moments.js";
import { hold, join, steps, type FaultGroup } from "../peer-fault.js";
import type { Stage } from "../stage.js";
import type { Call } from "../task.js";

/** Another call of the session, which nothing may happen to. */
const sibling = (tag: string): Call => steps(`${tag} beside`, 20);

const generator = (tag: string) => [sibling(tag), steps(tag, 30)];

const upload = (tag: string): readonly Call[] => [
  sibling(tag),
  { endpoint: "/size", inputs: [], upload: "0123456789".repeat(100), wants: "value", right: 1000 },
];

const joins = ({ proxy }: Stage): number =>
  proxy.requests.filter(({ path }) => path.includes("/queue/join")).length;

/** Only the other call of the session was made. */
const nothingSent = async (stage: Stage): Promise<string | undefined> => {
  await stage.pause(1_000);
  return joins(stage) === 1 ? undefined : "**the call is made**";
};

const generatorStops = async ({ app, tag, until }: Stage): Promise<string | undefined> => {
  await until(async () => {
    const facts = await app.facts(tag);
    return !facts.includes("started") || facts.includes("left");
  });
  return (await app.facts(tag)).includes("done") ? "**the generator goes on**" : undefined;
};

const beside = { pace: "staggered" } as const;

/** Moments at which a call is stopped, beside another one of its session. */
export const stops: FaultGroup = {
  title: "Stopping a call",
  rows: [
    {
      ...beside,
      fault: "in the tick in which the call is made",
      calls: generator,
      stop: "at once",
      check: nothingSent,
    },
    {
      ...beside,
      fault: "before its file is uploaded",
      calls: upload,
      stop: "at once",
      check: nothingSent,
    },
    {
      ...beside,
      fault: "while its file is uploaded",
      calls: upload,
      rules: () => [{ path: "/upload", fault: slowUpload(400) }],
      stop: "when told",
      meanwhile: async (stage) => {
        await isSent(stage, "/upload");
        stage.stop();
      },
      check: nothingSent,
    },
    {
      ...beside,
      fault: "before the app has answered the call",
      calls: generator,
      rules: () => [{ ...join, nth: 2, fault: delay(500) }],
      stop: "when told",
      meanwhile: async (stage) => {
        await isSent(stage, "/queue/join", 2);
        stage.stop();
      },
      check: generatorStops,
    },
    {
      ...beside,
      fault: "while it waits in the queue",
      calls: (tag, peer) => [sibling(tag), { ...hold(tag), endpoint: `/stop_in_turn_${peer}` }],
      beforehand: (stage) => block(stage, "stop_in_turn"),
      stop: "when told",
      meanwhile: async (stage) => {
        await isSent(stage, "/queue/join", 2);
        await isQueued(stage);
        stage.stop();
      },
      ends: "with the trial",
      check: async ({ app, tag, until, pause }) => {
        await app.open(`${tag} before`);
        await until(async () => (await app.facts(`${tag} before`)).includes("done"));
        await pause(1_000);
        return (await app.starts(tag)) === 0 ? undefined : "**it runs all the same**";
      },
    },
    {
      ...beside,
      fault: "while a plain function runs",
      calls: (tag) => [sibling(tag), hold(tag)],
      stop: "when told",
      meanwhile: async (stage) => {
        await isRunning(stage);
        stage.stop();
      },
      ends: "with the trial",
    },
    {
      ...beside,
      fault: "at the first value of a generator",
      calls: generator,
      stop: "first value",
      check: generatorStops,
    },
    {
      ...beside,
      fault: "between values of a generator",
      calls: generator,
      stop: "later value",
      check: generatorStops,
    },
    {
      ...beside,
      fault: "while a result file comes down",
      calls: (tag) => [sibling(tag), { endpoint: "/file", inputs: [], wants: "file", right: "" }],
      rules: () => [{ path: /\/file=/, fault: delay(60_000) }],
      stop: "when told",
      meanwhile: async (stage) => {
        await isSent(stage, "/file=");
        stage.stop();
      },
      notFor: { npm: "does not fetch files" },
      check: async (_stage, { filesLeft }) =>
        filesLeft === 0 ? undefined : "**half a file is left**",
    },
    {
      ...beside,
      fault: "after the end",
      calls: (tag) => [sibling(tag), steps(tag, 3)],
      stop: "after the end",
    },
  ],
};
