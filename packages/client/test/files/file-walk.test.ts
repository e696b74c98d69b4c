import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFileData, type FileData } from "../../src/core/file-data.js";
import { handleFile } from "../../src/core/file-handle.js";
import { collectFiles, fillFiles, mapFileData } from "../../src/core/file-walk.js";

const fileData = (path: string): FileData => ({ path, meta: { _type: "gradio.FileData" } });

describe("files in an input", () => {
  it("are found at any depth, each once and in order", () => {
    const handle = handleFile("a.txt");
    const blob = new Blob(["b"]);
    const bytes = new Uint8Array(3);
    const { buffer } = new Uint8Array(2);
    const data = [{ image: handle, more: [[blob], { bytes, again: handle }] }, buffer, "x", null];
    expect(collectFiles(data)).toEqual([handle, blob, bytes, buffer]);
    expect(collectFiles(Buffer.from("x"))).toHaveLength(1);
  });

  it("are no file where they only look like one", () => {
    const data = [fileData("/srv/default.png"), { path: "/etc/hostname" }, "a.txt", new Date()];
    expect(collectFiles(data)).toEqual([]);
    expect(fillFiles(data, new Map())).toBe(data);
  });

  it("are filled in without touching what the caller passed", () => {
    const handle = handleFile("a.txt");
    const untouched = { text: ["hi", Number.NaN], more: { none: Number.NaN } };
    const data = [{ files: [handle, Number.NaN], p: "x" }, handle, untouched];
    const before = [{ files: [handle, Number.NaN], p: "x" }, handle, untouched];
    const filled = fillFiles(data, new Map([[handle, fileData("/srv/a.txt")]]));
    expect(filled).toEqual([
      { files: [fileData("/srv/a.txt"), Number.NaN], p: "x" },
      fileData("/srv/a.txt"),
      untouched,
    ]);
    expect((filled as unknown[])[2]).toBe(untouched);
    expect(data).toEqual(before);
    expect(data[1]).toBe(handle);
  });

  it("are filled in next to a member named __proto__", () => {
    const handle = handleFile("a.txt");
    const data = JSON.parse('{"__proto__":{"polluted":true},"file":0}') as Record<string, unknown>;
    data["file"] = handle;
    const filled = fillFiles(data, new Map([[handle, fileData("/srv/a.txt")]])) as object;
    expect(JSON.stringify(filled)).toBe(
      '{"__proto__":{"polluted":true},"file":{"path":"/srv/a.txt","meta":{"_type":"gradio.FileData"}}}',
    );
    expect("polluted" in filled).toBe(false);
  });

  it("are not looked for in inherited members or objects with a life of their own", () => {
    class Owner {
      readonly file = handleFile("a.txt");
    }
    const inherited = Object.create({ file: handleFile("a.txt") }) as object;
    expect(
      collectFiles([new Owner(), inherited, new Map([["file", handleFile("a.txt")]])]),
    ).toEqual([]);
  });

  it("end in a value that contains itself, and cost little in one that shares its parts", () => {
    const handle = handleFile("a.txt");
    const cycle: unknown[] = [handle];
    cycle.push(cycle);
    expect(collectFiles(cycle)).toEqual([handle]);
    expect((fillFiles(cycle, new Map([[handle, fileData("/a")]])) as unknown[])[0]).toEqual(
      fileData("/a"),
    );
    let shared: unknown = [handle];
    for (let depth = 0; depth < 60; depth += 1) shared = [shared, shared];
    expect(collectFiles(shared)).toEqual([handle]);
    let filled = fillFiles(shared, new Map([[handle, fileData("/a")]]));
    for (let depth = 0; depth < 60; depth += 1) filled = (filled as unknown[])[1];
    expect(filled).toEqual([fileData("/a")]);
  });
});

class Found {
  readonly data: FileData;
  constructor(data: FileData) {
    this.data = data;
  }
}
const make = (data: FileData): Found => new Found(data);

/** A result with some files in it, and how it looks with every one of them found. */
const result: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.jsonValue({ maxDepth: 1 }),
    fc.string().map(fileData),
    fc.record({ path: fc.string() }),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), tie("value"), { maxKeys: 5 }),
  ),
}))["value"] as fc.Arbitrary<unknown>;

const hasFile = (value: unknown): boolean =>
  isFileData(value) ||
  (value !== null && typeof value === "object" && Object.values(value).some(hasFile));

describe("files in a result", () => {
  it("are replaced, and everything else is the same value", () => {
    fc.assert(
      fc.property(result, (value) => {
        const before = JSON.stringify(value);
        const mapped = mapFileData(value, make, new WeakMap());
        expect(JSON.stringify(value)).toBe(before);
        expect(
          JSON.stringify(mapped, (_, part: unknown) => (part instanceof Found ? part.data : part)),
        ).toBe(before);
        compare(value, mapped);
      }),
    );
  });

  it("stay the same file in every snapshot that shares them", () => {
    const picture = fileData("/srv/a.png");
    const history = Array.from({ length: 100 }, (_, turn) => ({ turn, picture }));
    const memo = new WeakMap<object, unknown>();
    let made = 0;
    const counting = (data: FileData): Found => {
      made += 1;
      return new Found(data);
    };
    const first = mapFileData({ history, text: "a" }, counting, memo) as { history: unknown[] };
    const second = mapFileData({ history, text: "ab" }, counting, memo) as { history: unknown[] };
    expect(made).toBe(1);
    expect(second.history).toBe(first.history);
  });

  it("cost nothing in what an earlier snapshot has shown", () => {
    let reads = 0;
    const counted = (text: string): object =>
      Object.defineProperty({}, "text", {
        enumerable: true,
        get: () => {
          reads += 1;
          return text;
        },
      });
    const old = Array.from({ length: 1000 }, (_, index) => counted(String(index)));
    const memo = new WeakMap<object, unknown>();
    mapFileData([old, counted("new")], make, memo);
    const first = reads;
    mapFileData([old, counted("newer")], make, memo);
    expect(reads - first).toBeLessThan(10);
  });

  it("leaves frozen values as they are", () => {
    const value = Object.freeze([Object.freeze({ file: Object.freeze(fileData("/a")) })]);
    const mapped = mapFileData(value, make) as { file: Found }[];
    expect(mapped[0]?.file).toBeInstanceOf(Found);
  });
});

/** The value is the same where it holds no file, and a copy where it does. */
function compare(value: unknown, mapped: unknown): void {
  if (!hasFile(value)) expect(mapped).toBe(value);
  else if (isFileData(value)) expect(mapped).toBeInstanceOf(Found);
  else {
    expect(mapped).not.toBe(value);
    expect(Array.isArray(mapped)).toBe(Array.isArray(value));
    for (const [key, child] of Object.entries(value as object)) {
      compare(child, (mapped as Record<string, unknown>)[key]);
    }
  }
}
