import * as fc from "fast-check";
import { expect, it } from "vitest";
import { ProtocolError } from "../../src/errors.js";
import { createEventReader } from "../../src/io/event-stream.js";
import { SizeLimit } from "../../src/io/size-limit.js";
import { fetchedAnswer, nodeAnswer } from "./answers.js";

const url = "http://app.example/";
const answers = { fetchedAnswer, nodeAnswer };
const names = ["fetchedAnswer", "nodeAnswer"] as const;

async function dataOf(
  pieces: readonly Uint8Array[],
  most = 1_000_000,
  answerOf = nodeAnswer,
): Promise<string[]> {
  const seen: string[] = [];
  await createEventReader(new SizeLimit(most, url), {
    event: (data) => seen.push(data),
  })(answerOf(pieces));
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

it.each(names)("any chunking of any event stream gives the same messages (%s)", async (name) => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(message, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 }),
      async (marked, messages, sizes) => {
        const events = messages
          .map(
            ({ value, noise, end }) =>
              `${noise === "" ? "" : noise + end}data: ${value}${end}${end}`,
          )
          .join("");
        // A mark of the byte order may stand at the beginning: it is none of the text.
        const bytes = new TextEncoder().encode(marked ? `\uFEFF${events}` : events);
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) {
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }
        pieces.push(bytes.subarray(at));
        const seen = await dataOf(pieces, undefined, answers[name]);
        expect(seen).toEqual(messages.map(({ value }) => value));
      },
    ),
    { numRuns: 300 },
  );
});

it("an event may be as large as it is allowed to be, whatever came before, and no larger", async () => {
  const many = Array.from({ length: 50 }, () => event(900));
  expect(await dataOf(many, 1000)).toHaveLength(50);
  await expect(dataOf([...many, event(2000)], 1000)).rejects.toBeInstanceOf(ProtocolError);
  const lines = Array.from({ length: 50 }, () => encode(`data: ${"x".repeat(900)}\n`));
  await expect(dataOf(lines, 1000)).rejects.toBeInstanceOf(ProtocolError);
});
