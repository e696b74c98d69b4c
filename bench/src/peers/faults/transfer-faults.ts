import {
  cut,
  duplicateMessages,
  garbleMessage,
  inventMessage,
  merge,
  reset,
  slowUpload,
  split,
} from "@gradio-kit/testing";
import type { Fault } from "@gradio-kit/testing";
import { steps, stream, type FaultGroup, type PeerFault } from "../peer-fault.js";
import type { Call } from "../task.js";

const text = "grün 😀 \u2028 ende";
export const echo: Call = { endpoint: "/echo", inputs: [text], wants: "value", right: text };
export const upload: Call = {
  endpoint: "/size",
  inputs: [],
  upload: "0123456789",
  wants: "value",
  right: 10,
};
export const file: Call = { endpoint: "/file", inputs: [], wants: "file", right: "0123456789" };
const visit: Call = { endpoint: "/increment", inputs: [], wants: "value", right: 2 };
const toUpload = { method: "POST", path: "/upload" } as const;
const handsOver = "does not fetch files";

const harmless: readonly (readonly [string, () => Fault])[] = [
  ["arrives byte by byte, inside of characters too", () => split()],
  ["arrives in one piece at its end", merge],
  [
    "has messages that nobody knows",
    () => inventMessage(1, { msg: "new in 2030", event_id: null }),
  ],
  [
    "speaks of a call that nobody made",
    () => inventMessage(1, { msg: "process_starts", event_id: "nobody" }),
  ],
];

/** What happens to messages and files on their way. */
export const transferFaults: FaultGroup = {
  title: "Messages and files on their way",
  rows: [
    ...harmless.map(([what, fault]): PeerFault => ({
      fault: `the event stream ${what}`,
      calls: (tag) => [echo, steps(tag, 4)],
      pace: "in turn",
      rules: () => [{ ...stream, fault: fault() }],
    })),
    {
      fault: "every message of the event stream comes twice",
      calls: () => [{ ...echo, wants: "values", right: [text] }],
      rules: () => [{ ...stream, fault: duplicateMessages() }],
    },
    {
      fault: "a message of the event stream is garbled",
      rules: () => [{ ...stream, nth: 1, fault: garbleMessage(1) }],
      ends: "later",
    },
    {
      fault: "the heartbeat of the session breaks",
      app: "visits",
      before: [{ ...visit, right: 1 }],
      calls: () => [visit],
      beforehand: ({ proxy, until }) => until(() => proxy.dropRequests({ path: /heartbeat/ }) > 0),
      check: async ({ proxy, until }) => {
        const beats = () => proxy.requests.filter(({ path }) => path.includes("/heartbeat/"));
        await until(() => beats().length > 1);
        return beats().length > 1 ? undefined : "**the heartbeat does not come back**";
      },
    },
    {
      fault: "the upload of an input is cut off",
      calls: () => [upload],
      rules: () => [{ ...toUpload, nth: 1, fault: reset() }],
    },
    {
      fault: "the upload of an input is slow",
      calls: () => [upload],
      rules: () => [{ ...toUpload, fault: slowUpload(2000) }],
    },
    {
      fault: "a result file is cut off on its way",
      calls: () => [file],
      rules: () => [{ path: /\/file=/, fault: cut({ bytes: 3 }) }],
      notFor: { npm: handsOver },
      check: async (_stage, { filesLeft }) =>
        filesLeft === 0 ? undefined : "**half a file is left**",
    },
    {
      fault: "a result file that is fetched later is cut off on its way",
      calls: () => [file],
      download: "later",
      rules: () => [{ path: /\/file=/, nth: 1, fault: cut({ bytes: 3 }) }],
      notFor: { npm: handsOver, python: handsOver },
    },
  ],
};
