import { Client, ConnectionError, SpaceError, TimeoutError } from "@gradio-kit/client";
import { createHub } from "@gradio-kit/testing";
import { describe, expect, test } from "vitest";
import { rejection } from "../harness/rejection.js";
import { hubPlace, startApp } from "./hub.js";

const quiet = { verbose: false, downloadFiles: false } as const;

describe("a Space is reached", () => {
  test("by its id, and its page", async () => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "ada/open": { app: app.url } } });
    const pages = [
      "ada/open",
      "https://huggingface.co/spaces/ada/open",
      `${place.hub.url}/spaces/ada/open/`,
    ];
    for (const src of pages) {
      await using client = await Client.connect(src, quiet);
      expect(client.spaceId).toBe("ada/open");
      expect(client.src).toBe(`${place.hub.space("ada/open").url}/`);
      expect(await client.predict("/greet", { name: "you" })).toBe("Hello you!");
    }
  });

  test("while it runs without asking for its stage again, and without a word", async () => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "ada/open": { app: app.url } } });
    const stages: string[] = [];
    const options = { ...quiet, onSpaceStatus: (stage: string) => void stages.push(stage) };
    await using client = await Client.connect("ada/open", options);
    expect(client.spaceId).toBe("ada/open");
    expect(stages).toEqual([]);
    expect(place.hub.requests.map(({ path }) => path)).toEqual(["/api/spaces/ada/open"]);
  });
});

describe("a Space that is not running yet is waited for", () => {
  test.each([
    [
      ["BUILDING", "APP_STARTING", "RUNNING"],
      ["BUILDING", "APP_STARTING", "RUNNING"],
    ],
    [
      ["SLEEPING", "APP_STARTING", "RUNNING"],
      ["SLEEPING", "APP_STARTING", "RUNNING"],
    ],
    [
      ["STOPPED", "RUNNING_BUILDING"],
      ["STOPPED", "RUNNING_BUILDING"],
    ],
    [
      ["BUILDING", "BUILDING", "RUNNING_APP_STARTING"],
      ["BUILDING", "RUNNING_APP_STARTING"],
    ],
  ])("%j", async (stages, told) => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "ada/slow": { app: app.url, stages } } });
    const seen: string[] = [];
    const lines: string[] = [];
    await using client = await Client.connect("ada/slow", {
      downloadFiles: false,
      onSpaceStatus: (stage) => void seen.push(stage),
      log: (line) => void lines.push(line),
    });
    expect(seen).toEqual(told);
    expect(await client.predict("/greet", { name: "you" })).toBe("Hello you!");
    expect(lines.filter((line) => line.startsWith("The Space ada/slow is"))).toHaveLength(
      told.length,
    );
    expect(place.hub.space("ada/slow").stage).toBe(stages.at(-1));
  });

  test("by one loop: a few questions, not a storm", async () => {
    await using app = await startApp();
    const stages = ["BUILDING", "BUILDING", "BUILDING", "RUNNING"];
    await using place = await hubPlace({ spaces: { "ada/slow": { app: app.url, stages } } });
    await using client = await Client.connect("ada/slow", quiet);
    expect(client.spaceId).toBe("ada/slow");
    expect(place.hub.requests.map(({ path }) => path)).toEqual([
      "/api/spaces/ada/slow",
      "/api/spaces/ada/slow/runtime",
      "/api/spaces/ada/slow/runtime",
      "/api/spaces/ada/slow/runtime",
    ]);
  });

  test("for as long as the caller says", async () => {
    await using place = await hubPlace({ spaces: { "ada/slow": { stages: ["BUILDING"] } } });
    const error = await rejection(Client.connect("ada/slow", { ...quiet, timeout: 100 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining("BUILDING") });
    expect(place.hub.space("ada/slow").requests).toEqual([]);
  });

  test("until the caller gives up", async () => {
    await using place = await hubPlace({ spaces: { "ada/slow": { stages: ["BUILDING"] } } });
    const controller = new AbortController();
    const reason = new Error("enough");
    const connecting = Client.connect("ada/slow", {
      ...quiet,
      signal: controller.signal,
      onSpaceStatus: () => controller.abort(reason),
    });
    expect(await rejection(connecting)).toBe(reason);
    expect(place.hub.requests).toHaveLength(1);
  });
});

describe("a Space that cannot run is told at once", () => {
  test.each(["PAUSED", "NO_APP_FILE", "CONFIG_ERROR", "BUILD_ERROR", "RUNTIME_ERROR", "DELETING"])(
    "%s",
    async (stage) => {
      await using place = await hubPlace({ spaces: { "ada/broken": { stages: [stage] } } });
      const error = await rejection(Client.connect("ada/broken", quiet));
      expect(error).toBeInstanceOf(SpaceError);
      const url = `${place.hub.url}/spaces/ada/broken`;
      expect(error).toMatchObject({ code: `SPACE_${stage}`, stage, url, retryable: false });
    },
  );

  test("with what the Hub says of it, also after waiting", async () => {
    const stages = ["BUILDING", "RUNTIME_ERROR"];
    await using place = await hubPlace({
      spaces: { "ada/broken": { stages, errorMessage: "No module named 'torch'" } },
    });
    const error = await rejection(Client.connect("ada/broken", quiet));
    expect(error).toMatchObject({ code: "SPACE_RUNTIME_ERROR" });
    expect(String(error)).toContain("No module named 'torch'");
    expect(place.hub.requests).toHaveLength(2);
  });
});

test("a stage of a later Hub does not stand in the way", async () => {
  await using app = await startApp();
  await using place = await hubPlace({ spaces: { "ada/new": { app: app.url } } });
  place.hub.space("ada/new").setStages(["RUNNING_IN_CIRCLES"]);
  const error = await rejection(Client.connect("ada/new", quiet));
  // The double does not serve it, the client has asked all the same.
  expect(error).toMatchObject({ code: "HTTP_503" });
});

test("a Hub that does not answer is told from a Space that does not", async () => {
  await using place = await hubPlace({});
  const gone = await createHub();
  await gone.close();
  place.set({ HF_ENDPOINT: "http://127.0.0.1:1" });
  const error = await rejection(Client.connect("ada/open", quiet));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(String(error)).toContain("The Hub at http://127.0.0.1:1/ does not answer");
  place.set({ HF_ENDPOINT: "nowhere" });
  expect(await rejection(Client.connect("ada/open", quiet))).toMatchObject({
    code: "INVALID_OPTION",
  });
});
