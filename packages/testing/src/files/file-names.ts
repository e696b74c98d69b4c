import { extname } from "node:path";

// eslint-disable-next-line no-control-regex -- control characters are what has to go
const forbidden = /[<>:"/\\|?*\u0000-\u001f\u007f`$!{}]/g;
const reserved = /^(?:CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])$/i;
const maxBytes = 200;

/**
 * The name an uploaded file gets on the server, as 6.27.0 and later tidy it: dangerous characters
 * and trailing dots and spaces go, device names get a `_`, 200 bytes at most. `..` stays `..` for
 * the caller to refuse.
 */
export function tidyFileName(rawName: string): string {
  const base = rawName.split("/").at(-1) ?? "";
  const cleaned = base.replaceAll(forbidden, "");
  if (cleaned === "..") return cleaned;
  // A stem of which nothing is left must not turn the extension into a hidden file's name.
  const stemLost = /^[^.]/.test(base) && /^\.[^.]+$/.test(cleaned);
  const name = (stemLost ? `file${cleaned}` : cleaned).replace(/[ .]+$/, "") || "file";
  const safe = reserved.test((name.split(".")[0] ?? "").trimEnd()) ? `_${name}` : name;
  return shorten(safe);
}

function shorten(name: string): string {
  const extension = extname(name);
  let stem = Array.from(name.slice(0, name.length - extension.length));
  while (byteLength(stem.join("") + extension) > maxBytes && stem.length > 0)
    stem = stem.slice(0, -1);
  const shortened = stem.join("") + extension;
  if (byteLength(shortened) <= maxBytes) return shortened;
  let cut = Array.from(extension);
  while (byteLength(`file${cut.join("")}`) > maxBytes) cut = cut.slice(0, -1);
  return `file${cut.join("")}`;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
