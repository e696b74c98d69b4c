import { describe, expect, it } from "vitest";
import type { FileData } from "../../src/core/file-data.js";
import { fileUrl } from "../../src/core/file-url.js";

const meta = { _type: "gradio.FileData" } as const;
const url = (data: Omit<FileData, "meta">, prefix = "/gradio_api"): string =>
  fileUrl({ ...data, meta }, "https://example.com/app/", prefix);

describe("files of the app", () => {
  const right = "https://example.com/app/gradio_api/file=/tmp/ab/weird%20%23na%2520me%20%C3%A9.txt";
  const path = "/tmp/ab/weird #na%20me é.txt";

  it.each([
    ["none, before 4.18", null],
    ["unescaped, before 6.27", `https://example.com/app/gradio_api/file=${path}`],
    ["escaped, since 6.27", right],
    ["of a wrong host", `http://10.0.0.7:7860/gradio_api/file=${path}`],
  ])("are at the same address whatever the server says: %s", (_, said) => {
    expect(url({ path, url: said })).toBe(right);
    expect(url({ path, url: said }, "")).toBe(right.replace("/gradio_api", ""));
  });

  it("may lie on Windows, and have names that look like routes", () => {
    expect(url({ path: "C:\\tmp\\a b.txt" })).toMatch(/\/file=C%3A%5Ctmp%5Ca%20b\.txt$/);
    const strange = "/tmp/x/proxy=https:/a.txt";
    expect(url({ path: strange, url: `https://h/gradio_api/file=${strange}` })).toBe(
      "https://example.com/app/gradio_api/file=/tmp/x/proxy%3Dhttps%3A/a.txt",
    );
  });

  it("may have a name that no URL can carry", () => {
    expect(url({ path: "/tmp/\ud800.txt" })).toMatch(/%EF%BF%BD\.txt$/);
  });
});

it("a file that the app gave as an address is at that address", () => {
  const path = "https://elsewhere.org/a b.png?size=2#x";
  expect(url({ path, url: path })).toBe(path);
});

it.each([
  "/proxy=https://user-app.hf.space/gradio_api/file=/tmp/a b#1.txt",
  "/proxy=https://user-app.hf.space/gradio_api/file=/tmp/a%20b%231.txt",
])(
  "a file of a Space that the app loaded comes through the app, as the server wrote it: %s",
  (route) => {
    expect(url({ path: "/tmp/a b#1.txt", url: `http://inside:7860/gradio_api${route}` })).toBe(
      `https://example.com/app/gradio_api${route}`,
    );
  },
);

describe("streams", () => {
  const path = "S/1f/3/playlist.m3u8";

  it("are where the server says", () => {
    const said = "https://example.com/app/gradio_api/stream/S/1f/3/playlist.m3u8?__sign=a%2Fb";
    expect(url({ path, url: said, is_stream: true })).toBe(said);
    expect(url({ path, url: "/gradio_api/stream/S/1", is_stream: true })).toBe(
      "https://example.com/app/gradio_api/stream/S/1",
    );
  });

  it("are at their route where the server says nothing", () => {
    expect(url({ path, url: null, is_stream: true })).toBe(
      "https://example.com/app/gradio_api/stream/S/1f/3/playlist.m3u8",
    );
  });
});
