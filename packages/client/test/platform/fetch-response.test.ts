import { expect, test } from "vitest";
import { FetchResponse } from "../../src/platform/web/response.js";

const url = "http://app.example/";

/** A body that says one thing and then nothing any more, not even that it was aborted. */
function silentBody(): { readonly body: ReadableStream<Uint8Array>; cancelled(): unknown } {
  let reason: unknown;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array([97])),
    cancel: (given) => {
      reason = given;
    },
  });
  return { body, cancelled: () => reason };
}

test("an abort ends the reading, also when the body has no word for it", async () => {
  const stop = new AbortController();
  const { body, cancelled } = silentBody();
  let released = 0;
  const release = (): void => void (released += 1);
  const response = new FetchResponse(new Response(body), url, stop.signal, release);
  const pieces: [string, number][] = [];
  const reading = response.read((text, bytes) => {
    pieces.push([text, bytes]);
    queueMicrotask(() => stop.abort(new Error("enough")));
  });
  await expect(reading).rejects.toThrow("enough");
  expect(pieces).toEqual([["a", 1]]);
  expect(String(cancelled())).toBe("Error: enough");
  expect(released).toBe(1);
});

test("what was aborted before is not read", async () => {
  const { body } = silentBody();
  const signal = AbortSignal.abort(new Error("before"));
  const response = new FetchResponse(new Response(body), url, signal, undefined);
  await expect(response.read(() => expect.unreachable())).rejects.toThrow("before");
});

test("a body that is read to its end is none of the signal's business afterwards", async () => {
  const stop = new AbortController();
  const response = new FetchResponse(new Response("abc"), url, stop.signal, undefined);
  let text = "";
  await response.read((piece) => (text += piece));
  stop.abort(new Error("late"));
  expect(text).toBe("abc");
});
