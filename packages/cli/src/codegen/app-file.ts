import { comment } from "./comment.js";
import { endpointOutline } from "./endpoint-outline.js";
import { type DescribedEndpoint, endpointType } from "./endpoint-type.js";

/** The beginning of the line that tells of the app, and is not compared. */
const aboutPrefix = "// App: ";

/**
 * The types of an app as one TypeScript file. The same app gives the same file: nothing in it depends
 * on the time, on the machine, or on when the app was started.
 *
 * @param about the name and address of the app.
 */
export function appFile(about: string, endpoints: readonly DescribedEndpoint[]): string {
  const types = endpoints.flatMap(endpointType);
  const names = importedNames(endpoints);
  const [line = ""] = comment([about], "");
  return [
    "// Written by `gradio-kit codegen`: change nothing here, write it anew.",
    `${aboutPrefix}${line.slice(4, -3)}`,
    `import type { ${names.join(", ")} } from "@gradio-kit/client";`,
    "",
    "/** The endpoints of the app: `Client.connect<App>(…)` checks every call. */",
    "// prettier-ignore",
    "export type App = {",
    ...types,
    "};",
    "",
    "/** The same at run time: `Client.connect(…, { spec })` also sees whether the app still fits. */",
    "// prettier-ignore",
    "export const spec: AppOutline<App> = {",
    ...endpoints.flatMap(endpointOutline),
    "};",
    "",
  ].join("\n");
}

/** A file without what may be different for the same types: the app's address, and ends of lines. */
export function comparable(file: string): string {
  const lines = file.replaceAll("\r\n", "\n").split("\n");
  return lines.filter((line) => !line.startsWith(aboutPrefix)).join("\n");
}

function importedNames(endpoints: readonly DescribedEndpoint[]): string[] {
  const types = endpoints.flatMap(({ info }) => [...info.parameters, ...info.returns]);
  // Not what only stands in a text: an import that nothing uses is an error for some.
  const used = types.map(({ tsType }) => tsType.replaceAll(/"(?:[^"\\]|\\.)*"/g, "")).join("\n");
  const files = ["FileInput", "GradioFile"].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(used),
  );
  return ["AppOutline", ...files];
}
