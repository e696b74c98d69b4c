import type { Multipart } from "./multipart.js";
import type { SizeLimit } from "./size-limit.js";

/**
 * What the library needs from the runtime it runs in. The implementations under `platform/` are
 * the only files that know where they run.
 */
export interface Platform {
  /**
   * Opens the way to servers; nothing is sent yet. Certificates and keys are read before the first
   * request, which rejects when one is wrong.
   *
   * @throws InputError `INVALID_OPTION` for a setting that is wrong, or that cannot be done here.
   */
  createTransport(settings: TransportSettings): Transport;
  /** The file system, where there is one. */
  readonly disk: Disk | undefined;
  /** A variable of the process environment; `undefined` where there is none. */
  environment(name: string): string | undefined;
  /** The Hub token that this machine keeps, where there is such a thing. */
  readonly savedToken?: () => Promise<SavedToken | undefined>;
  /** The request that this program is answering right now, where that can be known. */
  readonly servedRequest?: () => ServedRequest | undefined;
  /** Where status messages go when the caller names no `log`. */
  log(message: string): void;
  /** The MIME type that a file name suggests. */
  mimeType(name: string): string | undefined;
}

/** How connections are made. */
export interface ConnectionSettings {
  /**
   * The proxy for every request: `http://`, `https://`, `socks5://` (`socks5h://`: the proxy looks
   * host names up), with `user:password@` where it asks for them. `false` for none. Default: what
   * `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
   */
  readonly proxy?: string | URL | false | undefined;
  /**
   * The certificate authorities to trust instead of the runtime's, as PEM: the text itself, bytes, or
   * the path of a file. `NODE_EXTRA_CA_CERTS` adds to the runtime's.
   */
  readonly ca?: Pem | readonly Pem[] | undefined;
  /** The client's own certificate, where the server asks for one; as {@link ca}, with `key`. */
  readonly cert?: Pem | undefined;
  /** The private key of `cert`, not encrypted. */
  readonly key?: Pem | undefined;
  /**
   * Most connections to one server at the same time; further requests wait. Event streams and
   * heartbeats, which stay open, are not counted: a call needs one beside them. Default: no limit.
   */
  readonly maxConnections?: number | undefined;
}

/** PEM: its text, its bytes, or the path of a file. */
export type Pem = string | Uint8Array;

/** What a transport can be told. */
export interface TransportSettings {
  /** Replaces the runtime's own means. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly connection?: ConnectionSettings | undefined;
  /** `false` accepts any certificate. */
  readonly sslVerify?: boolean | undefined;
}

/** A token that was found on this machine. */
export interface SavedToken {
  readonly token: string;
  /** Where it was found: a variable or a file. */
  readonly from: string;
}

/** A request to a server, as `fetch`, Node's `http` and the frameworks on top of them have it. */
export interface ServedRequest {
  /** Of a `Request`, or as Node has them. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** One request. Header names are in lower case. */
export interface TransportRequest {
  readonly method: "GET" | "HEAD" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Multipart | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Marks a request that shall not keep the process alive, such as a heartbeat. */
  readonly background?: boolean | undefined;
}

/** A conversation over a WebSocket, in text. */
export interface SocketRequest {
  /** As of any other request: `http:` or `https:`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Closes it. */
  readonly signal: AbortSignal;
  /** Holds each message to a size: what is larger ends it. */
  readonly limit: SizeLimit;
  readonly onMessage: (text: string, send: (text: string) => void) => void;
}

/** An answer whose body has not been read yet: exactly one of the reading members is to be used. */
export interface TransportResponse {
  readonly status: number;
  /** The address that answered, after redirects. */
  readonly url: string;
  header(name: string): string | null;
  /** The `Set-Cookie` headers, where the runtime shows them. */
  readonly setCookies?: readonly string[];
  /**
   * Hands over the body as text (UTF-8) piece by piece, and how many bytes each piece was; resolves
   * at its end, rejects when it is cut off. The runtime decodes: some do it ten times as fast with
   * means of their own.
   */
  read(onText: (text: string, bytes: number) => void): Promise<void>;
  /** The body for consumers that set the pace. */
  stream(): AsyncIterable<Uint8Array>;
  /** Gives the body up and frees its connection. */
  discard(): void;
}

/** A pool of connections. Network failures reject with the runtime's own error. */
export interface Transport {
  /** One request, one answer; a redirect is an answer, except where the runtime follows it unasked. */
  send(request: TransportRequest): Promise<TransportResponse>;
  /**
   * Opens a WebSocket; resolves with the code of its close, or with the answer of a server that opens
   * none, where the runtime shows it. Rejects when it cannot be opened for another reason, or breaks.
   * Headers are sent where the runtime can: browsers cannot.
   */
  openWebSocket(request: SocketRequest): Promise<number | TransportResponse>;
  /**
   * Whether redirects are followed unasked, as in browsers. On the way to another origin they then
   * take `authorization` off, and no other header.
   */
  readonly followsRedirects?: boolean;
  /** The first of these headers that the runtime keeps for itself, and would leave out in silence. */
  unsendable?(headers: Readonly<Record<string, string>>): string | undefined;
  /** The IP addresses behind a host name, where they can be known. */
  addressesOf?(host: string): Promise<readonly string[]>;
  /** Ends every connection. */
  close(): void;
}

/** A file on disk that can be read. */
export interface DiskFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** Changes with the content; `undefined` while the content may still change without showing it. */
  readonly version?: string | undefined;
}

/** The file system, as far as the library uses it. */
export interface Disk {
  /**
   * Looks at a file that is to be sent, at once.
   *
   * @throws InputError `FILE_NOT_FOUND` when it is missing, not a regular file or unreadable.
   */
  inspect(path: string): DiskFile;
  /** The content of a file, piece by piece; opened when it is first read. */
  read(path: string): AsyncIterable<Uint8Array>;
  /**
   * The directory for result files: what `GRADIO_TEMP_DIR` says now, or `gradio` in the temporary
   * directory.
   */
  defaultDirectory(): () => string;
  /**
   * Looks at a directory that is to be written to, at once; it need not exist yet.
   *
   * @param argument the option that named it, for the error.
   * @throws InputError `INVALID_OPTION` when something else is in its place.
   */
  checkDirectory(path: string, argument: string): void;
  /**
   * Writes a body below `directory` as `<sha256 of its bytes>/<name>`, as Python's client does,
   * and leaves nothing behind when it fails. What the body throws is thrown as it is.
   *
   * @throws InputError `INVALID_OPTION` when the directory cannot be written.
   */
  storeByContent(
    directory: string,
    name: string,
    body: AsyncIterable<Uint8Array>,
  ): Promise<DiskFile>;
  /**
   * Writes a body to `target`, or to `target/<name>` when that is a directory; gives the path.
   * Otherwise as {@link storeByContent}.
   */
  save(target: string, name: string, body: AsyncIterable<Uint8Array>): Promise<string>;
}
