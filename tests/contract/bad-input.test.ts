import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client, InputError } from "@gradio-kit/client";
import type { CallOptions, ClientOptions } from "@gradio-kit/client";
import { expect } from "vitest";
import { connect } from "../harness/connect.js";
import { passThrough } from "../harness/pass-through.js";
import { rejection, thrown } from "../harness/rejection.js";
import { scenario } from "../harness/scenario.js";
import { temporaryFolder } from "../harness/temporary-folder.js";

/** JavaScript hands over what TypeScript would refuse. */
const untyped = <T>(value: unknown): T => value as T;

scenario("bad options of connect are named before any request", async (server) => {
  await using relay = await passThrough(server.apps.main);
  const bad: readonly [name: string, value: unknown][] = [
    ["maxWorkers", 0],
    ["maxWorkers", 1.5],
    ["headers", "x-a: b"],
    ["headers", { "bad name": "x" }],
    ["headers", { "x-a": "line\nbreak" }],
    ["downloadFiles", 5],
    ["downloadFiles", ""],
    ["verbose", "yes"],
    ["log", "stderr"],
    ["sessionHash", ""],
    ["fetch", {}],
    ["signal", new AbortController()],
    ["timeout", -1],
    ["timeout", Number.NaN],
    ["timeout", "10s"],
    ["downloadFile", false],
  ];
  for (const [name, value] of bad) {
    const options = untyped<ClientOptions>({ [name]: value });
    const error = await rejection(Client.connect(relay.url, options));
    expect(error, name).toBeInstanceOf(InputError);
    expect(error, name).toMatchObject({ code: "INVALID_OPTION" });
    expect(String(error)).toContain(name);
  }
  for (const options of [null, "quiet", 5, []]) {
    const error = await rejection(Client.connect(relay.url, untyped<ClientOptions>(options)));
    expect(error).toMatchObject({ code: "INVALID_OPTION" });
  }
  expect(relay.seen).toEqual([]);
});

scenario("bad options of a call are named before any request", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const before = relay.seen.filter(({ method }) => method === "POST").length;
  const bad: readonly [name: string, value: unknown][] = [
    ["signal", {}],
    ["timeout", 0],
    ["timeout", "soon"],
    ["headers", 5],
    ["resultCallbacks", "print"],
    ["resultCallbacks", [() => {}, null]],
    ["downloadFiles", true],
    ["triggerId", "button"],
    ["session", "mine"],
    ["timeOut", 5],
  ];
  for (const [name, value] of bad) {
    const options = untyped<CallOptions>({ [name]: value });
    const error = thrown(() => client.submit("/greet", ["Ada"], options));
    expect(error, name).toBeInstanceOf(InputError);
    expect(error, name).toMatchObject({ code: "INVALID_OPTION" });
    expect(String(error)).toContain(name);
    expect(await rejection(client.predict("/greet", ["Ada"], options))).toMatchObject({
      code: "INVALID_OPTION",
    });
  }
  expect(relay.seen.filter(({ method }) => method === "POST")).toHaveLength(before);
});

scenario("inputs that are neither a list nor an object are refused", async (server) => {
  await using client = await connect(server);
  for (const inputs of ["Ada", 5, true, () => {}, new Date()]) {
    const error = thrown(() => client.submit("/greet", untyped<unknown[]>(inputs)));
    expect(error).toBeInstanceOf(InputError);
  }
});

scenario("values that cannot travel as JSON are named", async (server) => {
  await using client = await connect(server);
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  for (const value of [() => {}, Symbol("x"), 10n, circular]) {
    for (const inputs of [{ value }, [value], { value: { deep: [value] } }]) {
      const error = thrown(() => client.submit("/echo", untyped<unknown[]>(inputs)));
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toContain("value");
    }
  }
});

scenario("an endpoint that is no name and no number is refused", async (server) => {
  await using client = await connect(server);
  for (const endpoint of ["", "/", null, true]) {
    const error = thrown(() => client.submit(untyped<string>(endpoint), []));
    expect(error).toBeInstanceOf(InputError);
  }
});

scenario("bad limits of a result are named, the call goes on", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/greet", ["Ada"]);
  for (const bounds of [{ timeout: -1 }, { timeout: "1s" }, { signal: {} }]) {
    const error = await rejection(job.result(untyped<{ timeout: number }>(bounds)));
    expect(error).toBeInstanceOf(InputError);
  }
  expect(await job.result()).toBe("Hello Ada!");
});

scenario("a directory for results that is a file is refused", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server);
  const path = join(folder.path, "file.txt");
  await writeFile(path, "not a directory");
  const error = await rejection(connect(server, "main", { downloadFiles: path }));
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toContain(path);
  const call = client.predict("/awkward_file", [], { downloadFiles: path });
  expect(await rejection(call)).toBeInstanceOf(InputError);
});

scenario("bad options of viewApi and upload are named", async (server) => {
  await using client = await connect(server);
  const view = thrown(() => client.viewApi(untyped({ returnFormat: "xml" })));
  expect(view).toMatchObject({ code: "INVALID_OPTION" });
  expect(String(view)).toContain("returnFormat");
  for (const source of [undefined, 5, {}]) {
    expect(await rejection(client.upload(untyped<string>(source)))).toBeInstanceOf(InputError);
  }
});
