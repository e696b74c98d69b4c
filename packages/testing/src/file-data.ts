/**
 * A file as it travels in inputs and outputs: Gradio's own `FileData` object.
 *
 * `path` names the file on the server; `url` is where a client can fetch it, absolute and
 * percent-encoded. `size` is in bytes.
 */
export interface FileData {
  /** Where the file is on the server. */
  path: string;
  /** Where it can be fetched; `null` in what clients send. */
  url: string | null;
  /** In bytes; `null`: not known. */
  size: number | null;
  /** The name it had before it was uploaded. */
  orig_name: string | null;
  /** Its media type; `null`: not known. */
  mime_type: string | null;
  /** Whether `url` is the playlist of a stream. */
  is_stream: boolean;
  /** How Gradio marks a file among other objects. */
  meta: { _type: "gradio.FileData" };
}

/** True for any JSON value that carries the marker of a file and a path. */
function isFileData(value: unknown): value is FileData {
  if (typeof value !== "object" || value === null) return false;
  const { path, meta } = value as { path?: unknown; meta?: unknown };
  return typeof path === "string" && hasFileMeta(meta);
}

/** True for the `meta` object that Gradio demands on every file of an input. */
export function hasFileMeta(meta: unknown): boolean {
  return (
    typeof meta === "object" &&
    meta !== null &&
    (meta as { _type?: unknown })._type === "gradio.FileData"
  );
}

/** True for an address that the server would download rather than look up. */
export function isWebAddress(path: string): boolean {
  return path.startsWith("http://") || path.startsWith("https://");
}

/**
 * Percent-encodes a path for a URL: everything but `/`, letters, digits and `_.-~`, as servers do
 * since 6.27.0.
 */
export function encodePath(path: string): string {
  return encodeURIComponent(path)
    .replaceAll("%2F", "/")
    .replaceAll(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}

/**
 * Copies a JSON value, replacing every file in it by what `replace` answers. The copy shares
 * nothing with the original, so a generator may go on changing what it has yielded.
 */
export function mapFiles(value: unknown, replace: (file: FileData) => FileData): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isFileData(value)) return replace(value);
  if (Array.isArray(value)) return value.map((item) => mapFiles(item, replace));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapFiles(item, replace)]),
  );
}

/** Every file in a JSON value. */
export function collectFiles(value: unknown): FileData[] {
  if (typeof value !== "object" || value === null) return [];
  if (isFileData(value)) return [value];
  return Object.values(value).flatMap(collectFiles);
}
