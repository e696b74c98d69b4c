import { readdir } from "node:fs/promises";
import { handleFile } from "@gradio-kit/client";
import type { CallOptions, Job } from "@gradio-kit/client";
import { delay, slowUpload } from "@gradio-kit/testing";
import { expect } from "vitest";
import { connect } from "../harness/connect.js";
import { facts, until, untilFact } from "../harness/facts.js";
import { expectStopped } from "../harness/standstill.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import type { Bench } from "./bench.js";

/** Stops the job of a test, in one way or another; checks that it is over for its caller at once. */
export type Stop = (job: Job) => Promise<void>;

/** A moment in the life of a call at which it can be stopped. */
export interface StopMoment {
  readonly moment: string;
  /** What becomes of it, for docs/reliability.md. */
  readonly seen: string;
  /** Makes a call, stops it at its moment, and looks what the server makes of that. */
  run(bench: Bench, options: CallOptions, stop: Stop): Promise<void>;
}

const file = () => handleFile(new Blob(["0123456789".repeat(100)]), { name: "a.txt" });

const seen = ({ proxy }: Bench, part: string) =>
  until(`there is a request to ${part}`, () =>
    proxy.requests.some(({ path }) => path.includes(part)),
  );

/** That the app has heard of it: the caller does not wait for that. */
const isTold = ({ proxy }: Bench) =>
  until("the app has been told", () =>
    proxy.requests.some(({ path, ended }) => path.endsWith("/cancel") && ended),
  );

/** Every moment of a call's life. */
export const stopMoments: readonly StopMoment[] = [
  {
    moment: "in the tick in which the call is made",
    seen: "nothing is sent",
    run: async (bench, options, stop) => {
      const joins = bench.count("/queue/join");
      await stop(bench.client.submit("/steps", [bench.tag, 50], options));
      expect(bench.count("/queue/join")).toBe(joins);
    },
  },
  {
    moment: "before its file is uploaded",
    seen: "nothing is sent",
    run: async (bench, options, stop) => {
      const joins = bench.count("/queue/join");
      await stop(bench.client.submit("/describe_file", [file()], options));
      expect(bench.count("/queue/join")).toBe(joins);
    },
  },
  {
    moment: "while its file is uploaded",
    seen: "the upload is broken off, the call is not made",
    run: async (bench, options, stop) => {
      const joins = bench.count("/queue/join");
      bench.proxy.inject({ path: "/upload", fault: slowUpload(20) });
      const job = bench.client.submit("/describe_file", [file()], options);
      await seen(bench, "/upload");
      await stop(job);
      expect(bench.count("/queue/join")).toBe(joins);
    },
  },
  {
    moment: "before the app has answered the call",
    seen: "the app's answer is waited for, then the call is cancelled there",
    run: async (bench, options, stop) => {
      bench.proxy.inject({ path: "/queue/join", nth: 1, fault: delay(200) });
      const job = bench.client.submit("/steps", [bench.tag, 50], options);
      await seen(bench, "/queue/join");
      await stop(job);
      await isTold(bench);
      await expectStopped(bench.server, bench.tag);
    },
  },
  {
    moment: "while it waits in the queue",
    seen: "it leaves the queue and never runs",
    run: async (bench, options, stop) => {
      const { server, client, tag } = bench;
      await using other = await connect(server);
      const before = crypto.randomUUID();
      const blocking = other.submit("/hold_one_at_a_time", [before]);
      await untilFact(server, before, "started");
      const job = client.submit("/hold_one_at_a_time", [tag], options);
      await until("the call waits", () => job.status().code === "IN_QUEUE");
      await stop(job);
      await isTold(bench);
      await bench.open(before);
      await blocking.result();
      // The next in line gets its turn: the stopped one is not before it.
      const next = crypto.randomUUID();
      await bench.open(next);
      expect(await other.predict("/hold_one_at_a_time", [next])).toBe(next);
      expect(await facts(server, tag)).toEqual([]);
    },
  },
  {
    moment: "while a plain function runs",
    seen: "the function runs to its end on the server, unheard",
    run: async (bench, options, stop) => {
      const { server, client, tag } = bench;
      const job = client.submit("/hold", [tag], options);
      await untilFact(server, tag, "started");
      await stop(job);
      expect(job.outputs()).toEqual([]);
    },
  },
  {
    moment: "at the first value of a generator",
    seen: "the value is kept, the generator stops",
    run: async (bench, options, stop) => {
      const job = bench.client.submit("/steps", [bench.tag, 50], options);
      expect(await job.first()).toBe(0);
      await stop(job);
      expect(job.outputs()[0]).toBe(0);
      await expectStopped(bench.server, bench.tag);
    },
  },
  {
    moment: "between values of a generator",
    seen: "the values so far are kept, the generator stops",
    run: async (bench, options, stop) => {
      const job = bench.client.submit("/steps", [bench.tag, 50], options);
      for await (const value of job) if (value === 3) break;
      await stop(job);
      expect(job.outputs().slice(0, 4)).toEqual([0, 1, 2, 3]);
      await expectStopped(bench.server, bench.tag);
    },
  },
  {
    moment: "while a result file comes down",
    seen: "the download is broken off, no half file is left on the disk",
    run: async (bench, options, stop) => {
      await using folder = await temporaryFolder();
      bench.proxy.inject({ path: /\/file=/, fault: delay(60_000) });
      const downloadFiles = folder.path;
      const job = bench.client.submit("/awkward_file", [], { ...options, downloadFiles });
      await seen(bench, "/file=");
      await stop(job);
      await until("no half file is left", async () => (await readdir(folder.path)).length === 0);
    },
  },
];
