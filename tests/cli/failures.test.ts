import {
  createDemoApp,
  createGradioServer,
  endpoint,
  GradioError,
  textbox,
} from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { makeCertificate } from "../harness/certificate.js";
import { passThrough } from "../harness/pass-through.js";
import { openSite } from "../harness/site.js";
import { gradioKit, startGradioKit } from "./command-line.js";

const demo = () => createDemoApp({ delay: 5 });

test("the app's own error: its title and words, exit code 1", async () => {
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "fail",
        inputs: [],
        outputs: [textbox()],
        run: () => {
          throw new GradioError("no luck today", { title: "Weather" });
        },
      }),
    ],
  });
  const { code, stdout, stderr } = await gradioKit("predict", app.url);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("gradio-kit: Weather: no luck today\n  hint:  ");
  expect(stderr).not.toContain("    at ");
});

test("a quota that is used up: exit code 5, and when to try again", async () => {
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "draw",
        inputs: [],
        outputs: [textbox()],
        run: () => {
          const words = "You have exceeded your free ZeroGPU quota (60s requested vs. 12s left).";
          throw new GradioError(`${words} Try again in 0:02:03.`, {
            title: "ZeroGPU quota exceeded",
          });
        },
      }),
    ],
  });
  const { code, stdout, stderr } = await gradioKit("predict", app.url);
  expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
  expect(stderr).toContain("\n  hint:  Try again in 123 seconds.");
});

test.each([
  [["/great"], "gradio-kit info <app> lists the endpoints."],
  [["/greet", "nmae=a"], "gradio-kit info <app> /greet shows what it takes."],
  [["invert"], "gradio-kit info <app> /invert shows what it takes."],
])("a hint can be pasted: %j", async (words, hint) => {
  await using app = await demo();
  const { stderr } = await gradioKit("predict", app.url, ...words);
  expect(stderr).toContain(`\n  hint:  ${hint.replace("<app>", app.url)}\n`);
});

test("--verbose adds the stack", async () => {
  await using app = await demo();
  const { code, stderr } = await gradioKit("predict", app.url, "/nope", "--verbose");
  expect(code).toBe(2);
  expect(stderr).toContain("    at ");
});

test.each([
  ["a value of the wrong kind", ["/greet", "times=many"], 'times: "many" is not a number.'],
  ["text that is not JSON", ["/greet", "times:={"], "times: this is not JSON"],
  ["a word without a key", ["/greet", "Ada"], '"Ada" is not key=value'],
  ["a key given twice", ["/greet", "name=a", "name=b"], "name was given 2 times"],
  ["an unknown key", ["/greet", "nmae=a"], '/greet has no parameter "nmae". Did you mean "name"?'],
  ["an unknown endpoint", ["/great"], 'Did you mean "/greet"?'],
  ["a missing value", ["/invert"], "image"],
  ["a missing file", ["/invert", "image=@no/such.png"], "no/such.png"],
  ["no endpoint, where there are several", [], "/greet, /invert, /count"],
])("%s: exit code 2, before any call", async (_, words, message) => {
  await using app = await demo();
  const { code, stdout, stderr } = await gradioKit("predict", app.url, ...words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(app.requests.map(({ path }) => path).filter((path) => path.includes("join"))).toEqual([]);
});

test.each([
  ["an unknown command", ["dance"], "  hint:  gradio-kit --help"],
  [
    "an unknown option",
    ["info", "http://127.0.0.1:1", "--loud"],
    "  hint:  gradio-kit info --help",
  ],
  ["no app", ["predict"], "gradio-kit: missing required argument 'app'\n  hint:  "],
  ["nothing at all", [], "Usage: gradio-kit"],
  ["an app that is neither an address nor a Space", ["info", "what?"], 'gradio-kit: src: "what?"'],
])("%s: exit code 2", async (_, words, message) => {
  const { code, stdout, stderr } = await gradioKit(...words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

test("nothing listens there: exit code 3, with the cause", async () => {
  const [port] = await freePorts(1);
  const { code, stdout, stderr } = await gradioKit("info", `http://127.0.0.1:${port}`);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(/^gradio-kit: .+\n {2}cause: .*ECONNREFUSED/);
});

test("a certificate that nobody vouches for: --insecure is named, but not where it would not help", async () => {
  await using certificate = await makeCertificate();
  await using app = await demo();
  await using secure = await passThrough(app.url, certificate);
  const distrusted = await gradioKit("info", secure.url);
  expect(distrusted.code).toBe(3);
  expect(distrusted.stderr).toContain("\n  hint:  --insecure");
  const plain = await gradioKit("info", app.url.replace("http:", "https:"));
  expect(plain.code).toBe(3);
  expect(plain.stderr).toContain("Does it speak http instead?");
  expect(plain.stderr).not.toContain("--insecure");
});

test.each([
  ["a page that is no app", 200, 3],
  ["an app with a login", 401, 4],
  ["an app with too many visitors", 429, 5],
])("%s: HTTP %i gives exit code %i", async (_, status, expected) => {
  await using site = await openSite((_, response) => {
    response.writeHead(status, { "content-type": "text/html" }).end("<html></html>");
  });
  expect(await gradioKit("info", site.url)).toMatchObject({ code: expected });
});

test("a full queue: exit code 5", async () => {
  const release: (() => void)[] = [];
  await using app = await createGradioServer({
    queueMaxSize: 1,
    endpoints: [
      endpoint({
        apiName: "slow",
        inputs: [],
        outputs: [],
        run: () => new Promise<void>((resolve) => release.push(resolve)),
      }),
    ],
  });
  // One runs, one waits: the next one is refused.
  await using first = startGradioKit(["predict", app.url]);
  await app.until(() => release.length === 1, 15_000);
  await using second = startGradioKit(["predict", app.url]);
  const joins = () => app.requests.filter(({ path }) => path.includes("queue/join")).length;
  await app.until(() => joins() === 2, 15_000);
  expect(await gradioKit("predict", app.url)).toMatchObject({ code: 5, stdout: "" });
  first.interrupt();
  second.interrupt();
  for (const go of release) go();
});
