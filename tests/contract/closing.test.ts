import { Client, ConnectionError, GradioError } from "@gradio-kit/client";
import { expect, test } from "vitest";
import { connect } from "../harness/connect.js";
import { until } from "../harness/facts.js";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { passThrough } from "../harness/pass-through.js";
import { rejection, thrown } from "../harness/rejection.js";
import { runProgram } from "../harness/run-program.js";
import { scenario } from "../harness/scenario.js";
import { openSite } from "../harness/site.js";
import { expectStopped, someSteps } from "../harness/standstill.js";

scenario("C69 after close the process ends by itself", async (server) => {
  expect(await runProgram("call-and-close", server.apps.main)).toEqual({
    exitCode: 0,
    lines: ["1", "0", "1", "2"],
    errors: "",
  });
});

scenario("C69 close while calls run: they end, and so does the process", async (server) => {
  const tag = crypto.randomUUID();
  const { exitCode, lines } = await runProgram("close-while-running", server.apps.main, tag);
  expect(exitCode).toBe(0);
  expect(lines[0]).toBe("0");
  for (const code of lines.slice(1)) expect(["CANCELLED", "CLOSED"]).toContain(code);
  expect(lines).toHaveLength(3);
});

scenario("C69 failures that nobody hears do not end the process", async (server) => {
  expect(await runProgram("fail-unheard", server.apps.main)).toEqual({
    exitCode: 0,
    lines: ["still here"],
    errors: "",
  });
});

test("C69 a connect in vain does not keep the process alive", async () => {
  const [port] = await freePorts(1);
  const refused = await runProgram("connect-in-vain", `http://127.0.0.1:${port}`, "20000");
  expect(refused).toEqual({ exitCode: 0, lines: ["UNREACHABLE"], errors: "" });
  await using silent = await openSite();
  expect(await runProgram("connect-in-vain", silent.url, "300")).toEqual({
    exitCode: 0,
    lines: ["TIMEOUT"],
    errors: "",
  });
});

scenario("close stops what runs, on the server too", async (server) => {
  const client = await connect(server);
  const tag = crypto.randomUUID();
  const job = client.submit("/steps", [tag, 100]);
  await job.first();
  await client.close();
  const error = await rejection(job.result());
  expect(error).toBeInstanceOf(GradioError);
  expect(["CANCELLED", "CLOSED"]).toContain((error as GradioError).code);
  expect(job.done()).toBe(true);
  await expectStopped(server, tag);
});

scenario("close may be called twice; afterwards calls are refused", async (server) => {
  const client = await connect(server);
  await client.predict("/greet", ["Ada"]);
  await Promise.all([client.close(), client.close()]);
  await client.close();
  const error = thrown(() => client.submit("/greet", ["Ada"]));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "CLOSED" });
  expect(await rejection(client.predict("/greet", ["Ada"]))).toMatchObject({ code: "CLOSED" });
});

scenario("close leaves no request open", async (server) => {
  await using relay = await passThrough(server.apps.main);
  const client = await Client.connect(relay.url, { verbose: false });
  const tag = crypto.randomUUID();
  const job = client.submit("/hold", [tag]);
  // By now its stream has passed the relay: one that is dropped on its way there is seen later.
  await until("it runs", () => job.status().code === "PROCESSING");
  await client.close();
  await rejection(job.result());
  await until("every request has ended", () => relay.seen.every(({ open }) => !open));
  const { length } = relay.seen;
  // Nothing wakes up later and asks again.
  await someSteps(server);
  expect(relay.seen).toHaveLength(length);
});
