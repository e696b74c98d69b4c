import {
  Client,
  ConnectionError,
  HttpError,
  InputError,
  ProtocolError,
  TimeoutError,
} from "@gradio-kit/client";
import { expect, test } from "vitest";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { rejection } from "../harness/rejection.js";
import { openSite } from "../harness/site.js";

const connect = (url: string) => Client.connect(url, { verbose: false });

test("nothing listens there", async () => {
  const [port] = await freePorts(1);
  const error = await rejection(connect(`http://127.0.0.1:${port}`));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "UNREACHABLE", mayHaveRun: false });
  expect(String(error)).toContain(String(port));
});

test("a site that is no Gradio app", async () => {
  await using page = await openSite((_, response) => {
    response.setHeader("content-type", "text/html").end("<h1>Welcome to my garden</h1>");
  });
  const error = await rejection(connect(page.url));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "NOT_A_GRADIO_APP" });
});

test("a site where there is nothing at that path", async () => {
  await using page = await openSite((_, response) => {
    response.writeHead(404).end("Not Found");
  });
  const error = await rejection(connect(page.url));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "NOT_A_GRADIO_APP" });
});

test("JSON that describes something else", async () => {
  await using page = await openSite((_, response) => {
    response.setHeader("content-type", "application/json").end('{"hello":"world"}');
  });
  const error = await rejection(connect(page.url));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "NOT_A_GRADIO_APP" });
});

test("JSON that is cut off", async () => {
  await using page = await openSite((_, response) => {
    response.setHeader("content-type", "application/json").end('{"version":"6.31.0","dep');
  });
  const error = await rejection(connect(page.url));
  expect(error).toBeInstanceOf(ProtocolError);
  expect(error).toMatchObject({ code: "INVALID_JSON" });
});

test("an app that fails", async () => {
  await using page = await openSite((_, response) => {
    response.writeHead(500).end("Internal Server Error");
  });
  const error = await rejection(connect(page.url));
  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({ code: "HTTP_500", status: 500, body: "Internal Server Error" });
});

test("a server that never answers, with a time limit", async () => {
  await using silent = await openSite();
  const error = await rejection(Client.connect(silent.url, { verbose: false, timeout: 200 }));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ code: "TIMEOUT" });
});

test("a caller that gives up gets its own reason", async () => {
  await using silent = await openSite();
  const reason = new Error("had enough");
  const controller = new AbortController();
  const connecting = Client.connect(silent.url, { verbose: false, signal: controller.signal });
  controller.abort(reason);
  expect(await rejection(connecting)).toBe(reason);
});

test("a signal that was aborted before", async () => {
  const reason = new Error("never started");
  const signal = AbortSignal.abort(reason);
  expect(await rejection(Client.connect("http://127.0.0.1:9", { signal }))).toBe(reason);
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a number", 7860],
  ["an empty text", ""],
  ["blanks", "   "],
  ["another protocol", "ftp://example.org/app"],
  ["words", "my favourite app"],
])("%s is no address", async (_, src) => {
  // What TypeScript would refuse reaches the library from JavaScript all the same.
  const error = await rejection(Client.connect(src as string));
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toContain("src");
});
