import type { App } from "../app.js";
import { HttpProblem } from "../http/http-problem.js";
import { rootUrl } from "../http/root-url.js";
import { route, type Route } from "../http/router.js";
import { apiInfo } from "../info/api-info.js";
import { appConfig } from "../info/config.js";
import { exactJson } from "../wire/json.js";

/** What the app says of itself. */
export function infoRoutes(app: App): Route[] {
  const { rootPath, title } = app.settings;
  return [
    route("GET", "/config/?", (exchange) =>
      exchange.send(
        200,
        "application/json",
        exactJson(appConfig(app, rootUrl(exchange, rootPath))),
      ),
    ),
    route("GET", "/gradio_api/info/?", (exchange) => {
      // Any text counts, even "False".
      const allEndpoints = Boolean(exchange.query.get("all_endpoints"));
      exchange.json(200, apiInfo(app.blocks, allEndpoints));
    }),
    route("GET", "/", (exchange) => {
      const config = escapeForScript(exactJson(appConfig(app, rootUrl(exchange, rootPath))));
      exchange.send(
        200,
        "text/html; charset=utf-8",
        `<!doctype html><title>${escapeHtml(title)}</title><h1>${escapeHtml(title)}</h1><script>window.gradio_config = ${config};</script>`,
      );
    }),
    route("POST", "/gradio_api/component_server/?", async (exchange) => {
      await exchange.body();
      throw new HttpProblem(404, "Function not found.");
    }),
  ];
}

function escapeForScript(json: string): string {
  return json.replaceAll(
    /[<>&']/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
