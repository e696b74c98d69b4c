import { expect, it } from "vitest";
import { mimeTypeOf } from "../../src/platform/node/mime.js";

it.each([
  ["a.png", "image/png"],
  ["A.JPG", "image/jpeg"],
  ["a.webp", "image/webp"],
  ["a.flac", "audio/flac"],
  ["a.wav", "audio/wav"],
  ["a.mp3", "audio/mpeg"],
  ["a.mp4", "video/mp4"],
  ["a.mkv", "video/x-matroska"],
  ["a.glb", "model/gltf-binary"],
  ["a.jsonl", "application/jsonl"],
  ["a.parquet", "application/vnd.apache.parquet"],
  ["archive.tar.gz", "application/gzip"],
  ["no extension", undefined],
  ["png", undefined],
  ["a.constructor", undefined],
  ["a.", undefined],
])("%s is %s", (name, type) => {
  expect(mimeTypeOf(name)).toBe(type);
});
