import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { GradioFile, handleFile } from "../../src/node.js";
import {
  completed,
  components,
  dependency,
  generating,
  json,
  missing,
  startApp,
  type Script,
} from "./scripted-app.js";

/** What a server of Gradio 3 says of itself. */
function configOf(...dependencies: object[]): object {
  return { version: "3.50.2\n", enable_queue: true, components, dependencies };
}

interface Conversation {
  readonly socket: WebSocket;
  /** What the client said when it was asked for its session. */
  readonly hash: { fn_index: number; session_hash: string };
}

/** As the server: asks for the session, tells the place in the queue, and leaves the rest to the test. */
function afterHash(then: (conversation: Conversation) => void): NonNullable<Script["socket"]> {
  return (socket) => {
    say(socket, { msg: "send_hash" });
    socket.once("message", (text) => {
      say(socket, { msg: "estimation", rank: 0, queue_size: 1, rank_eta: 1 });
      then({ socket, hash: JSON.parse(String(text)) as Conversation["hash"] });
    });
  };
}

function say(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}

/** Asks for the data, and answers the call with what `answer` makes of them. */
function withData(
  answer: (socket: WebSocket, data: unknown[]) => void,
): NonNullable<Script["socket"]> {
  return afterHash(({ socket }) => {
    say(socket, { msg: "send_data" });
    socket.once("message", (text) => {
      say(socket, { msg: "process_starts" });
      answer(socket, (JSON.parse(String(text)) as { data: unknown[] }).data);
    });
  });
}

function finish(socket: WebSocket, ...data: unknown[]): void {
  say(socket, completed(...data));
  socket.close(1000);
}

/** An app that gives one cookie to everybody who logs in. */
function isLoggedIn({ headers }: Pick<IncomingMessage, "headers">): boolean {
  return headers.cookie === "access-token=new";
}

const loginRoutes: NonNullable<Script["routes"]> = {
  "/login_check": (response, request) => {
    if (isLoggedIn(request)) json(response, null);
    else json(response, { detail: "Not authenticated" }, 401);
  },
  "/login": (response) => {
    response.setHeader("set-cookie", "access-token=new");
    json(response, { success: true });
  },
};

