import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Client } from "@gradio-kit/client";
import type { ClientOptions } from "@gradio-kit/client";
import { answer, gatewayError, stall } from "@gradio-kit/testing";
import type { Fault } from "@gradio-kit/testing";
import { expect } from "vitest";
import { makeCertificate } from "../harness/certificate.js";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { rejection } from "../harness/rejection.js";
import type { FaultRow } from "./fault-row.js";

/** That connecting to an address ends so. */
async function expectNoWay(url: string, error: object, options: ClientOptions = {}): Promise<void> {
  expect(await rejection(Client.connect(url, { verbose: false, ...options }))).toMatchObject(error);
}

/** The port of a server while it listens. */
async function listening(server: HttpServer, test: (port: number) => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await test((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const onTheWay: readonly (readonly [string, string, () => Fault, object])[] = [
  [
    "a gateway answers 502 when the client connects",
    "`HTTP_502`, `retryable`",
    () => gatewayError(502),
    { code: "HTTP_502", retryable: true },
  ],
  [
    "what answers at the address is no Gradio app",
    "`NOT_A_GRADIO_APP`",
    () => answer(200, { headers: { "content-type": "text/html" }, body: "<h1>Hello</h1>" }),
    { code: "NOT_A_GRADIO_APP", retryable: false },
  ],
];

/** What happens on the way to an app, before there is a client. */
export const connectRows: readonly FaultRow[] = [
  {
    fault: "nobody knows the name of the app's host (DNS)",
    seen: "`UNREACHABLE`, `retryable`",
    run: () =>
      expectNoWay("http://no-such-host.invalid", {
        code: "UNREACHABLE",
        retryable: true,
        mayHaveRun: false,
      }),
  },
  {
    fault: "nothing listens when the client connects",
    seen: "`UNREACHABLE`, `retryable`",
    run: async () => {
      const [port] = await freePorts(1);
      await expectNoWay(`http://127.0.0.1:${port}`, { code: "UNREACHABLE", retryable: true });
    },
  },
  {
    fault: "the certificate of the app is not to be trusted (TLS)",
    seen: "`TLS`, not `retryable`; nothing is sent",
    run: async () => {
      await using certificate = await makeCertificate();
      let requests = 0;
      const server = createHttpsServer(certificate, () => (requests += 1));
      await listening(server, (port) =>
        expectNoWay(`https://127.0.0.1:${port}`, { code: "TLS", retryable: false }),
      );
      expect(requests).toBe(0);
    },
  },
  {
    fault: "a server that speaks no TLS at an address of `https:`",
    seen: "`TLS`, not `retryable`",
    run: () =>
      listening(
        createHttpServer((_request, response) => void response.end("hello")),
        (port) => expectNoWay(`https://127.0.0.1:${port}`, { code: "TLS", retryable: false }),
      ),
  },
  {
    fault: "a server that takes the connection and never answers",
    seen: "`TIMEOUT` when the `timeout` of `connect` is over (60 s unless told otherwise)",
    run: async ({ proxy }) => {
      proxy.inject({ path: "/config", fault: stall() });
      await expectNoWay(proxy.url, { code: "TIMEOUT" }, { timeout: 300 });
      proxy.dropRequests({ path: "/config" });
    },
  },
  ...onTheWay.map(([fault, seen, make, error]): FaultRow => ({
    fault,
    seen,
    run: async ({ proxy }) => {
      proxy.inject({ fault: make() });
      await expectNoWay(proxy.url, error);
    },
  })),
];
