import { describe, expect, it } from "vitest";
import {
  completed,
  components,
  dependency,
  json,
  missing,
  startApp,
  stream,
} from "./scripted-app.js";

const config = {
  version: "6.31.0",
  protocol: "sse_v3",
  components,
  dependencies: [dependency("echo")],
};

function page(text: string): string {
  return `<!doctype html><script>window.gradio_config = ${text};</script><script>let x = {};</script>`;
}

describe("connecting to what is old or odd", () => {
  it("refuses Gradio 2, naming it", async () => {
    const old = { allow_flagging: "manual", input_components: [], output_components: [] };
    await expect(startApp({ config: old })).rejects.toMatchObject({
      code: "UNSUPPORTED_VERSION",
      message: expect.stringContaining("Gradio 2") as string,
    });
    await expect(startApp({ config: { ...old, version: "2.9.4" } })).rejects.toMatchObject({
      code: "UNSUPPORTED_VERSION",
      message: expect.stringContaining("Gradio 2.9.4") as string,
    });
  });

  it.each([
    [{ version: "6.31.0" }, "config.dependencies"],
    [{ ...config, dependencies: { 0: {} } }, "config.dependencies"],
    [{ ...config, api_prefix: "@elsewhere.example" }, "config.api_prefix"],
    [{ ...config, api_prefix: "//elsewhere.example" }, "config.api_prefix"],
  ])("names the place of what is wrong in %j", async (odd, place) => {
    await expect(startApp({ config: odd })).rejects.toMatchObject({
      name: "ProtocolError",
      code: "UNEXPECTED_MESSAGE",
      message: expect.stringContaining(place) as string,
    });
  });

  it("reads the config of a page where there is no other", async () => {
    const old = {
      version: "3.0.20",
      enable_queue: false,
      components,
      dependencies: [dependency("echo", { queue: null })],
      css: 'a::before { content: "};</script>\\" }',
    };
    const text = JSON.stringify(old).replaceAll("<", "\\u003c");
    await using app = await startApp({
      config: old,
      routes: {
        "/config": missing,
        "/run/predict": (response) => json(response, { data: ["y"] }),
        "/": (response, { path }) => (path === "/" ? response.end(page(text)) : missing(response)),
      },
    });
    expect(app.client.config.version).toBe("3.0.20");
    expect(await app.client.predict("/echo", { text: "x" })).toBe("y");
  });

  it("asks for a login where only the page says so", async () => {
    const text = JSON.stringify({ auth_required: true, components: [], dependencies: [] });
    const app = startApp({
      config,
      routes: { "/config": missing, "/": (response) => response.end(page(text)) },
    });
    await expect(app).rejects.toMatchObject({ code: "LOGIN_REQUIRED" });
  });

  it("tries a protocol that nobody knows yet as the newest, and says so once", async () => {
    const told: string[] = [];
    await using app = await startApp(
      {
        config: { ...config, protocol: "sse_v9" },
        routes: {
          "/queue/join": (response) => json(response, { event_id: "job" }),
          "/queue/data": (response) => {
            const send = stream(response);
            send({ ...completed("x"), event_id: "job" });
            send({ msg: "close_stream", event_id: null });
            response.end();
          },
        },
      },
      { verbose: true, log: (message) => told.push(message) },
    );
    expect(await app.client.predict("/echo", ["x"])).toBe("x");
    expect(told.filter((line) => line.includes("sse_v9"))).toHaveLength(1);
  });
});
