import type { SocketRequest, Transport, TransportRequest, TransportResponse } from "./platform.js";

/** Where an app tells what it is: the first thing that it is asked for. */
export const configRoute = "/config";
/** Where it describes its API since Gradio 5; asked at once, without waiting for the config. */
export const usualPrefix = "/gradio_api";
export const infoRoute = "/info?all_endpoints=true";

/**
 * A transport that can be asked for something ahead: the one who then sends the same request gets the
 * answer that is on its way already.
 */
export class HeadStart implements Transport {
  readonly #transport: Transport;
  readonly #ahead = new Map<string, [TransportRequest, Promise<TransportResponse>]>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get followsRedirects(): boolean {
    return this.#transport.followsRedirects === true;
  }

  unsendable(headers: TransportRequest["headers"]): string | undefined {
    return this.#transport.unsendable?.(headers);
  }

  async addressesOf(host: string): Promise<readonly string[]> {
    return (await this.#transport.addressesOf?.(host)) ?? [];
  }

  /** Sends a request whose answer somebody will want. */
  ask(request: TransportRequest): void {
    const answer = this.#transport.send(request);
    // Told to the one who wants the answer; should connecting fail before, nobody does.
    answer.catch(() => {});
    this.#ahead.set(request.url, [request, answer]);
  }

  send(request: TransportRequest): Promise<TransportResponse> {
    // Every later request of the client comes by here.
    if (this.#ahead.size === 0) return this.#transport.send(request);
    const [asked, answer] = this.#ahead.get(request.url) ?? [];
    if (answer === undefined || !isSame(asked, request)) return this.#transport.send(request);
    this.#ahead.delete(request.url);
    return answer;
  }

  openWebSocket(request: SocketRequest): ReturnType<Transport["openWebSocket"]> {
    return this.#transport.openWebSocket(request);
  }

  close(): void {
    this.#transport.close();
  }
}

function isSame(asked: TransportRequest | undefined, request: TransportRequest): boolean {
  return (
    asked?.method === request.method &&
    asked.signal === request.signal &&
    JSON.stringify(asked.headers) === JSON.stringify(request.headers)
  );
}
