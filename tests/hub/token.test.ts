import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { AuthenticationError, Client, type GradioFile, SpaceError } from "@gradio-kit/client";
import { createGradioServer, endpoint, file } from "@gradio-kit/testing";
import { describe, expect, test } from "vitest";
import { rejection } from "../harness/rejection.js";
import { openRedirect, openSite } from "../harness/site.js";
import { adasToken, bobsToken, hubPlace, startApp } from "./hub.js";

const quiet = { verbose: false, downloadFiles: false } as const;
const secret = (app: string) => ({ spaces: { "ada/secret": { app, private: true } } });

describe("a private Space", () => {
  test("opens with a token, for every kind of request", async () => {
    await using app = await startApp();
    await using place = await hubPlace(secret(app.url));
    await using client = await Client.connect("ada/secret", { ...quiet, token: adasToken });
    expect(await client.predict("/greet", { name: "you" })).toBe("Hello you!");
    const sent = await client.upload(new TextEncoder().encode("12345"));
    expect(await client.predict("/size", { file: sent })).toBe("5");
    const note = (await client.predict("/note")) as { text(): Promise<string>; url: string };
    expect(await note.text()).toBe("a note");
    const { requests } = place.hub.space("ada/secret");
    expect(requests.length).toBeGreaterThan(8);
    expect(requests.filter(({ status }) => status === 401)).toEqual([]);
    expect(new Set(requests.map(({ headers }) => headers["x-hf-authorization"]))).toEqual(
      new Set([`Bearer ${adasToken}`]),
    );
    // What leads to the app alone is not in addresses, nor in what a program may print.
    expect([note.url, inspect(client, { depth: 10, showHidden: true })].join()).not.toContain(
      adasToken,
    );
  });

  test("leaves `authorization` to the app", async () => {
    await using app = await startApp();
    await using place = await hubPlace(secret(app.url));
    const headers = { authorization: "Basic YTpi" };
    await using client = await Client.connect("ada/secret", {
      ...quiet,
      token: adasToken,
      headers,
    });
    const seen = JSON.parse((await client.predict("/headers")) as string) as Record<string, string>;
    expect(seen["authorization"]).toBe("Basic YTpi");
    expect(place.hub.requests[0]?.headers["authorization"]).toBe(`Bearer ${adasToken}`);
  });

  test.each([
    ["without a token", { token: false as const }, "TOKEN_REQUIRED"],
    ["with a token that nobody has", { token: "hf_wrong" }, "INVALID_CREDENTIALS"],
  ])("stays closed %s", async (_, options, code) => {
    await using place = await hubPlace({ spaces: { "ada/secret": { private: true } } });
    const error = await rejection(Client.connect("ada/secret", { ...quiet, ...options }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ code });
    expect(inspect(error, { depth: 10 })).not.toContain("hf_wrong");
    expect(place.hub.space("ada/secret").requests).toEqual([]);
  });

  test("is not there for others, as one that does not exist", async () => {
    await using place = await hubPlace({ spaces: { "ada/secret": { private: true } } });
    for (const id of ["ada/secret", "ada/none"]) {
      const error = await rejection(Client.connect(id, { ...quiet, token: bobsToken }));
      expect(error).toBeInstanceOf(SpaceError);
      expect(error).toMatchObject({
        code: "SPACE_NOT_FOUND",
        url: `${place.hub.url}/spaces/${id}`,
      });
    }
  });

  test("wakes for its owner", async () => {
    await using app = await startApp();
    await using place = await hubPlace({
      spaces: { "ada/secret": { app: app.url, private: true, stages: ["SLEEPING", "RUNNING"] } },
    });
    await using client = await Client.connect("ada/secret", { ...quiet, token: adasToken });
    expect(client.spaceId).toBe("ada/secret");
    expect(place.hub.space("ada/secret").stage).toBe("RUNNING");
  });
});

