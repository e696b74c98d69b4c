import { existsSync } from "node:fs";
import { Client, type GradioFile, handleFile } from "@gradio-kit/client";
import { describe, expect, test } from "vitest";
import { collect } from "../harness/collect.js";
import { interpreterOf } from "../harness/gradio-versions.js";
import { startGradio } from "../harness/python-server.js";
import { adasToken, hubPlace } from "./hub.js";

/** Gradio 3 is called over a WebSocket. Not every Python can have it. */
const version = "3.50.2";

describe.runIf(existsSync(interpreterOf(version)))("a private Space of Gradio 3", () => {
  test("is called, streams, and takes and gives files", { timeout: 120_000 }, async () => {
    const { server, end } = await startGradio(version);
    try {
      await using place = await hubPlace({
        spaces: { "ada/old": { app: server.apps.main, private: true } },
      });
      await using client = await Client.connect("ada/old", {
        verbose: false,
        downloadFiles: false,
        token: adasToken,
      });
      expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
      expect((await collect(client.submit("/count", { n: 3 }))).values).toEqual([0, 1, 2]);
      const source = handleFile(Buffer.from("abc"), { name: "abc.txt" });
      const file = (await client.predict("/echo_file", [source])) as GradioFile;
      expect(await file.text()).toBe("abc");
      const { requests } = place.hub.space("ada/old");
      expect(requests.filter(({ status }) => status === 101).length).toBeGreaterThan(0);
      expect(new Set(requests.map(({ headers }) => headers["x-hf-authorization"]))).toEqual(
        new Set([`Bearer ${adasToken}`]),
      );
    } finally {
      await end();
    }
  });
});
