import type { FileData } from "./file-data.js";

const http = /^https?:\/\//i;
/** The route for files of another Space; since 6.27.0 the path behind it is percent-encoded. */
const proxied = /\/proxy=https?:\/\/.*/is;

/** Whether a string is an address rather than a path. */
export function isHttpUrl(text: string): boolean {
  return http.test(text);
}

/**
 * Where a file of a result can be fetched.
 *
 * The server's own `url` is unescaped before Gradio 6.27.0 and escaped since, is missing before
 * 4.18 and names a wrong host behind some proxies. So the address is built anew from the path,
 * which every version answers. What the path does not tell is kept: streams, files that lie at
 * another Space, and those whose content is in the result itself.
 *
 * @param base the app's address with a slash at the end.
 * @param prefix the prefix of its API routes, such as `"/gradio_api"`.
 */
export function fileUrl(data: FileData, base: string, prefix: string): string {
  const { path, url } = data;
  if (isHttpUrl(path)) return path;
  if (path === "" && url?.startsWith("data:") === true) return url;
  const api = base.slice(0, -1) + prefix;
  if (url) {
    if (data.is_stream === true) return isHttpUrl(url) ? url : base + url.replace(/^\/+/, "");
    const proxy = proxyRoute(url);
    if (proxy !== undefined) return api + proxy;
  }
  return `${api}/${data.is_stream === true ? "stream/" : "file="}${encodePath(path)}`;
}

/** The proxy route of an address, unless it is only part of a file's name. */
function proxyRoute(url: string): string | undefined {
  const found = proxied.exec(url);
  return found !== null && !url.slice(0, found.index).includes("/file=") ? found[0] : undefined;
}

/** Percent-encodes every segment. Half a surrogate pair, which has no encoding, is replaced. */
function encodePath(path: string): string {
  return path
    .replaceAll(/[\ud800-\udfff]/gu, "\uFFFD")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
}
