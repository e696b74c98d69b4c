import { createDemoApp, type FileData } from "@gradio-kit/testing";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { ask, callThrough, cancel, firstOutput, join, listen } from "./support/wire.js";

const index = { greet: 0, invert: 1, count: 2, forever: 3, tally: 4 };

function dataUrl(bytes: Buffer): string {
  return `data:image/png;base64,${bytes.toString("base64")}`;
}

test("greet and tally", async () => {
  await using server = await createDemoApp();
  expect(firstOutput(await callThrough(server, "s", index.greet, ["World", 2]))).toBe(
    "Hello World! Hello World!",
  );
  await callThrough(server, "s", index.tally, [2, null]);
  expect(firstOutput(await callThrough(server, "s", index.tally, [3, null]))).toBe(5);
});

test("invert changes every pixel of a PNG and refuses anything else", async () => {
  await using server = await createDemoApp();
  const invert = (session: string, bytes: Buffer) =>
    callThrough(server, session, index.invert, [
      { url: dataUrl(bytes), meta: { _type: "gradio.FileData" } },
    ]);
  const picture = new PNG({ width: 2, height: 1 });
  picture.data = Buffer.from([255, 0, 10, 255, 1, 2, 3, 128]);
  const result = firstOutput(await invert("s", PNG.sync.write(picture))) as FileData;
  expect(result.orig_name).toBe("inverted.png");
  const answer = await fetch(result.url ?? "");
  const inverted = PNG.sync.read(Buffer.from(await answer.arrayBuffer()));
  expect([...inverted.data]).toEqual([0, 255, 245, 255, 254, 253, 252, 128]);
  const refused = await invert("t", Buffer.from("not a picture"));
  expect(refused.at(-2)?.output).toMatchObject({ title: "Not a PNG", visible: true });
});

test("count streams a growing text with progress and one log message", async () => {
  await using server = await createDemoApp({ delay: 1 });
  const messages = await callThrough(server, "s", index.count, [3]);
  const values = messages.filter(({ msg }) => msg === "process_generating");
  expect(values.map(({ output }) => output?.data)).toEqual([
    ["1"],
    [[["append", [], " 2"]]],
    [[["append", [], " 3"]]],
  ]);
  expect(firstOutput(messages)).toBe("1 2 3");
  expect(messages.filter(({ msg }) => msg === "log")).toMatchObject([{ log: "Counting to 3" }]);
  expect(messages.find(({ msg }) => msg === "progress")).toMatchObject({
    progress_data: [{ index: 1, length: 3, desc: "Counting", unit: "steps" }],
  });
});

test("forever goes on until it is cancelled", async () => {
  await using server = await createDemoApp({ delay: 1 });
  const eventId = await join(server, "s", index.forever, [2]);
  const reader = await listen(server, "s");
  await server.until(() => reader.frames.length > 6);
  await cancel(server, "s", index.forever, eventId);
  expect(await reader.ended).toBe("clean");
  expect((await ask(server, "POST", `/gradio_api/stream/${eventId}/close`)).status).toBe(404);
});
