import { createDemoApp, createHub } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { gradioKitIn } from "./command-line.js";

async function place() {
  const app = await createDemoApp();
  const home = await temporaryFolder();
  const hub = await createHub({
    users: [{ name: "ada", token: "hf_ofAda" }],
    spaces: {
      "bob/poems": { app: app.url },
      "bob/asleep": { app: app.url, stages: ["SLEEPING"] },
      "bob/broken": { stages: ["RUNTIME_ERROR"], errorMessage: "out of memory" },
      "ada/secret": { app: app.url, private: true },
    },
  });
  const env = { HF_ENDPOINT: hub.url, HF_HOME: home.path, HF_TOKEN: "hf_ofAda" };
  return {
    run: (...words: string[]) => gradioKitIn({ env: { ...env, API_KEY: "hush" } }, ...words),
    hub,
    [Symbol.asyncDispose]: async () => {
      await hub.close();
      await app.close();
      await home[Symbol.asyncDispose]();
    },
  };
}

test("status tells how a Space is doing, and does not wake it", async () => {
  await using spaces = await place();
  const running = await spaces.run("status", "bob/poems");
  expect(running).toMatchObject({ code: 0, stderr: "" });
  expect(running.stdout).toMatch(
    /^ {2}space +bob\/poems\n {2}stage +RUNNING\n {2}hardware +cpu-basic\n/,
  );
  const asleep = await spaces.run("status", "bob/asleep", "--json");
  expect(asleep.code).toBe(0);
  expect(JSON.parse(asleep.stdout)).toMatchObject({ stage: "SLEEPING", usable: true });
  expect(JSON.parse((await spaces.run("status", "bob/asleep", "--json")).stdout)).toMatchObject({
    stage: "SLEEPING",
  });
  expect((await spaces.run("status", "ada/secret")).stdout).toContain("ada/secret (private)");
});

test("a Space that cannot be used, is not there, or is none", async () => {
  await using spaces = await place();
  const broken = await spaces.run("status", "bob/broken");
  expect(broken.code).toBe(3);
  expect(broken.stdout).toContain("RUNTIME_ERROR");
  expect(broken.stderr).toContain("broke while it ran: out of memory.");
  expect(await spaces.run("status", "ada/nothing")).toMatchObject({ code: 3, stdout: "" });
  expect(await spaces.run("status", "http://127.0.0.1:7860")).toMatchObject({
    code: 2,
    stdout: "",
  });
  expect((await spaces.run("predict", "bob/broken")).code).toBe(3);
});

test("duplicate makes a copy, waits until it runs, and prints its id", async () => {
  await using spaces = await place();
  const words = ["--secret", "API_KEY", "--variable", "MODE=fast", "--sleep", "15"];
  const { code, stdout } = await spaces.run("duplicate", "bob/poems", "mine", ...words);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "ada/mine\n" });
  const copy = spaces.hub.space("ada/mine");
  expect(copy.private).toBe(true);
  expect(copy.secrets.get("API_KEY")).toBe("hush");
  expect(copy.variables.get("MODE")).toBe("fast");
  const greeting = await spaces.run("predict", "ada/mine", "/greet", "times=1");
  expect(greeting.stdout).toBe("Hello World!\n");
});

test("duplicate without a token is exit code 4, with a bad secret 2", async () => {
  await using spaces = await place();
  expect((await spaces.run("duplicate", "bob/poems", "--no-token")).code).toBe(4);
  const { code, stderr } = await spaces.run("duplicate", "bob/poems", "--secret", "KEY=hush");
  expect(code).toBe(2);
  expect(stderr).not.toContain("hush");
});
