/** The content of a `data:` URL; `undefined` when it is malformed. */
export function parseDataUrl(
  url: string,
): { readonly bytes: Uint8Array; readonly mimeType: string | undefined } | undefined {
  const comma = url.indexOf(",");
  if (comma < 0) return undefined;
  const [mimeType, ...parameters] = url.slice("data:".length, comma).split(";");
  try {
    const text = decodeURIComponent(url.slice(comma + 1));
    const bytes = parameters.includes("base64")
      ? Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
      : new TextEncoder().encode(text);
    return { bytes, mimeType: mimeType === "" ? undefined : mimeType };
  } catch {
    // Neither base64 nor percent-encoding: the caller says what is wrong with it.
    return undefined;
  }
}
