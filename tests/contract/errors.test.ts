import { AppError, Client, GradioError, ValidationError } from "@gradio-kit/client";
import { expect } from "vitest";
import { collect } from "../harness/collect.js";
import { connect } from "../harness/connect.js";
import { until } from "../harness/facts.js";
import { passThrough } from "../harness/pass-through.js";
import { rejection } from "../harness/rejection.js";
import { scenario } from "../harness/scenario.js";

scenario("C36 an error that the app raises on purpose is told by every app", async (server) => {
  for (const app of ["main", "reserved"] as const) {
    await using client = await connect(server, app);
    const error = await rejection(client.predict("/app_error"));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toBeInstanceOf(GradioError);
    expect(error).toMatchObject({
      code: "APP_ERROR",
      message: expect.stringContaining("refused"),
      retryable: false,
    });
  }
});

scenario("C02 C36 the text of an error is the app's, word for word", async (server) => {
  await using client = await connect(server);
  const divide = client.predict("/calculator", { num1: 3, operation: "divide", num2: 0 });
  expect(await rejection(divide)).toMatchObject({ message: "Cannot divide by zero!" });
  expect(await rejection(client.predict("/app_error"))).toMatchObject({ message: "refused" });
});

scenario("C36 an error says how long and whether to show it", async (server) => {
  await using client = await connect(server);
  expect(await rejection(client.predict("/app_error"))).toMatchObject({
    duration: 5,
    visible: true,
  });
  expect(await rejection(client.predict("/default_error"))).toMatchObject({
    duration: 10,
    visible: true,
  });
});

scenario("C36 an error has a title", async (server) => {
  await using client = await connect(server);
  expect(await rejection(client.predict("/app_error"))).toMatchObject({ title: "Refused" });
  expect(await rejection(client.predict("/default_error"))).toMatchObject({ title: "Error" });
});

scenario("C36 an exception is told by an app that shows errors", async (server) => {
  await using client = await connect(server);
  const error = await rejection(client.predict("/value_error"));
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: "APP_ERROR", message: "val err" });
});

scenario("C36 an exception of an app that hides errors says how to see it", async (server) => {
  await using client = await connect(server, "reserved");
  const error = await rejection(client.predict("/value_error"));
  expect(error).toBeInstanceOf(AppError);
  expect(String(error)).toContain("show_error=True");
  expect(String(error)).not.toContain("val err");
  const streamed = await collect(client.submit("/fail_while_yielding"));
  expect(streamed.values).toEqual(["first"]);
  expect(streamed.error).toBeInstanceOf(AppError);
});

scenario("C38 errors of functions without queue are the same", async (server) => {
  await using client = await connect(server);
  const refused = await collect(client.submit("/unqueued_app_error"));
  expect(refused.values).toEqual([]);
  expect(refused.error).toBeInstanceOf(AppError);
  const { message, title, duration, visible } = refused.error as AppError;
  expect(await rejection(client.predict("/app_error"))).toMatchObject({
    message,
    title,
    duration,
    visible,
  });
  expect(await rejection(client.predict("/unqueued_value_error"))).toMatchObject({
    code: "APP_ERROR",
    message: "val err",
  });
});

scenario("C35 inputs that the app's validator refuses are told one by one", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const error = await rejection(client.predict("/checked", ["a", -1]));
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toMatchObject({
    code: "VALIDATION",
    problems: [
      { parameterName: "a", message: "a too short" },
      { parameterName: "b", message: "b must be positive" },
    ],
  });
  expect(String(error)).toContain("- a: a too short");
  const one = await rejection(client.predict("/checked", ["xxxx", -1]));
  expect(one).toMatchObject({ problems: [{ parameterName: "b", message: "b must be positive" }] });
  expect(relay.to("/queue/data")).toHaveLength(0);
  expect(await client.predict("/checked", ["xxxx", 1])).toBe("xxxx 1");
});

scenario("a call that failed still tells when it is asked late", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/value_error");
  // Nobody waits for the result while it fails: that must not end the process.
  await until("the call has ended", () => job.done());
  expect(await rejection(job.result())).toMatchObject({ message: "val err" });
  expect(await rejection(job.first())).toMatchObject({ message: "val err" });
});

scenario("after an error the next call works", async (server) => {
  await using client = await connect(server);
  await rejection(client.predict("/value_error"));
  expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
});
