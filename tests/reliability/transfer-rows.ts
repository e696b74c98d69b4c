import { readdir } from "node:fs/promises";
import { handleFile } from "@gradio-kit/client";
import type { GradioFile } from "@gradio-kit/client";
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
import { expect } from "vitest";
import { until } from "../harness/facts.js";
import { rejection } from "../harness/rejection.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { expectLost, type FaultRow } from "./fault-row.js";

const stream = { method: "GET", path: "/queue/data" } as const;
const text = "grün 😀 \u2028 ende";
const harmless: readonly (readonly [string, () => Fault])[] = [
  ["arrives byte by byte, inside of characters too", () => split()],
  ["arrives in one piece at its end", () => merge()],
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
export const transferRows: readonly FaultRow[] = [
  ...harmless.map(([what, fault]): FaultRow => ({
    fault: `the event stream ${what}`,
    seen: "every value, exactly and once",
    run: async ({ client, proxy }) => {
      proxy.inject({ ...stream, fault: fault() });
      expect(await client.predict("/echo", [{ text }])).toEqual({ text });
      const job = client.submit<number>("/count", [4]);
      expect(await job.result()).toBe(3);
      expect(job.outputs()).toEqual([0, 1, 2, 3]);
    },
  })),
  {
    fault: "every message of the event stream comes twice",
    seen: "the value, once",
    run: async ({ client, proxy }) => {
      proxy.inject({ ...stream, fault: duplicateMessages() });
      const job = client.submit("/echo", [{ text }]);
      expect(await job.result()).toEqual({ text });
      expect(job.outputs()).toHaveLength(1);
    },
  },
  {
    fault: "a message of the event stream is garbled",
    seen: "`CONNECTION_LOST`, `mayHaveRun`, with a `ProtocolError` as its cause",
    run: async ({ client, proxy, tag, open }) => {
      proxy.inject({ ...stream, nth: 1, fault: garbleMessage(1) });
      await open();
      await expectLost(client.submit("/hold", [tag]));
    },
  },
  {
    fault: "the heartbeat of the session breaks",
    seen: "nothing: it is opened again",
    run: async ({ client, proxy, count }) => {
      await client.predict("/greet", ["Eve"]);
      await until("the heart beats", () => count("/heartbeat/") === 1);
      await until("it is broken", () => proxy.dropRequests({ path: /heartbeat/ }) === 1);
      await until("it beats again", () => count("/heartbeat/") === 2);
    },
  },
  {
    fault: "the upload of an input is cut off",
    seen: "`UPLOAD_FAILED`, `retryable`: the call was not made",
    run: async ({ client, proxy, count }) => {
      proxy.inject({ method: "POST", path: "/upload", nth: 1, fault: reset() });
      const file = handleFile(new Blob(["0123456789"]), { name: "a.txt" });
      expect(await rejection(client.predict("/describe_file", [file]))).toMatchObject({
        code: "UPLOAD_FAILED",
        retryable: true,
      });
      expect(count("/queue/join")).toBe(0);
      expect(await client.predict("/describe_file", [file])).toMatchObject({ size: 10 });
    },
  },
  {
    fault: "the upload of an input is slow",
    seen: "the value, once",
    run: async ({ client, proxy }) => {
      proxy.inject({ method: "POST", path: "/upload", fault: slowUpload(2000) });
      const file = handleFile(new Blob(["0123456789"]), { name: "a.txt" });
      expect(await client.predict("/describe_file", [file])).toMatchObject({ size: 10 });
    },
  },
  {
    fault: "a result file is cut off on its way",
    seen: "`CONNECTION_LOST`; no half file is left on the disk",
    run: async ({ client, proxy }) => {
      await using folder = await temporaryFolder();
      proxy.inject({ path: /\/file=/, fault: cut({ bytes: 3 }) });
      const call = client.predict("/awkward_file", [], { downloadFiles: folder.path });
      expect(await rejection(call)).toMatchObject({ code: "CONNECTION_LOST" });
      expect(await readdir(folder.path)).toEqual([]);
    },
  },
  {
    fault: "a result file that is fetched later is cut off on its way",
    seen: "`CONNECTION_LOST` from that member; the next attempt gives the file",
    run: async ({ client, proxy }) => {
      const file = await client.predict<GradioFile>("/awkward_file", [], { downloadFiles: false });
      proxy.inject({ path: /\/file=/, nth: 1, fault: cut({ bytes: 3 }) });
      expect(await rejection(file.text())).toMatchObject({ code: "CONNECTION_LOST" });
      expect(await file.text()).toBe("awkward");
    },
  },
];
