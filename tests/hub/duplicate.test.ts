import {
  AuthenticationError,
  Client,
  HttpError,
  InputError,
  SpaceError,
  TimeoutError,
} from "@gradio-kit/client";
import { describe, expect, test } from "vitest";
import { rejection } from "../harness/rejection.js";
import { adasToken, bobsToken, hubPlace, startApp, type HubPlace } from "./hub.js";

const quiet = { verbose: false, downloadFiles: false, token: adasToken } as const;
const writes = ({ hub }: HubPlace) =>
  hub.requests
    .filter(({ method }) => method !== "GET")
    .map(({ path, body }) => [path.replace("/api/spaces/", ""), body]);

describe("a copy of a Space", () => {
  test("is private, in the owner's account, waited for and called", async () => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "bob/open": { app: app.url } } });
    const lines: string[] = [];
    const stages: string[] = [];
    await using client = await Client.duplicate("bob/open", {
      token: adasToken,
      downloadFiles: false,
      log: (line) => void lines.push(line),
      onSpaceStatus: (stage) => void stages.push(stage),
    });
    expect(client.spaceId).toBe("ada/open");
    expect(await client.predict("/greet", { name: "you" })).toBe("Hello you!");
    const copy = place.hub.space("ada/open");
    expect([copy.private, copy.hardware, copy.sleepTime]).toEqual([true, "cpu-basic", undefined]);
    expect(stages).toEqual(["BUILDING", "APP_STARTING", "RUNNING"]);
    expect(lines.join("\n")).toMatch(
      /Duplicating .* bob\/open as ada\/open[^]*Made the Space http/,
    );
    expect(lines.join("\n")).not.toContain("NOTE");
    expect(writes(place)).toEqual([
      ["bob/open/duplicate", { repository: "ada/open", private: true, hardware: "cpu-basic" }],
    ]);
  });

  test("gets what the caller wants, in one request", async () => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "bob/open": { app: app.url } } });
    const lines: string[] = [];
    await using client = await Client.duplicate(`${place.hub.url}/spaces/bob/open`, {
      token: adasToken,
      toId: "engines/mine",
      private: false,
      hardware: "t4-small",
      secrets: { KEY: "s3cret" },
      variables: { MODEL: "tiny" },
      sleepTimeout: 10,
      log: (line) => void lines.push(line),
    });
    expect(client.spaceId).toBe("engines/mine");
    const copy = place.hub.space("engines/mine");
    expect([copy.private, copy.hardware, copy.sleepTime]).toEqual([false, "t4-small", 600]);
    expect([[...copy.secrets], [...copy.variables]]).toEqual([
      [["KEY", "s3cret"]],
      [["MODEL", "tiny"]],
    ]);
    expect(writes(place)).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith("NOTE"))).toEqual([
      expect.stringContaining("t4-small"),
    ]);
    expect(lines.join()).not.toContain("s3cret");
  });

  test("runs on what the original runs on, and sleeps after five minutes", async () => {
    await using app = await startApp();
    await using place = await hubPlace({
      spaces: { "bob/gpu": { app: app.url, hardware: "a10g-small" } },
    });
    await using client = await Client.duplicate("bob/gpu", { ...quiet, toId: "cheap" });
    const copy = place.hub.space("ada/cheap");
    expect([client.spaceId, copy.hardware, copy.sleepTime]).toEqual([
      "ada/cheap",
      "a10g-small",
      300,
    ]);
  });

  test("that is there already is used; only its hardware and sleep time follow", async () => {
    await using app = await startApp();
    await using place = await hubPlace({
      spaces: { "bob/open": { app: app.url }, "ada/open": { app: app.url, private: true } },
    });
    const lines: string[] = [];
    await using client = await Client.duplicate("bob/open", {
      token: adasToken,
      hardware: "t4-small",
      secrets: { KEY: "s3cret" },
      log: (line) => void lines.push(line),
    });
    expect(client.spaceId).toBe("ada/open");
    expect(writes(place)).toEqual([
      ["ada/open/hardware", { flavor: "t4-small" }],
      ["ada/open/sleeptime", { seconds: 300 }],
    ]);
    expect(place.hub.space("ada/open").secrets.size).toBe(0);
    expect(lines.join("\n")).toMatch(
      /Using your existing Space[^]*secrets and variables stay[^]*NOTE/,
    );
    await using again = await Client.duplicate("bob/open", quiet);
    expect(again.spaceId).toBe("ada/open");
  });
});

