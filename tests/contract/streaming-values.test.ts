import { expect } from "vitest";
import { collect } from "../harness/collect.js";
import { connect } from "../harness/connect.js";
import { scenario } from "../harness/scenario.js";

type Message = { readonly content: string | readonly { readonly text: string }[] };
type Pair = readonly (string | null)[];

/** The texts of a chat: of messages, or before Gradio 4.38 of pairs of what was asked and answered. */
function textsOf(chat: unknown): string[] {
  return (chat as (Message | Pair)[]).flatMap((entry) => {
    if (!("content" in entry)) return entry.filter((text) => text !== null);
    // Parts in Gradio 6, a string before.
    const { content } = entry;
    return typeof content === "string" ? content : content.map(({ text }) => text).join("");
  });
}

const row = (number: number) => [number, `row ${number}`];

const words = (count: number) =>
  Array.from({ length: count }, (_, index) => [`word${index} `, index % 2 === 0 ? "even" : "odd"]);

/** Words and their classes: of objects, or in Gradio 3 as the pairs that they are there. */
const wordsOf = (value: unknown) => (value as object[]).map((entry) => Object.values(entry));

scenario("C27 a chat grows, and what was handed out never changes", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/spell", ["abcd"]);
  const seen: string[][] = [];
  const kept: unknown[] = [];
  for await (const value of job) {
    seen.push(textsOf(value));
    kept.push(value);
  }
  expect(seen).toEqual(["a", "ab", "abc", "abcd"].map((text) => ["spell", text]));
  expect(kept.map(textsOf)).toEqual(seen);
});

scenario("a reader cannot spoil the values of another", async (server) => {
  await using client = await connect(server);
  const job = client.submit("/grow_table", [3]);
  for await (const value of job) {
    try {
      (value as { data: unknown[] }).data.push("mine");
    } catch (error) {
      // Frozen values keep the promise as well.
      expect(error).toBeInstanceOf(TypeError);
    }
  }
  const tables = (await collect(job)).values as { data: unknown[][] }[];
  expect(tables[2]?.data.slice(0, 3)).toEqual([
    [0, "row 0"],
    [1, "row 1"],
    [2, "row 2"],
  ]);
});

scenario("C28 a table grows row by row", async (server) => {
  await using client = await connect(server);
  const { values } = await collect(client.submit("/grow_table", [3]));
  expect(values).toMatchObject([
    { headers: ["number", "text"], data: [row(0)] },
    { data: [row(0), row(1)] },
    { data: [row(0), row(1), row(2)] },
  ]);
  expect(values.map((value) => (value as { data: [] }).data.length)).toEqual([1, 2, 3]);
});

scenario("C28 labels come and go", async (server) => {
  await using client = await connect(server);
  const { values } = await collect(client.submit("/judge", [3]));
  const judged = values as { label: string; confidences: { label: string }[] }[];
  expect(judged.map(({ label }) => label)).toEqual(["dog", "cat", "cat"]);
  expect(judged.map(({ confidences }) => confidences.length)).toEqual([2, 1, 2]);
  expect(judged[2]?.confidences).toEqual([
    { label: "cat", confidence: 0.75 },
    { label: "dog", confidence: 0.25 },
  ]);
});

scenario("C28 a list grows and shrinks by several at once", async (server) => {
  await using client = await connect(server);
  const { values } = await collect(client.submit("/grow_and_shrink", [8]));
  expect(values.map(wordsOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 5, 2, 1].map(words));
});

scenario("C28 lists within lists", async (server) => {
  await using client = await connect(server);
  const { values } = await collect(client.submit("/nested_lists"));
  expect(values).toEqual([
    {
      rows: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      name: "a",
    },
    { rows: [[1], [4]], name: "ab" },
    { rows: [[1, 7], [4], [8]], other: null },
    { rows: [] },
  ]);
});

scenario("C29 a long chat streams many tokens, each value right", async (server) => {
  await using client = await connect(server);
  const tokens = 200;
  const { values } = await collect(client.submit("/long_chat", { messages: 400, tokens }));
  const chats = values.map(textsOf);
  expect(chats).toHaveLength(tokens);
  let answer = "";
  for (const [token, texts] of chats.entries()) {
    answer += `${token} `;
    expect(texts).toHaveLength(401);
    // Early versions of Gradio take the blanks off a message's ends.
    expect(texts[400]?.trimEnd()).toBe(answer.trimEnd());
  }
  expect(chats[0]?.[399]).toBe("message 399");
});

scenario("C12 skip and update within a generator", async (server) => {
  await using client = await connect(server);
  const { values } = await collect(client.submit("/update_and_skip"));
  expect(values).toEqual([
    "a",
    { __type__: "update" },
    { __type__: "update", value: "b", label: "L" },
  ]);
});