describe("Gradio 3 with a queue", () => {
  it("tells what it is asked for, step by step", async () => {
    const config = configOf(dependency("echo", { types: { generator: true } }));
    await using app = await startApp({
      config,
      socket: withData((socket, data) => {
        say(socket, generating("a"));
        say(socket, generating("ab"));
        finish(socket, data[0]);
      }),
    });
    const job = app.client.submit("/echo", ["ab"]);
    const values: unknown[] = [];
    for await (const value of job) values.push(value);
    expect(values).toEqual(["a", "ab"]);
    expect(await job.result()).toBe("ab");
  });

  it("has a status for every step", async () => {
    const steps: (() => void)[] = [];
    const next = (): Promise<void> => new Promise((resolve) => steps.push(resolve));
    const [hashed, sent] = [next(), next()];
    await using app = await startApp({
      config: configOf(dependency("echo")),
      socket: (socket) => {
        say(socket, { msg: "send_hash" });
        void hashed.then(() => say(socket, { msg: "send_data" }));
        void sent.then(() => finish(socket, "x"));
        socket.on("ping", () => undefined);
      },
    });
    const job = app.client.submit("/echo", ["x"]);
    await until(() => job.status().code === "JOINING_QUEUE");
    steps[0]?.();
    await until(() => job.status().code === "SENDING_DATA");
    steps[1]?.();
    expect(await job.result()).toBe("x");
  });

  it.each([1, 100])(
    "ends a conversation over a message that is too large, in %i pieces",
    async (pieces) => {
      let ended: (() => void) | undefined;
      const isEnded = new Promise<void>((resolve) => (ended = resolve));
      const text = JSON.stringify(generating("x".repeat(1_000_000 / pieces)));
      await using app = await startApp(
        {
          config: configOf(dependency("echo")),
          socket: withData((socket) => {
            socket.once("close", () => ended?.());
            for (let piece = 1; piece <= pieces; piece += 1) {
              socket.send(text, { fin: piece === pieces });
            }
          }),
        },
        { http: { maxResponseSize: 100_000 } },
      );
      await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({
        name: "ProtocolError",
        message: expect.stringContaining("http.maxResponseSize") as string,
      });
      await isEnded;
    },
  );

  it("takes any number of messages that are each small enough", async () => {
    const config = configOf(dependency("echo", { types: { generator: true } }));
    const text = "x".repeat(50_000);
    await using app = await startApp(
      {
        config,
        socket: withData((socket) => {
          for (let value = 0; value < 10; value += 1) say(socket, generating(text));
          finish(socket, "end");
        }),
      },
      { http: { maxResponseSize: 100_000 } },
    );
    expect(await app.client.predict("/echo", ["x"])).toBe("end");
  });

  it("gives a generator a session of its own, unless it has State", async () => {
    const hashes: string[] = [];
    const generator = { types: { generator: true } };
    const config = configOf(
      dependency("plain"),
      dependency("yields", generator),
      dependency("stateful", { ...generator, inputs: [1, 3], outputs: [2, 3] }),
    );
    await using app = await startApp({
      config,
      socket: afterHash(({ socket, hash }) => {
        hashes.push(hash.session_hash);
        finish(socket, "x", null);
      }),
    });
    for (const name of ["/plain", "/yields", "/stateful"]) await app.client.predict(name, ["x"]);
    const { sessionHash } = app.client;
    expect(hashes[0]).toBe(sessionHash);
    expect(hashes[1]).not.toBe(sessionHash);
    expect(hashes[2]).toBe(sessionHash);
  });

  it("is full when it says so", async () => {
    await using app = await startApp({
      config: configOf(dependency("echo")),
      socket: (socket) => {
        say(socket, { msg: "queue_full" });
        socket.close(1000);
      },
    });
    const job = app.client.submit("/echo", ["x"]);
    await expect(job.result()).rejects.toMatchObject({ name: "QueueFullError", retryable: true });
    expect(job.status()).toMatchObject({ code: "QUEUE_FULL", success: false });
  });

  it("has lost a call when its socket goes away", async () => {
    await using app = await startApp({
      config: configOf(dependency("echo")),
      socket: withData((socket) => socket.terminate()),
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      mayHaveRun: true,
    });
  });

  it("asks for a login by closing the socket", async () => {
    await using app = await startApp({
      config: configOf(dependency("echo")),
      socket: (socket) => socket.close(1008),
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({
      code: "LOGIN_REQUIRED",
    });
  });

  it.each([
    ["refused", (request: IncomingMessage) => (isLoggedIn(request) ? undefined : 403)],
    ["closed", () => undefined],
  ])("is logged in to once more when sockets are %s for want of it", async (_, refuse) => {
    const script: Script = {
      config: configOf(dependency("echo")),
      routes: loginRoutes,
      refuse,
      socket: (socket, request) => {
        if (isLoggedIn(request))
          withData((_socket, data) => finish(socket, data[0]))(socket, request);
        else socket.close(1008);
      },
    };
    {
      await using app = await startApp(script, { auth: ["ada", "secret"] });
      const calls = ["a", "b", "c"].map((text) => app.client.predict("/echo", [text]));
      expect(await Promise.all(calls)).toEqual(["a", "b", "c"]);
      expect(app.received.filter(({ path }) => path === "/login")).toHaveLength(1);
    }
    await using stranger = await startApp(script);
    await expect(stranger.client.predict("/echo", ["x"])).rejects.toMatchObject({
      name: "AuthenticationError",
      code: "LOGIN_REQUIRED",
    });
  });

  it("tells why it opens no socket when it is not for want of a login", async () => {
    await using app = await startApp({
      config: configOf(dependency("echo")),
      routes: { "/login_check": (response) => json(response, null) },
      refuse: ({ headers }) => (headers["x-status"] === undefined ? 403 : 502),
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({ code: "HTTP_403" });
    const headers = { "x-status": "502" };
    await expect(app.client.predict("/echo", ["x"], { headers })).rejects.toMatchObject({
      code: "HTTP_502",
    });
  });

  it("is not waited for longer than the caller wants, as long as it says nothing", async () => {
    const config = configOf(dependency("echo"));
    const options = { http: { timeout: 100 } };
    await using mute = await startApp({ config, refuse: () => "without a word" }, options);
    await expect(mute.client.predict("/echo", ["x"])).rejects.toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining("http.timeout"),
    });
    await using slow = await startApp(
      {
        config,
        socket: withData((socket, data) => setTimeout(() => finish(socket, data[0]), 300)),
      },
      options,
    );
    expect(await slow.client.predict("/echo", ["x"])).toBe("x");
  });

  it("makes calls of a generator with State one after the other", async () => {
    const config = configOf(
      dependency("stateful", { types: { generator: true }, inputs: [1, 3], outputs: [2, 3] }),
    );
    const answers: (() => void)[] = [];
    let sockets = 0;
    await using app = await startApp({
      config,
      socket: (socket, request) => {
        sockets += 1;
        socket.on("close", () => (sockets -= 1));
        withData((_socket, data) => {
          say(socket, generating(data[0], null));
          answers.push(() => finish(socket, data[0], null));
        })(socket, request);
      },
    });
    const [first, second, third] = ["a", "b", "c"].map((text) =>
      app.client.submit("/stateful", [text]),
    );
    expect(await first?.first()).toBe("a");
    await until(() => third?.status().code === "IN_QUEUE");
    expect(second?.status().code).toBe("IN_QUEUE");
    expect(sockets).toBe(1);
    // Its place is free, but it was never its turn.
    expect(await second?.cancel()).toBe(true);
    answers[0]?.();
    expect(await first?.result()).toBe("a");
    expect(await third?.first()).toBe("c");
    expect(sockets).toBe(1);
    // In a session of its own nobody is in the way.
    const own = app.client.submit("/stateful", ["d"], { session: "own" });
    expect(await own.first()).toBe("d");
    expect(sockets).toBe(2);
    for (const answer of answers.slice(1)) answer();
    expect(await third?.result()).toBe("c");
    expect(await own.result()).toBe("d");
  });

  it("waits a moment after a generator with State that was left", async () => {
    const config = configOf(
      dependency("stateful", { types: { generator: true }, inputs: [1, 3], outputs: [2, 3] }),
    );
    let count = 0;
    await using app = await startApp({
      config,
      socket: withData((socket, data) => {
        count += 1;
        if (count === 1) say(socket, generating(data[0], null));
        else finish(socket, data[0], null);
      }),
    });
    const left = app.client.submit("/stateful", ["a"]);
    expect(await left.first()).toBe("a");
    expect(await left.cancel()).toBe(true);
    const next = app.client.submit("/stateful", ["b"]);
    await until(() => next.status().code === "IN_QUEUE");
    expect(count).toBe(1);
    expect(await next.result()).toBe("b");
  });

  it("gets the caller's headers where the runtime can send them", async () => {
    let header: unknown;
    await using app = await startApp(
      {
        config: configOf(dependency("echo")),
        socket: (socket, request) => {
          header = request.headers["x-mine"];
          finish(socket, "x");
        },
      },
      { headers: { "x-mine": "yes" } },
    );
    await app.client.predict("/echo", ["x"]);
    expect(header).toBe("yes");
  });

  it("ends a job by closing its socket, and by the app's own event while it computes", async () => {
    let closed: (() => void) | undefined;
    const socketClosed = new Promise<void>((resolve) => (closed = resolve));
    const stop = dependency(null, { inputs: [], outputs: [], cancels: [0], queue: false });
    const others = dependency(null, { inputs: [], outputs: [], cancels: [0, 2], queue: false });
    await using app = await startApp({
      config: configOf(dependency("work"), others, stop),
      routes: { "/api/predict/": (response) => json(response, { data: [] }) },
      socket: withData((socket) => socket.on("close", () => closed?.())),
    });
    const job = app.client.submit("/work", ["x"]);
    await until(() => job.status().code === "PROCESSING");
    expect(await job.cancel()).toBe(true);
    await socketClosed;
    const { body } = await app.until(({ path }) => path === "/api/predict/");
    expect(body).toMatchObject({ fn_index: 2, session_hash: app.client.sessionHash });
  });
});

describe("Gradio 3 without a queue", () => {
  const config = configOf(dependency("echo", { queue: false }));

  it("is asked by a request, at the place of its time", async () => {
    await using app = await startApp({
      config,
      routes: {
        "/run/predict": missing,
        "/api/predict/": (response, { body }) => json(response, body),
      },
    });
    expect(app.client.endpoints[0]?.isQueued).toBe(false);
    expect(await app.client.predict("/echo", ["x"])).toBe("x");
    expect(app.received.at(-1)?.body).toMatchObject({
      fn_index: 0,
      session_hash: app.client.sessionHash,
    });
  });

  it("answers errors of the function with 500", async () => {
    await using app = await startApp({
      config,
      routes: { "/run/predict": (response) => json(response, { error: "'no: \"x\"'" }, 500) },
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({
      name: "AppError",
      message: 'no: "x"',
    });
  });

  it("answers what is no error of the function with its status", async () => {
    await using app = await startApp({
      config,
      routes: {
        "/run/predict": (response) => {
          response.writeHead(500).end("Internal Server Error");
        },
      },
    });
    await expect(app.client.predict("/echo", ["x"])).rejects.toMatchObject({ code: "HTTP_500" });
  });

  it("has no queue when the app has none", async () => {
    const noQueue = {
      ...config,
      enable_queue: false,
      dependencies: [dependency("echo", { queue: null })],
    };
    await using app = await startApp({
      config: noQueue,
      routes: { "/run/predict": (response) => json(response, { data: ["y"] }) },
    });
    expect(await app.client.predict("/echo", ["x"])).toBe("y");
  });
});

describe("files of Gradio 3", () => {
  const pixel = "data:image/png;base64,iVBORw0KGgo=";
  const media = [
    { id: 1, type: "image", props: { label: "Picture" } },
    { id: 2, type: "file", props: { label: "File" } },
    { id: 4, type: "audio", props: { label: "Sound" } },
  ];
  const config = {
    ...configOf(
      dependency("image", { inputs: [1], outputs: [1] }),
      dependency("file", { inputs: [2], outputs: [2] }),
      dependency("audio", { inputs: [4], outputs: [4] }),
    ),
    components: media,
  };

  it("are images as addresses with their content, in both directions", async () => {
    const sent: unknown[] = [];
    await using app = await startApp({
      config,
      socket: withData((socket, data) => {
        sent.push(data[0]);
        finish(socket, data[0]);
      }),
    });
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa]);
    const image = await app.client.predict("/image", [new Blob([bytes], { type: "image/png" })]);
    expect(sent).toEqual([pixel]);
    expect(image).toBeInstanceOf(GradioFile);
    const file = image as GradioFile;
    expect(file).toMatchObject({ name: "file.png", mimeType: "image/png", url: pixel });
    expect(await file.bytes()).toEqual(bytes);
    await app.client.predict("/image", { picture: file });
    expect(sent[1]).toBe(pixel);
    expect(app.received).toEqual([]);
  });

  it("are objects with a name otherwise", async () => {
    const sent: unknown[] = [];
    await using app = await startApp({
      config,
      routes: { "/upload": (response) => json(response, ["/tmp/up/a.txt"]) },
      socket: withData((socket, data) => {
        sent.push(data[0]);
        finish(socket, {
          name: "/tmp/o/b c#.txt",
          orig_name: "b.txt",
          size: 3,
          data: null,
          is_file: true,
        });
      }),
    });
    const file = await app.client.predict<GradioFile>("/file", [
      handleFile(new Blob(["abc"]), { name: "a.txt" }),
    ]);
    expect(sent[0]).toMatchObject({
      name: "/tmp/up/a.txt",
      data: null,
      is_file: true,
      orig_name: "a.txt",
    });
    expect(file).toMatchObject({
      name: "b.txt",
      size: 3,
      url: `${app.url}file=/tmp/o/b%20c%23.txt`,
    });
    await app.client.predict("/file", [file]);
    expect(sent[1]).toMatchObject({ name: "/tmp/o/b c#.txt", is_file: true });
  });

  it("come from addresses where the component fetches them, and with their content where not", async () => {
    const sent: unknown[] = [];
    await using app = await startApp({
      config,
      routes: {
        "/here.txt": (response) =>
          response.writeHead(200, { "content-type": "text/plain" }).end("abc"),
      },
      socket: withData((socket, data) => {
        sent.push(data[0]);
        finish(socket, null);
      }),
    });
    const address = `${app.url}here.txt`;
    await app.client.predict("/audio", [handleFile(address)]);
    await app.client.predict("/file", [handleFile(address)]);
    expect(sent[0]).toMatchObject({ name: address, is_file: true });
    expect(sent[1]).toEqual({
      name: "here.txt",
      data: "data:text/plain;base64,YWJj",
      is_file: false,
    });
  });
});

/** Polls: there is nothing else by which a status can be waited for. */
async function until(test: () => boolean): Promise<void> {
  await expect.poll(test, { interval: 2 }).toBe(true);
}
