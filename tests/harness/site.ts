import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A site that is not Gradio, on a free port of the loopback interface, until it is disposed of. */
export interface Site extends AsyncDisposable {
  readonly url: string;
}

/** Opens one that answers in this way; one that is given nothing takes every request and answers none. */
export async function openSite(answer: RequestListener = () => {}): Promise<Site> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends every request on to the same path elsewhere, as a proxy that insists on it. */
export function openRedirect(target: string): Promise<Site> {
  return openSite((incoming, outgoing) => {
    incoming.resume();
    outgoing.writeHead(307, { location: `${target}${incoming.url}` }).end();
  });
}
