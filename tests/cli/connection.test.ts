import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createDemoApp, createHub } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { gradioKit, gradioKitIn, startGradioKit } from "./command-line.js";
import { createEndlessApp } from "./endless-app.js";

test("headers and cookies go along; --quiet leaves stderr empty", async () => {
  await using app = await createDemoApp({ delay: 5 });
  const given = ["--header", "X-One: 1", "--header", "x-two: a: b", "--cookie", "theme=dark"];
  const words = ["predict", app.url, "/count", "steps=1", "--quiet", ...given];
  expect(await gradioKit(...words)).toMatchObject({ code: 0, stdout: '"1"\n', stderr: "" });
  const joined = app.requests.find(({ path }) => path.includes("queue/join"));
  expect(joined?.headers).toMatchObject({ "x-one": "1", "x-two": "a: b", cookie: "theme=dark" });
});

test.each([
  ["--header", "no colon", '"name: value"'],
  ["--cookie", "secret", "name=value"],
  ["--timeout", "soon", "number of seconds"],
  ["--auth", "ada", "GRADIO_KIT_PASSWORD"],
  ["--session", "a/b", "letters, digits"],
])("%s %s: exit code 2, before any request", async (option, value, message) => {
  await using app = await createDemoApp();
  const { code, stdout, stderr } = await gradioKit("predict", app.url, "/greet", option, value);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(app.requests).toEqual([]);
});

test("--session keeps State from call to call, for each app on its own", async () => {
  await using app = await createDemoApp();
  await using other = await createDemoApp();
  await using home = await temporaryFolder();
  const place = { env: { HOME: home.path, XDG_DATA_HOME: home.path } };
  const tally = async (url: string, ...words: string[]) =>
    (await gradioKitIn(place, "predict", url, "/tally", "step=2", ...words)).stdout;
  expect(await tally(app.url, "--session", "mine")).toBe("2\n");
  expect(await tally(`${app.url}/`, "--session", "mine")).toBe("4\n");
  expect(await tally(app.url)).toBe("2\n");
  expect(await tally(other.url, "--session", "mine")).toBe("2\n");
  // What one app knows of its session says nothing about the one of the other.
  expect(await readdir(join(home.path, "gradio-kit", "sessions", "mine"))).toHaveLength(2);
});

test("--timeout ends a call that takes longer, in the app too: exit code 3", async () => {
  await using app = await createEndlessApp();
  await using command = startGradioKit(["predict", app.url, "--timeout", "3"]);
  expect(await command.ended).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("--timeout"),
  });
  await app.untilStopped();
});

test("a private Space opens with --token or HF_TOKEN, and with none it is exit code 4", async () => {
  await using app = await createDemoApp();
  await using hub = await createHub({
    users: [{ name: "ada", token: "hf_ofAda" }],
    spaces: { "ada/secret": { app: app.url, private: true } },
  });
  const env = { HF_ENDPOINT: hub.url, HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" };
  const words = ["predict", "ada/secret", "/greet", "times=1"];
  const greeting = { code: 0, stdout: "Hello World!\n" };
  const withVariable = { env: { ...env, HF_TOKEN: "hf_ofAda", HF_HUB_DISABLE_IMPLICIT_TOKEN: "" } };
  expect(await gradioKitIn({ env }, ...words, "--token", "hf_ofAda")).toMatchObject(greeting);
  expect(await gradioKitIn(withVariable, ...words)).toMatchObject(greeting);
  const { code, stderr } = await gradioKitIn(withVariable, ...words, "--no-token");
  expect(code).toBe(4);
  expect(stderr).not.toContain("hf_ofAda");
});
