import type { AppConfig } from "./config.js";
import type { EndpointInfo } from "./endpoint.js";
import { renderEndpoint } from "./endpoint-text.js";
import type { EndpointTable } from "./endpoints.js";
import { quote } from "./literal.js";
import { commentLine } from "./comment.js";

/** The endpoints of an app, as `viewApi({ returnFormat: "dict" })` gives them. */
export interface ViewApi {
  /** By name, with the leading slash. */
  readonly namedEndpoints: Readonly<Record<string, EndpointInfo>>;
  /** Those without a name (Gradio 3), by their number. */
  readonly unnamedEndpoints: Readonly<Record<number, EndpointInfo>>;
}

/** What to show of an API. */
export interface ViewApiScope {
  /** Also the endpoints that the app does not list, and those without a name. */
  readonly allEndpoints?: boolean | undefined;
}

/** The API as an object. */
export function describeApi(table: EndpointTable, scope: ViewApiScope = {}): ViewApi {
  const { named, unnamed } = shown(table, scope);
  return {
    namedEndpoints: Object.fromEntries(named.map((info) => [info.apiName, info])),
    unnamedEndpoints: Object.fromEntries(unnamed.map((info) => [info.fnIndex, info])),
  };
}

/** The API as TypeScript that can be pasted into a module, with what is to be known as comments. */
export function renderApi(
  src: string,
  config: AppConfig,
  table: EndpointTable,
  scope: ViewApiScope = {},
): string {
  const { named, unnamed } = shown(table, scope);
  const listed = (scope.allEndpoints ?? named.length === 0) ? [...named, ...unnamed] : named;
  const endpoints = listed.map(renderEndpoint);
  const calls = endpoints.map(({ call }) => call).join("\n");
  const imports = [
    "Client",
    ...(/\bhandleFile\(/.test(calls) ? ["handleFile"] : []),
    ...(/^await .*\bGradioFile\b/m.test(calls) ? ["type GradioFile"] : []),
  ];
  const lines = [
    `// ${commentLine([config.title, src, `Gradio ${config.version}`].filter(Boolean).join(" · "))}`,
    `// Named API endpoints: ${named.length}`,
  ];
  if (unnamed.length > 0) {
    const hint =
      listed.length > named.length ? "" : ", to see them: viewApi({ allEndpoints: true })";
    lines.push(`// Unnamed API endpoints: ${unnamed.length}${hint}`);
  }
  lines.push(
    `import { ${imports.join(", ")} } from "@gradio-kit/client";`,
    "",
    `const client = await Client.connect(${quote(src)});`,
  );
  const texts = endpoints.map(({ comment, call }) => `${comment}\n${call}`);
  return [lines.join("\n"), ...texts].join("\n\n");
}

function shown(
  table: EndpointTable,
  { allEndpoints }: ViewApiScope,
): { readonly named: readonly EndpointInfo[]; readonly unnamed: readonly EndpointInfo[] } {
  const infos = table.all.filter(
    ({ visibility }) => allEndpoints === true || visibility === "public",
  );
  return {
    named: infos.filter(({ apiName }) => apiName !== undefined),
    unnamed: infos.filter(({ apiName }) => apiName === undefined),
  };
}