describe("a copy is refused", () => {
  test("without a token, before any request", async () => {
    await using place = await hubPlace({ spaces: { "bob/open": {} } });
    const error = await rejection(Client.duplicate("bob/open", { ...quiet, token: false }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ code: "TOKEN_REQUIRED" });
    expect(place.hub.requests).toEqual([]);
  });

  test.each([
    [
      "with a token that nobody has",
      "bob/open",
      { token: "hf_wrong" },
      { code: "INVALID_CREDENTIALS" },
    ],
    ["of a Space that is not there", "bob/none", {}, { code: "SPACE_NOT_FOUND" }],
    ["of somebody else's private Space", "bob/secret", {}, { code: "SPACE_NOT_FOUND" }],
    [
      "into somebody else's account",
      "bob/open",
      { toId: "bob/copy" },
      { code: "INVALID_CREDENTIALS" },
    ],
  ])("%s", async (_, id, options, expected) => {
    await using place = await hubPlace({
      spaces: { "bob/open": {}, "bob/secret": { private: true } },
    });
    const error = await rejection(Client.duplicate(id, { ...quiet, ...options }));
    expect(error).toMatchObject(expected);
    expect(place.hub.has("ada/open")).toBe(false);
  });

  test.each([
    [{ sleepTimeout: -1 }],
    [{ sleepTimeout: "5" }],
    [{ secrets: ["KEY"] }],
    [{ secrets: { KEY: 1 } }],
    [{ toId: "a/b/c" }],
    [{ private: "yes" }],
    [{ colour: "red" }],
  ])("with options such as %j", async (options) => {
    await using place = await hubPlace({ spaces: { "bob/open": {} } });
    const error = await rejection(Client.duplicate("bob/open", { ...quiet, ...options } as never));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "INVALID_OPTION" });
    expect(place.hub.requests).toEqual([]);
  });

  test("of what is no Space", async () => {
    await using place = await hubPlace({});
    const error = await rejection(Client.duplicate("http://127.0.0.1:1", quiet));
    expect(error).toMatchObject({ code: "INVALID_SOURCE" });
    expect(place.hub.requests).toEqual([]);
  });
});

test("a copy that does not start is an error of the Space, and its time is bounded", async () => {
  await using place = await hubPlace({
    spaces: { "bob/open": {}, "ada/open": { stages: ["BUILD_ERROR"] } },
  });
  const failed = await rejection(Client.duplicate("bob/open", quiet));
  expect(failed).toBeInstanceOf(SpaceError);
  expect(failed).toMatchObject({ code: "SPACE_BUILD_ERROR" });
  place.hub.space("ada/open").setStages(["BUILDING"]);
  const late = await rejection(Client.duplicate("bob/open", { ...quiet, timeout: 300 }));
  expect(late).toBeInstanceOf(TimeoutError);
});

test("the Hub's own words are in the error of what it refuses", async () => {
  await using place = await hubPlace({ spaces: { "bob/open": {}, "ada/copy": {} } });
  // Not visible to bob, and so in the way of his copy in a name of the organization.
  const error = await rejection(
    Client.duplicate("bob/open", {
      ...quiet,
      token: bobsToken,
      toId: "ada/copy",
      hardware: "t4-small",
    }),
  );
  expect(error).not.toBeInstanceOf(HttpError);
  expect(String(error)).toContain("You don't have the rights to change this Space");
  expect(place.hub.space("ada/copy").hardware).toBe("cpu-basic");
});
