/**
 * What no file system takes, what separates directories, and what turns the direction of text. Not as a
 * literal: engines look such properties up while they read a file, for every program.
 */
const forbidden = (): RegExp => new RegExp(String.raw`[<>:"|?*\p{Cc}\p{Cs}\p{Bidi_Control}]`, "gu");
/** Names of devices on Windows, which are devices with any extension as well. */
const device =
  /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d\u00b9\u00b2\u00b3])\s*(?:\.|$)/i;
/** In bytes of UTF-8; file systems take 255, and a temporary name needs room beside it. */
const longest = 200;
const longestExtension = 50;

/**
 * A name under which a file from a server can be saved: never anything but a name inside the
 * directory that it is saved to, on any system. Other characters stay as they are.
 */
export function safeFileName(name: string): string {
  const base = (name.split(/[/\\]/).findLast((segment) => segment.trim() !== "") ?? "")
    .replace(forbidden(), "")
    .trimStart();
  const safe = shorten(trimEnd(device.test(base) ? `_${base}` : base));
  return safe === "" ? "file" : safe;
}

/** The last segment of a path of the server, or of an address. */
export function lastSegment(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** A name for content that has none: apps look at the extension. */
export function nameForType(mimeType: string | undefined): string {
  const subtype = /^[^/]+\/(?:x-|vnd\.)?([\w-]+)/.exec(mimeType ?? "")?.[1]?.toLowerCase();
  if (subtype === undefined || subtype === "octet-stream") return "file";
  return `file.${extensions[subtype] ?? subtype}`;
}

/** Extensions that differ from the subtype. */
const extensions: Readonly<Record<string, string>> = {
  __proto__: null,
  jpeg: "jpg",
  mpeg: "mp3",
  plain: "txt",
  quicktime: "mov",
  matroska: "mkv",
  markdown: "md",
  javascript: "js",
} as never;

/** Windows drops dots and spaces at the end of a name, so that another name would be meant. */
function trimEnd(name: string): string {
  return name.replace(/[\s.]+$/, "");
}

function shorten(name: string): string {
  const encoder = new TextEncoder();
  const bytes = encoder.encode(name).length;
  if (bytes <= longest) return name;
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 ? cut(name.slice(dot), longestExtension) : "";
  const stem = cut(dot > 0 ? name.slice(0, dot) : name, longest - encoder.encode(extension).length);
  return trimEnd(stem + extension);
}

/** The beginning of a text, in whole characters, that fits into so many bytes. */
function cut(text: string, bytes: number): string {
  const buffer = new Uint8Array(bytes);
  return text.slice(0, new TextEncoder().encodeInto(text, buffer).read);
}
