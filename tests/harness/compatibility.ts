import { exceptions } from "../contract/exceptions.js";
import type { Exception } from "../contract/exceptions.js";
import { exceptionFor } from "./exception-for.js";
import { all } from "./matrix.js";

/** The scenarios of one file, and which of them ended on which server as it was expected. */
export interface Feature {
  readonly name: string;
  readonly scenarios: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One server as a column of the grid. */
interface Column {
  readonly name: string;
  readonly heading: string;
  readonly version: string;
}

/** What every `npm test` measures. */
const columns: readonly Column[] = all
  .filter(({ always }) => always)
  .map(({ name, id }) => ({ name, heading: id === "embedded" ? "testing" : id, version: id }));

/** The servers that have to be measured for the document. */
export const measuredServers: readonly string[] = columns.map(({ name }) => name);

/** What the document would have to say without a measurement: nothing, as it should be. */
export function findHoles(features: readonly Feature[], withExceptions: boolean): string[] {
  return features.flatMap(({ scenarios }) =>
    [...scenarios].flatMap(([title, passed]) =>
      columns
        .filter((column) => withExceptions || exceptionFor(title, column) === undefined)
        .filter(({ name }) => !passed.has(name))
        .map(({ name }) => `${title} [${name}]`),
    ),
  );
}

/** The document about what works where; every scenario has been run, or has a reason not to. */
export function renderCompatibility(features: readonly Feature[]): string {
  const others = all.filter(({ always }) => !always).map(({ id }) => id);
  const grid = features.map(({ name, scenarios }) =>
    [
      `### ${name}`,
      "",
      row(["", ...columns.map(({ heading }) => heading)]),
      row([":--", ...columns.map(() => ":-:")]),
      ...[...scenarios.keys()].map((title) =>
        row([withoutNumber(title), ...columns.map((column) => cell(title, column))]),
      ),
      "",
    ].join("\n"),
  );
  return [
    "# What works with which Gradio",
    "",
    "Written by `npm test -- --write-compatibility` from what it saw; every `npm test` compares it with",
    "what it sees. Each line is a test that ran against the real server of that version; `testing` is",
    "`@gradio-kit/testing`. `✓` means that it passed, `–` that it ran as well and failed, because the",
    "server cannot do it: the number leads to the reason. `npm run test:all` runs the same tests on",
    `${others.join(", ")} as well.`,
    "",
    "## Notes",
    "",
    ...noted.map(
      (exception) => `${noteOf(exception)}. Gradio ${range(exception)} ${exception.reason}.`,
    ),
    "",
    "## The grid",
    "",
    ...grid,
  ].join("\n");
}

function cell(title: string, column: Column): string {
  const exception = exceptionFor(title, column);
  return exception === undefined ? "✓" : `– [${noteOf(exception)}](#notes)`;
}

/** Those that the grid shows: some are about versions that only `test:all` knows. */
const noted = exceptions.filter((exception) =>
  columns.some((column) =>
    exception.scenarios.some((title) => exceptionFor(title, column) === exception),
  ),
);

const noteOf = (exception: Exception) => noted.indexOf(exception) + 1;

/** The versions of the table that an exception is about: what lies between them was not measured. */
function range(exception: Exception): string {
  const [scenario = ""] = exception.scenarios;
  const versions = columns.filter((column) => exceptionFor(scenario, column) === exception);
  const [newest, oldest] = [versions.at(0)?.version, versions.at(-1)?.version];
  if (newest === oldest) return newest ?? "";
  return exception.from === undefined ? `${newest} and older` : `${oldest} to ${newest}`;
}

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** Scenarios begin with numbers that mean something in the tests only. */
function withoutNumber(title: string): string {
  const text = title.replace(/^(C\d+ )+/, "").replaceAll("|", String.raw`\|`);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
