/**
 * What the library does in every runtime, written in what every runtime has: the globals of the web
 * and the package itself. It runs as it is in Node, Bun, Deno, browsers and workers.
 */
import {
  AppError,
  CancelledError,
  Client,
  ConnectionError,
  GradioFile,
  handleFile,
  InputError,
  TimeoutError,
} from "@gradio-kit/client";
import { collect, equal, rejection, thrown, until } from "./expect.mjs";

/**
 * @typedef {object} Place
 * @property {string} url the address of the app
 * @property {string} nowhere an address at which nothing listens
 * @property {string | undefined} folder a folder of our own, where there is a disk
 */

/** @param {Place} place */
const connect = ({ url }, options = {}) => Client.connect(url, { verbose: false, ...options });

/** What the app's functions noted, told by the app itself. */
const facts = async (client, tag) => JSON.parse(await client.predict("/facts", [tag]));

const unique = () => `runtime ${crypto.randomUUID()}`;
const bytes = (...values) => new Uint8Array(values);

/** @type {Record<string, (place: Place) => Promise<void>>} */
export const scenarios = {
  "calls by name, by position and by number": async (place) => {
    const client = await connect(place);
    const { fnIndex } = client.endpoints.find(({ apiName }) => apiName === "/greet");
    equal(await client.predict("/greet", { name: "Ada" }), "Hello Ada!");
    equal(await client.predict("/greet", ["Ada", "?"]), "Hello Ada?");
    equal(await client.predict(fnIndex, ["Ada"]), "Hello Ada!");
    equal(await client.predict("/echo", [{ text: "größer 🙂", list: [1, null] }]), {
      text: "größer 🙂",
      list: [1, null],
    });
    await client.close();
  },

  "streams every value of a generator, and every fact": async (place) => {
    const client = await connect(place);
    const job = client.submit("/count", { n: 4 });
    equal(await collect(job), [0, 1, 2, 3]);
    equal(await job.first(), 0);
    equal(await job.result(), 3);
    const types = (await collect(job.updates())).map(({ type }) => type);
    equal(types.includes("started") && types.at(-1) === "output", true);
    const edits = client.submit("/two_outputs", { n: 3 });
    equal((await collect(edits)).at(-1), ["aaa", 1]);
    await client.close();
  },

  "sends a file from memory in every form": async (place) => {
    const client = await connect(place);
    const sources = [
      [new Blob(["abc"], { type: "text/plain" }), {}],
      [new File(["abc"], "abc.txt"), {}],
      [new TextEncoder().encode("abc"), {}],
      [new Blob(["abc"]).stream(), {}],
      ["data:text/plain,abc", {}],
    ];
    for (const [source] of sources) {
      const described = await client.predict("/describe_file", [handleFile(source)]);
      equal(described.size, 3);
    }
    const named = handleFile(bytes(1, 2), { name: "größe 1.bin" });
    equal((await client.predict("/describe_file", [named])).size, 2);
    await client.close();
  },

  "reads a file of a result in every form": async (place) => {
    const client = await connect(place);
    const source = new File(["größer"], "text.txt", { type: "text/plain" });
    const result = await client.predict("/echo_file", [handleFile(source)]);
    equal(result instanceof GradioFile, true);
    equal(result.name, "text.txt");
    equal(await result.text(), "größer");
    equal((await result.bytes()).length, 8);
    equal((await result.blob()).size, 8);
    equal(await new Response(result.stream()).text(), "größer");
    // And straight back, without an upload.
    equal((await client.predict("/describe_file", [result])).size, 8);
    await client.close();
  },

  "takes paths where there is a disk, and refuses them elsewhere": async (place) => {
    const client = await connect(place, { downloadFiles: false });
    if (place.folder === undefined) {
      const error = thrown(() => client.submit("/describe_file", [handleFile("a.txt")]));
      equal([error instanceof InputError, error.code], [true, "INVALID_SOURCE"]);
    } else {
      const given = handleFile(`${place.folder}/given.txt`);
      const result = await client.predict("/echo_file", [given]);
      equal([result.name, result.path], ["given.txt", undefined]);
      const saved = await result.save(`${place.folder}/saved.txt`);
      equal((await client.predict("/describe_file", [handleFile(saved)])).size, 5);
      const stored = await client.predict("/echo_file", [given], {
        downloadFiles: `${place.folder}/downloads`,
      });
      equal(stored.path.startsWith(place.folder), true);
      const lost = thrown(() => client.submit("/echo_file", [handleFile("lost.txt")]));
      equal(lost.code, "FILE_NOT_FOUND");
    }
    await client.close();
  },

  "uploads ahead of a call, and tells how far it is": async (place) => {
    const client = await connect(place);
    const seen = [];
    const size = 3_000_000;
    const file = await client.upload(new Blob([new Uint8Array(size)]), {
      onProgress: ({ loaded, total }) => seen.push([loaded, total]),
    });
    equal(seen.at(-1), [size, size]);
    equal(
      seen.map(([loaded]) => loaded),
      seen.map(([loaded]) => loaded).toSorted((a, b) => a - b),
    );
    equal((await client.predict("/describe_file", [file])).size, size);
    await client.close();
  },

  "cancels a running job, on the server too": async (place) => {
    const client = await connect(place);
    const tag = unique();
    const job = client.submit("/steps", [tag, 1000]);
    equal(await job.first(), 0);
    equal(await job.cancel(), true);
    equal((await rejection(job.result())) instanceof CancelledError, true);
    equal(job.status().code, "CANCELLED");
    equal(await client.predict("/greet", ["Ada"]), "Hello Ada!");
    let before = -1;
    await until("the generator stands still", async () => {
      const now = (await facts(client, tag)).length;
      const still = now === before;
      before = now;
      return still;
    });
    await client.close();
  },

  "stops at a signal and at a time-out": async (place) => {
    const client = await connect(place);
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const job = client.submit("/steps", [unique(), 1000], { signal: controller.signal });
    equal(await job.first(), 0);
    controller.abort(reason);
    equal((await rejection(job.result())) === reason, true);
    const late = client.predict("/steps", [unique(), 1000], { timeout: 200 });
    equal((await rejection(late)) instanceof TimeoutError, true);
    equal(await client.predict("/greet", ["Ada"]), "Hello Ada!");
    await client.close();
  },

  "keeps State from call to call until the session is reset": async (place) => {
    const client = await connect(place);
    equal(await client.predict("/increment"), 1);
    equal(await client.predict("/increment"), 2);
    client.resetSession();
    equal(await client.predict("/increment"), 1);
    await client.close();
  },

  "tells errors apart": async (place) => {
    const client = await connect(place);
    const failed = await rejection(client.predict("/app_error"));
    equal([failed instanceof AppError, failed.message], [true, "refused"]);
    const late = client.submit("/fail_late");
    equal((await rejection(collect(late))) instanceof AppError, true);
    equal(late.outputs(), [0, 1]);
    const unknown = thrown(() => client.submit("/greet", { nam: "Ada" }));
    equal([unknown instanceof InputError, unknown.code], [true, "UNKNOWN_ARGUMENT"]);
    equal(unknown.message.includes('"name"'), true);
    equal(thrown(() => client.submit("/great")).code, "UNKNOWN_ENDPOINT");
    const nowhere = await rejection(connect({ url: place.nowhere }));
    equal([nowhere instanceof ConnectionError, nowhere.code], [true, "UNREACHABLE"]);
    const notGradio = await rejection(connect({ url: `${place.url}/nothing/here` }));
    equal(notGradio.code, "NOT_A_GRADIO_APP");
    await client.close();
  },

  "follows options about connections, or refuses them before any request": async (place) => {
    const own = { headers: { "x-own": "mine" } };
    const client = await connect(place, own);
    equal((await client.predict("/request")).headers["x-own"], "mine");
    await client.close();
    const options = {
      "http.cookies": { http: { cookies: { a: "b" } } },
      "http.maxConnections": { http: { maxConnections: 2 } },
      "http.proxy": { http: { proxy: false } },
      sslVerify: { sslVerify: false },
      headers: { headers: { Cookie: "a=b" } },
    };
    // What only browsers keep for themselves, workers let a program set.
    const setsCookies = new Request(place.url, { headers: { cookie: "a=b" } }).headers.has(
      "cookie",
    );
    for (const [name, option] of Object.entries(options)) {
      const isCookie = name === "headers" || name === "http.cookies";
      if (place.folder !== undefined || (isCookie && setsCookies)) {
        const client = await connect(place, option);
        const { headers } = await client.predict("/request");
        equal(headers["cookie"], isCookie ? "a=b" : undefined);
        await client.close();
      } else {
        const error = await rejection(connect({ url: place.nowhere }, option));
        equal([error instanceof InputError, error.code], [true, "INVALID_OPTION"]);
        equal(error.message.startsWith(`${name}: `), true);
      }
    }
    if (place.folder !== undefined) return;
    for (const name of ["proxy", "ca", "cert", "key"]) {
      const error = await rejection(connect({ url: place.nowhere }, { http: { [name]: "x" } }));
      equal([error.code, error.message.startsWith(`http.${name}: `)], ["INVALID_OPTION", true]);
    }
  },

  "refuses a call's header that the runtime keeps for itself": async (place) => {
    const client = await connect(place);
    const options = { headers: { Cookie: "call=1" } };
    if (new Request(place.url, options).headers.has("cookie")) {
      equal((await client.predict("/request", [], options)).headers["cookie"], "call=1");
    } else {
      equal(thrown(() => client.submit("/request", [], options)).code, "INVALID_OPTION");
    }
    await client.close();
  },

  "carries twenty calls at a time": async (place) => {
    const client = await connect(place);
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const jobs = numbers.map(() => client.submit("/count", { n: 5 }));
    const names = numbers.map((number) => client.predict("/greet", [String(number)]));
    equal(
      await Promise.all(names),
      numbers.map((number) => `Hello ${number}!`),
    );
    for (const job of jobs) equal(await job.result(), 4);
    await client.close();
  },

  "shows the API": async (place) => {
    const client = await connect(place);
    const text = client.viewApi({ printInfo: false, returnFormat: "str" });
    equal(text.includes('client.predict<string>("/greet"'), true);
    const { namedEndpoints } = client.viewApi({ printInfo: false, returnFormat: "dict" });
    equal(namedEndpoints["/greet"].parameters[0].tsType, "string");
    await client.close();
  },

  "closes with calls under way, and takes no more": async (place) => {
    const client = await connect(place);
    const job = client.submit("/steps", [unique(), 1000]);
    equal(await job.first(), 0);
    await client.close();
    await client.close();
    equal((await rejection(job.result())).code, "CLOSED");
    equal((await rejection(client.predict("/greet", ["Ada"]))).code, "CLOSED");
  },
};
