import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createFaultProxy,
  createGradioServer,
  endpoint,
  file,
  slowUpload,
  split,
  stall,
  textbox,
} from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { until } from "../harness/facts.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { createEndlessApp } from "./endless-app.js";
import { keys, openTerminal } from "./terminal.js";

/** A function that goes on step by step, as the test says. */
function steps(): { next: () => void; wait: () => Promise<void> } {
  const waiting: (() => void)[] = [];
  let ready = 0;
  return {
    next: () => {
      const go = waiting.shift();
      if (go === undefined) ready += 1;
      else go();
    },
    wait: async () => {
      if (ready > 0) ready -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

test("progress is a bar, a message stays above it, a stream changes in place", async () => {
  const step = steps();
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "work",
        inputs: [],
        outputs: [textbox()],
        run: async function* ({ progress, log }) {
          log.info("Here we go");
          progress([1, 4], { desc: "Painting", unit: "strokes" });
          await step.wait();
          yield "half";
          progress([2, 4], { desc: "Painting", unit: "strokes" });
          await step.wait();
          yield "half and half";
        },
      }),
    ],
  });
  await using terminal = openTerminal(["predict", app.url]);
  await terminal.shows(/Painting {2}█+░+ +25% {2}1\/4 strokes/);
  expect(terminal.screen()).toMatch(/^Info: Here we go\n/);
  step.next();
  await terminal.shows(/half\nPainting {2}█+░+ +50% {2}2\/4 strokes/);
  step.next();
  expect(await terminal.ended).toBe(0);
  // Nothing passes any more: the message and the last value are what is left.
  expect(terminal.screen()).toBe("Info: Here we go\nhalf and half");
  expect(terminal.written().endsWith("\u001b[?25l")).toBe(false);
});

test("a call that waits shows its place in the queue", async () => {
  const step = steps();
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "slow",
        inputs: [],
        outputs: [textbox()],
        run: () => step.wait().then(() => "done"),
      }),
    ],
  });
  await using first = openTerminal(["predict", app.url]);
  await first.shows("running");
  await using second = openTerminal(["predict", app.url]);
  await second.shows(/waiting at place 1 of 1/);
  step.next();
  step.next();
  await second.shows("done");
  expect([await first.ended, await second.ended]).toEqual([0, 0]);
});

test("uploads and downloads are bars on stderr, and a pipe gets the value only", async () => {
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "copy",
        inputs: [file("File", { name: "file" })],
        outputs: [file("Copy")],
        run: async (given, context) =>
          context.createFile(await context.readFile(given), "copy.bin"),
      }),
    ],
  });
  await using folder = await temporaryFolder();
  const path = join(folder.path, "big.bin");
  await writeFile(path, new Uint8Array(6_000_000));
  await using proxy = await createFaultProxy({
    target: app.url,
    rules: [
      { path: "/upload", fault: slowUpload(12_000_000) },
      { path: /file=/, fault: split(4000) },
    ],
  });
  const command = `"$NODE" "$BIN" predict ${proxy.url} file=@${path} -o ${folder.path} | cat`;
  await using terminal = openTerminal([], { shell: command });
  expect(await terminal.ended).toBe(0);
  expect(terminal.written()).toContain("of 6.0 MB");
  expect(terminal.written()).toMatch(/uploading .*big\.bin/);
  expect(terminal.written()).toMatch(/saving copy\.bin/);
  expect(terminal.screen()).toBe(join(folder.path, "copy.bin"));
});

test("Ctrl-C cancels in the app, and the terminal is as it was", async () => {
  await using app = await createEndlessApp();
  await using terminal = openTerminal(["predict", app.url]);
  await terminal.shows(/^\d\d/);
  terminal.type(keys.interrupt);
  expect(await terminal.ended).toBe(130);
  expect(terminal.screen()).toContain("gradio-kit: Stopped.");
  expect(terminal.written().lastIndexOf("\u001b[?25h")).toBeGreaterThan(
    terminal.written().lastIndexOf("\u001b[?25l"),
  );
  await app.untilStopped();
});

test("a second Ctrl-C does not wait for the app", async () => {
  const step = steps();
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "deaf",
        inputs: [],
        outputs: [textbox()],
        run: () => step.wait().then(() => ""),
      }),
    ],
  });
  // The app is asked to cancel, and never answers.
  await using proxy = await createFaultProxy({
    target: app.url,
    rules: [{ path: "/cancel", fault: stall() }],
  });
  await using terminal = openTerminal(["predict", proxy.url]);
  await terminal.shows("running");
  terminal.type(keys.interrupt);
  await terminal.shows("Stopping");
  await until("the app is asked", () => proxy.requests.some(({ path }) => path.includes("cancel")));
  terminal.type(keys.interrupt);
  expect(await terminal.ended).toBe(130);
  expect(terminal.screen()).not.toContain("Stopped.");
  step.next();
});

test("an app's text cannot move the cursor, and NO_COLOR leaves no colours", async () => {
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "evil",
        inputs: [],
        outputs: [textbox()],
        run: () => "a\u001b[2Jb\u001b]0;title\u0007",
      }),
    ],
  });
  await using terminal = openTerminal(["predict", app.url], { env: { NO_COLOR: "1" } });
  expect(await terminal.ended).toBe(0);
  expect(terminal.screen()).toBe("ab");
  await using plain = openTerminal(["info", app.url], { env: { NO_COLOR: "1" } });
  await plain.ended;
  expect(plain.written()).not.toMatch(/\[\d+m/);
  await using coloured = openTerminal(["info", app.url], {});
  await coloured.ended;
  expect(coloured.written()).toContain("\u001b[1m/evil");
});
