import { Client } from "@gradio/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GradioServer } from "@gradio-kit/testing";
import { startTourApp } from "./support/tour-app.js";

/** The official client for JavaScript, as people use it. */
describe("@gradio/client drives the server:", () => {
  let server: GradioServer;
  let client: Client;

  beforeAll(async () => {
    server = await startTourApp();
    client = await Client.connect(server.url, { events: ["data", "status"] });
  });

  afterAll(async () => {
    client.close();
    await server.close();
  });

  const data = async (name: string, payload: unknown[] | Record<string, unknown>) =>
    (await client.predict(name, payload)).data as unknown[];

  test("plain call and named arguments with a default", async () => {
    expect(await data("/greet", ["you", 1])).toEqual(["Hello you!"]);
    expect(await data("/greet", { times: 1 })).toEqual(["Hello World!"]);
  });

  test("generator: every value, then the last again, with progress before", async () => {
    const values: unknown[] = [];
    let progress: unknown;
    for await (const event of client.submit("/count", [3])) {
      if (event.type === "data") values.push(structuredClone(event.data));
      if (event.type === "status" && event.progress_data) progress = event.progress_data[0];
      if (event.type === "status" && event.stage === "complete") break;
    }
    expect(values).toEqual([
      ["x", 1],
      ["xx", 2],
      ["xxx", 3],
      ["xxx", 3],
    ]);
    expect(progress).toMatchObject({ length: 3, unit: "steps" });
  });

  test("file up and down", async () => {
    const upload = new File(["quiet"], "note.txt");
    const [result] = (await data("/shout", [upload])) as [{ url: string; orig_name: string }];
    expect(result.orig_name).toMatch(/^loud .* #1\.txt$/);
    expect(await (await fetch(result.url)).text()).toBe("QUIET");
  });

  test("state within the session", async () => {
    expect(await data("/tally", [2])).toEqual([2]);
    expect(await data("/tally", [3])).toEqual([5]);
  });

  test("an error with its title and duration, and a validator's verdict", async () => {
    await expect(client.predict("/fail", [])).rejects.toMatchObject({
      message: "out of ink",
      title: "Printer",
      duration: 3,
    });
    await expect(client.predict("/checked", ["abc"])).rejects.toMatchObject({
      code: "validation_error",
    });
  });

  // The client prints a TypeError of its own here: it reads the data of the empty completion.
  test("cancel", async () => {
    const job = client.submit("/forever", []);
    for await (const event of job) if (event.type === "data") break;
    const before = server.requests.length;
    await job.cancel();
    await server.until(() => server.session(client.session_hash).pendingEvents.length === 0);
    const paths = server.requests.slice(before).map(({ path }) => path);
    expect(paths).toContain("/gradio_api/cancel");
  });
});
