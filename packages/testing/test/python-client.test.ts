import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startTourApp } from "./support/tour-app.js";

const script = fileURLToPath(new URL("support/python_client.py", import.meta.url));

function interpreter(): string {
  const path = process.env["GRADIO_KIT_PYTHON"];
  if (path) return path;
  throw new Error(
    "GRADIO_KIT_PYTHON is not set: `npm test` provides a Python with gradio_client and sets it.",
  );
}

test("Python's gradio_client drives the server", { timeout: 60_000 }, async () => {
  await using server = await startTourApp();
  const { stdout } = await promisify(execFile)(interpreter(), [script, server.url], {
    timeout: 55_000,
    env: { ...process.env, HF_HUB_OFFLINE: "1", HF_HUB_DISABLE_TELEMETRY: "1" },
  });
  expect(JSON.parse(stdout)).toEqual({
    greet: "Hello you!",
    greet_default: "Hello World!",
    count: [
      ["x", 1],
      ["xx", 2],
      ["xxx", 3],
    ],
    count_result: ["xxx", 3],
    count_status: ["FINISHED", true],
    shout: ["loud note.txt #1.txt", "QUIET"],
    tally: [2, 5],
    tally_after_reset: 4,
    fail: ["out of ink", "Printer", 3, true],
    checked: expect.stringContaining("word: too short"),
    cancelled: true,
    after_cancel: "no result",
    endpoints: ["/greet", "/count", "/shout", "/tally", "/fail", "/checked", "/forever"],
    greet_parameters: [
      ["name", "World", "str"],
      ["times", 2, "float"],
    ],
  });
  const cancelled = server.requests.find(({ path }) => path === "/gradio_api/cancel");
  expect(cancelled?.status).toBe(200);
});
