import * as fc from "fast-check";
import { expect, it } from "vitest";
import { ProtocolError } from "../../src/errors.js";
import { readEvents } from "../../src/io/event-stream.js";
import { SizeLimit } from "../../src/io/size-limit.js";

type Response = Parameters<typeof readEvents>[0];

const url = "http://app.example/";

/** An answer whose body comes in these pieces. */
function answerOf(pieces: readonly Uint8Array[]): Response {
  return {
    status: 200,
    url,
    header: () => null,
    read: (onChunk) => Promise.resolve(pieces).then((all) => all.forEach(onChunk)),
    stream: () => {
      throw new Error("It is read, not streamed.");
    },
    discard: () => undefined,
  };
}

async function dataOf(pieces: readonly Uint8Array[], most = 1_000_000): Promise<string[]> {
  const seen: string[] = [];
  await readEvents(answerOf(pieces), new SizeLimit(most, url), (data) => seen.push(data));
  return seen;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const event = (length: number): Uint8Array => encode(`data: ${"x".repeat(length)}\n\n`);
const lineEnd = fc.constantFrom("\n", "\r\n");
const message = fc.record({
  value: fc.jsonValue().map((value) => JSON.stringify(value)),
  noise: fc.constantFrom("", ": a comment", "id: 1", "retry: 100"),
  end: lineEnd,
});

it("any chunking of any event stream gives the same messages", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 }),
      async (messages, sizes) => {
        const text = messages
          .map(
            ({ value, noise, end }) =>
              `${noise === "" ? "" : noise + end}data: ${value}${end}${end}`,
          )
          .join("");
        const bytes = new TextEncoder().encode(text);
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) {
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }
        pieces.push(bytes.subarray(at));
        expect(await dataOf(pieces)).toEqual(messages.map(({ value }) => value));
      },
    ),
    { numRuns: 500 },
  );
});

it("an event may be as large as it is allowed to be, whatever came before, and no larger", async () => {
  const many = Array.from({ length: 50 }, () => event(900));
  expect(await dataOf(many, 1000)).toHaveLength(50);
  await expect(dataOf([...many, event(2000)], 1000)).rejects.toBeInstanceOf(ProtocolError);
  const lines = Array.from({ length: 50 }, () => encode(`data: ${"x".repeat(900)}\n`));
  await expect(dataOf(lines, 1000)).rejects.toBeInstanceOf(ProtocolError);
});