describe("the token of this machine", () => {
  test("is found where the Hub's tools keep it, in their order", async () => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "ada/open": { app: app.url } } });
    const tokenSent = async (): Promise<string | undefined> => {
      await using client = await Client.connect("ada/open", quiet);
      expect(client.spaceId).toBe("ada/open");
      return place.hub.requests.at(-1)?.headers["authorization"];
    };
    expect(await tokenSent()).toBeUndefined();
    await mkdir(join(place.folder, "huggingface"));
    await writeFile(join(place.folder, "huggingface", "token"), `${adasToken}\n`);
    place.set({ XDG_CACHE_HOME: place.folder });
    delete process.env["HF_HOME"];
    expect(await tokenSent()).toBe(`Bearer ${adasToken}`);
    place.set({ HF_HOME: place.folder });
    await writeFile(join(place.folder, "token"), bobsToken);
    expect(await tokenSent()).toBe(`Bearer ${bobsToken}`);
    await writeFile(join(place.folder, "elsewhere"), adasToken);
    place.set({ HF_TOKEN_PATH: join(place.folder, "elsewhere") });
    expect(await tokenSent()).toBe(`Bearer ${adasToken}`);
    place.set({ HUGGING_FACE_HUB_TOKEN: bobsToken });
    expect(await tokenSent()).toBe(`Bearer ${bobsToken}`);
    place.set({ HF_TOKEN: adasToken });
    expect(await tokenSent()).toBe(`Bearer ${adasToken}`);
    place.set({ HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" });
    expect(await tokenSent()).toBeUndefined();
  });

  test("yields to the caller's, and to `false`", async () => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "ada/open": { app: app.url } } });
    place.set({ HF_TOKEN: adasToken });
    for (const token of [bobsToken, false] as const) {
      await using client = await Client.connect("ada/open", { ...quiet, token });
      expect(client.spaceId).toBe("ada/open");
    }
    const sent = [...place.hub.requests, ...place.hub.space("ada/open").requests];
    expect(sent.map(({ headers }) => JSON.stringify(headers)).join()).not.toContain(adasToken);
    expect(place.hub.requests.at(-1)?.headers["authorization"]).toBeUndefined();
  });

  test("is named in an error, its value is not", async () => {
    await using place = await hubPlace({ spaces: { "ada/open": {} } });
    place.set({ HF_TOKEN: "hf_old" });
    const error = await rejection(Client.connect("ada/open", quiet));
    expect(error).toMatchObject({ code: "INVALID_CREDENTIALS" });
    expect(inspect(error)).toContain("HF_TOKEN");
    expect(inspect(error)).not.toContain("hf_old");
  });

  test("never goes to an app that is no Space; a token that is named does", async () => {
    await using app = await startApp();
    await using place = await hubPlace({});
    place.set({ HF_TOKEN: adasToken });
    await using client = await Client.connect(app.url, quiet);
    await client.predict("/greet", { name: "you" });
    expect(JSON.stringify(app.requests)).not.toContain(adasToken);
    await using named = await Client.connect(app.url, { ...quiet, token: bobsToken });
    expect(named.spaceId).toBeUndefined();
    expect(app.requests.at(-1)?.headers["x-hf-authorization"]).toBe(`Bearer ${bobsToken}`);
    expect(place.hub.requests).toEqual([]);
  });
});

describe("the token never leaves its origin", () => {
  test("by a redirect", async () => {
    await using other = await startApp();
    await using door = await openRedirect(other.url);
    await using place = await hubPlace({});
    await using client = await Client.connect(door.url, { ...quiet, token: adasToken });
    expect(await client.predict("/greet", { name: "you" })).toBe("Hello you!");
    expect(JSON.stringify(other.requests)).not.toContain(adasToken);
    expect(place.hub.requests).toEqual([]);
  });

  test("by a redirect that fetch follows", async () => {
    await using other = await startApp();
    await using door = await openRedirect(other.url);
    await using place = await hubPlace({});
    const options = { ...quiet, token: adasToken, fetch: globalThis.fetch };
    await using client = await Client.connect(door.url, options);
    expect(await client.predict("/greet", { name: "you" })).toBe("Hello you!");
    expect(JSON.stringify(other.requests)).not.toContain(adasToken);
    expect(place.hub.requests).toEqual([]);
  });

  test("to a file that lies elsewhere", async () => {
    const seen: string[] = [];
    await using other = await openSite((incoming, outgoing) => {
      seen.push(JSON.stringify(incoming.headers));
      outgoing.end("theirs");
    });
    const elsewhere = `${other.url}/x.txt`;
    await using app = await createGradioServer({
      endpoints: [
        endpoint({
          apiName: "theirs",
          inputs: [],
          outputs: [file("File")],
          run: () => ({ path: elsewhere, meta: { _type: "gradio.FileData" } }),
        }),
      ],
    });
    await using place = await hubPlace(secret(app.url));
    for (const src of ["ada/secret", app.url]) {
      await using client = await Client.connect(src, { ...quiet, token: adasToken });
      const theirs = (await client.predict("/theirs")) as GradioFile;
      expect(await theirs.text()).toBe("theirs");
    }
    expect(seen).toHaveLength(2);
    expect(seen.join()).not.toContain(adasToken);
    expect(place.hub.requests.length).toBeGreaterThan(0);
  });

  test("in the clear", async () => {
    await using place = await hubPlace({});
    const seen: string[] = [];
    const lines: string[] = [];
    const error = await rejection(
      Client.connect("http://app.example", {
        token: adasToken,
        log: (line) => void lines.push(line),
        fetch: (input, init) => {
          seen.push(JSON.stringify([input, init?.headers]));
          return Promise.reject(new TypeError("no network"));
        },
      }),
    );
    expect(error).toMatchObject({ code: "UNREACHABLE" });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.join()).not.toContain(adasToken);
    expect(lines).toEqual([expect.stringContaining("is not sent to http://app.example/")]);
    expect(place.hub.requests).toEqual([]);
  });
});

describe("options", () => {
  test("hfToken works as token, with one message", async () => {
    await using app = await startApp();
    await using place = await hubPlace(secret(app.url));
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    await using client = await Client.connect("ada/secret", { hfToken: adasToken, log });
    expect(client.spaceId).toBe("ada/secret");
    expect(lines.filter((line) => line.includes("hfToken"))).toHaveLength(1);
    expect(place.hub.requests[0]?.headers["authorization"]).toBe(`Bearer ${adasToken}`);
  });

  test.each([
    [{ token: "" }],
    [{ token: "two words" }],
    [{ token: "line\n" }],
    [{ token: 7 }],
    [{ token: true }],
  ])("%j is refused before any request, without showing it", async (options) => {
    await using place = await hubPlace({});
    const error = await rejection(Client.connect("ada/open", options as never));
    expect(error).toMatchObject({ code: "INVALID_OPTION" });
    expect(String(error)).not.toContain("words");
    expect(place.hub.requests).toEqual([]);
  });
});
