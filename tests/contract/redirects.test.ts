import { Client, handleFile } from "@gradio-kit/client";
import { expect } from "vitest";
import { scenario } from "../harness/scenario.js";
import { openRedirect } from "../harness/site.js";

scenario("C64 an app that has moved is followed, calls and uploads included", async (server) => {
  await using moved = await openRedirect(server.apps.main);
  await using client = await Client.connect(moved.url, { verbose: false, downloadFiles: false });
  expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  const file = handleFile(Buffer.from("moved"), { name: "moved.txt" });
  expect(await client.predict("/describe_file", [file])).toMatchObject({ size: 5 });
});
