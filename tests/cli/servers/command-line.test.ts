import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { picture } from "../../apps/embedded/picture.js";
import { openGate, untilFact } from "../../harness/facts.js";
import { expectStopped } from "../../harness/standstill.js";
import { temporaryFolder } from "../../harness/temporary-folder.js";
import { gradioKit, gradioKitIn, startGradioKit } from "../command-line.js";
import { keys, openTerminal } from "../terminal.js";
import { serversOf } from "./servers.js";

describe.each(serversOf("newest"))("%s", (_, server) => {
  const { main } = server.apps;

  test("info shows an endpoint, and it can be called", async () => {
    const { code, stdout } = await gradioKit("info", main, "/calculator");
    expect(code).toBe(0);
    expect(stdout).toMatch(/operation +"add" \| "subtract" \| "multiply" \| "divide"/);
    expect(stdout).toMatch(/^ {2}gradio-kit predict http.* \/calculator num1=/m);
    const words = ["num1=6", "operation=multiply", "num2=7"];
    expect(await gradioKit("predict", main, "/calculator", ...words)).toEqual({
      code: 0,
      stdout: "42\n",
      stderr: "",
    });
  });

  test("a stream in a pipe: a line of JSON for each value", async () => {
    const { stdout } = await gradioKit("predict", main, "/count", "n=3");
    expect(stdout).toBe("0\n1\n2\n");
  });

  test("a picture goes in and comes out changed", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "picture.png");
    await writeFile(path, picture([200, 100, 50]));
    const list = JSON.stringify([path]);
    const output = join(folder.path, "out");
    const { code, stdout } = await gradioKit("predict", main, "/invert", list, "-o", output);
    expect(code).toBe(0);
    expect(stdout.startsWith(output)).toBe(true);
    const { data } = PNG.sync.read(await readFile(stdout.trim()));
    expect([...data.subarray(0, 3)]).toEqual([55, 155, 205]);
  });

  test("the app's error, and inputs that are missing", async () => {
    const words = ["num1=1", "operation=divide", "num2=0"];
    const failed = await gradioKit("predict", main, "/calculator", ...words);
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(failed.stderr).toContain("Cannot divide by zero!");
    const missing = await gradioKit("predict", main, "/calculator", "num1=1");
    expect(missing).toMatchObject({ code: 2, stdout: "" });
  });

  test("in a terminal: progress as bars, and Ctrl-C stops a generator in the app", async () => {
    const tag = randomUUID();
    await using progress = openTerminal(["predict", main, "/progress_at_gates", `tag=${tag}`]);
    await progress.shows(/█|░/);
    for (let at = 0; at < 20; at += 1) await openGate(server, `${tag} ${at}`);
    await openGate(server, tag);
    expect(await progress.ended).toBe(0);

    const stopped = randomUUID();
    await using terminal = openTerminal(["predict", main, "/steps", `["${stopped}", 500]`]);
    await untilFact(server, stopped, 3);
    terminal.type(keys.interrupt);
    expect(await terminal.ended).toBe(130);
    await expectStopped(server, stopped);
  });

  test("in a pipe: Ctrl-C does the same", async () => {
    const tag = randomUUID();
    await using command = startGradioKit(["predict", main, "/steps", `["${tag}", 500]`]);
    await command.written("2\n");
    command.interrupt();
    expect(await command.ended).toMatchObject({ code: 130 });
  });

  test("in a terminal: it asks for what is missing", async () => {
    await using terminal = openTerminal(["predict", main, "/calculator", "num1=6", "num2=7"]);
    await terminal.shows("● add");
    terminal.type(keys.down);
    await terminal.shows("● subtract");
    terminal.type(keys.down);
    await terminal.shows("● multiply");
    terminal.type(keys.enter);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).toMatch(/\n42$/);
  });
});

/** Functions see the session since Gradio 4.25. */
const tellsSession = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 4 || (major === 4 && minor >= 25);
};

describe.each(serversOf("newest").filter(([, { version }]) => tellsSession(version)))(
  "%s",
  (_, server) => {
    // Its State may be gone already: these servers keep it for a second after a command has ended.
    test("--session is the same session from call to call", async () => {
      await using home = await temporaryFolder();
      const place = { env: { HOME: home.path, XDG_DATA_HOME: home.path } };
      const sessionOf = async (...words: string[]): Promise<unknown> => {
        const call = ["predict", server.apps.main, "/request", ...words];
        const { stdout } = await gradioKitIn(place, ...call);
        return (JSON.parse(stdout) as { session: unknown }).session;
      };
      const mine = await sessionOf("--session", "mine");
      expect(mine).toEqual(expect.any(String));
      expect(await sessionOf("--session", "mine")).toBe(mine);
      expect(await sessionOf()).not.toBe(mine);
    });
  },
);
