import { Mime } from "mime/lite";
import { standardTypes } from "./mime-types.js";

/** Media and data types that apps get and give, and that the small table of `mime` lacks. */
const more: Readonly<Record<string, string>> = {
  "7z": "application/x-7z-compressed",
  aif: "audio/aiff",
  aiff: "audio/aiff",
  avi: "video/x-msvideo",
  bz2: "application/x-bzip2",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  fbx: "application/vnd.autodesk.fbx",
  flac: "audio/flac",
  flv: "video/x-flv",
  h5: "application/x-hdf5",
  ico: "image/x-icon",
  ipynb: "application/x-ipynb+json",
  jsonl: "application/jsonl",
  m3u8: "application/vnd.apple.mpegurl",
  m4v: "video/x-m4v",
  mkv: "video/x-matroska",
  ndjson: "application/x-ndjson",
  npy: "application/octet-stream",
  npz: "application/zip",
  odt: "application/vnd.oasis.opendocument.text",
  parquet: "application/vnd.apache.parquet",
  ply: "model/ply",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  py: "text/x-python",
  rar: "application/vnd.rar",
  safetensors: "application/octet-stream",
  splat: "application/octet-stream",
  srt: "application/x-subrip",
  tar: "application/x-tar",
  tgz: "application/gzip",
  usdz: "model/vnd.usdz+zip",
  wma: "audio/x-ms-wma",
  wmv: "video/x-ms-wmv",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  xz: "application/x-xz",
};

/** Made for the first file. */
let mime: Mime | undefined;

/** The MIME type that a file name suggests; `undefined` when it suggests none. */
export function mimeTypeOf(name: string): string | undefined {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (Object.hasOwn(more, extension)) return more[extension];
  if (extension === "") return undefined;
  mime ??= new Mime(standardTypes());
  return mime.getType(extension) ?? undefined;
}
