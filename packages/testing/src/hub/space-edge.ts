import {
  STATUS_CODES,
  request as openRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import { bearerOf, type HubAccounts } from "./hub-accounts.js";
import type { HubCertificate, HubUser } from "./hub-options.js";
import type { HubSpace } from "./hub-space.js";
import { readToken, signToken } from "./json-web-token.js";
import { Listener } from "./listener.js";
import { tunnel } from "./tunnel.js";

/** What the front of a Space needs of its Hub. */
export interface EdgeSettings {
  readonly accounts: HubAccounts;
  readonly certificate: HubCertificate | undefined;
  readonly host: string;
  /** Signs what visitors are and what they may open. */
  readonly key: string;
}

interface Admitted {
  readonly user: HubUser | undefined;
  readonly replica: number;
}

type SpaceRequest = HubSpace["requests"][number];

const replicaCookie = "space-replica";
/** Seconds for which the statement about a visitor holds. */
const visitorLifetime = 300;

/**
 * What stands in front of a Space: lets in who may see it, wakes it, keeps a visitor at one replica
 * by a cookie, and tells the app who came (`x-ip-token`).
 */
export class SpaceEdge {
  readonly #space: HubSpace;
  readonly #settings: EdgeSettings;
  readonly #listener: Listener;
  #turn = 0;

  constructor(space: HubSpace, settings: EdgeSettings) {
    this.#space = space;
    this.#settings = settings;
    this.#listener = new Listener(
      settings.host,
      settings.certificate,
      (incoming, outgoing) => this.#answer(incoming, outgoing),
      (incoming, socket) => this.#upgrade(incoming, socket),
    );
  }

  /** Starts to listen at a free port, and tells the Space its address. */
  async listen(): Promise<void> {
    await this.#listener.listen(0);
    this.#space.url = this.#listener.url;
  }

  async close(): Promise<void> {
    await this.#listener.close();
  }

  #answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const record = this.#record(incoming);
    outgoing.once("close", () => {
      record.status = outgoing.statusCode;
      record.ended = true;
    });
    const admitted = this.#admit(incoming, record.headers);
    if ("refusal" in admitted) page(outgoing, ...admitted.refusal);
    else this.#forward(incoming, outgoing, admitted);
  }

  /** A WebSocket, by which apps of Gradio 3 are called: it is let in as every other request. */
  #upgrade(incoming: IncomingMessage, socket: Duplex): void {
    const record = this.#record(incoming);
    socket.once("close", () => {
      record.ended = true;
    });
    const admitted = this.#admit(incoming, record.headers);
    if ("refusal" in admitted) {
      const [status] = admitted.refusal;
      record.status = status;
      socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    record.status = 101;
    const target = `${this.#space.replicas[admitted.replica]}${incoming.url}`;
    tunnel(target, this.#headersFor(incoming, admitted), socket);
  }

  #record(incoming: IncomingMessage): SpaceRequest {
    const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://space");
    const record: SpaceRequest = {
      method: incoming.method ?? "GET",
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: flat(incoming),
      body: undefined,
      status: undefined,
      ended: false,
    };
    this.#space.requests.push(record);
    return record;
  }

  /** Who comes and where to, or with what the visitor is sent away. */
  #admit(
    { url = "/" }: IncomingMessage,
    headers: Readonly<Record<string, string>>,
  ): Admitted | { readonly refusal: readonly [status: number, text: string] } {
    const user = this.#visitor(headers);
    const signed = this.#isSigned(new URL(url, "http://space").searchParams.get("__sign"));
    if (!signed && !this.#settings.accounts.maySee(user, this.#space)) {
      return { refusal: [401, "This Space is private."] };
    }
    this.#space.script.visit();
    const replica = this.#replicaFor(headers["cookie"]);
    if (!this.#space.script.serves || replica === undefined) {
      return { refusal: [503, `This Space is not running: ${this.#space.stage}.`] };
    }
    return { user, replica };
  }

  /** Either header tells who comes; another `authorization` is the app's own business. */
  #visitor(headers: Readonly<Record<string, string>>): HubUser | undefined {
    const { accounts } = this.#settings;
    return (
      accounts.find(bearerOf(headers["x-hf-authorization"])) ??
      accounts.find(bearerOf(headers["authorization"]))
    );
  }

  #isSigned(token: string | null): boolean {
    if (token === null) return false;
    return readToken(token, this.#settings.key)?.["sub"] === `/spaces/${this.#space.id}`;
  }

  #replicaFor(cookies: string | undefined): number | undefined {
    const { length } = this.#space.replicas;
    if (length === 0) return undefined;
    const kept = Number(new RegExp(`${replicaCookie}=(\\d+)`).exec(cookies ?? "")?.[1] ?? NaN);
    if (kept < length) return kept;
    this.#turn += 1;
    return (this.#turn - 1) % length;
  }

  #forward(incoming: IncomingMessage, outgoing: ServerResponse, admitted: Admitted): void {
    const { certificate } = this.#settings;
    const { replica } = admitted;
    const target = `${this.#space.replicas[replica]}${incoming.url}`;
    const { method } = incoming;
    const headers = this.#headersFor(incoming, admitted);
    const onward = openRequest(target, { method, headers, agent: false }, (answer) => {
      const secure = certificate === undefined ? "" : "; Secure; SameSite=None";
      const cookie = `${replicaCookie}=${replica}; Path=/; HttpOnly${secure}`;
      const cookies = [...(answer.headers["set-cookie"] ?? []), cookie];
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, "set-cookie": cookies });
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      // A broken answer arrives broken.
      answer.once("error", () => outgoing.destroy());
    });
    onward.once("error", () => {
      if (outgoing.headersSent) outgoing.destroy();
      else page(outgoing, 502, "The app does not answer.");
    });
    outgoing.once("close", () => onward.destroy());
    incoming.pipe(onward);
  }

  /** What the app gets to see: who comes, not by which token. */
  #headersFor(incoming: IncomingMessage, { user }: Admitted): OutgoingHttpHeaders {
    const { certificate, key } = this.#settings;
    const headers: OutgoingHttpHeaders = { ...incoming.headers };
    delete headers["x-hf-authorization"];
    headers["x-forwarded-proto"] = certificate === undefined ? "http" : "https";
    headers["x-forwarded-host"] = incoming.headers.host;
    const visitor = { user: user?.name, ip: incoming.socket.remoteAddress };
    headers["x-ip-token"] ??= signToken(visitor, key, visitorLifetime);
    return headers;
  }
}

function page(outgoing: ServerResponse, status: number, text: string): void {
  outgoing.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  outgoing.end(`<!doctype html><title>${text}</title><p>${text}</p>`);
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
  );
}
