import { describe, expect, it } from "vitest";
import { markedFiles, unmarkedFiles } from "../../src/core/file-notation.js";

const meta = { _type: "gradio.FileData" };
/** As Gradio 4.0 writes it: no mark, and no address. */
const old = { path: "/tmp/a.txt", url: null, size: 3, orig_name: "a.txt", mime_type: null };

describe("files in results", () => {
  it("are known by their mark where servers set it", () => {
    const marked = { ...old, meta };
    expect(markedFiles.read(marked)).toBe(marked);
    expect(markedFiles.read(old)).toBeUndefined();
    expect(markedFiles.read({ path: "/tmp/a.txt" })).toBeUndefined();
  });

  it("are known by their members before, and get the mark", () => {
    expect(unmarkedFiles.read(old)).toEqual({ ...old, meta });
    expect(unmarkedFiles.read({ path: "/etc/hosts" })).toBeUndefined();
    expect(unmarkedFiles.read({ ...old, path: 1 })).toBeUndefined();
    expect(unmarkedFiles.read([])).toBeUndefined();
  });
});
