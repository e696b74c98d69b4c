import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A block of TypeScript in a document. */
export interface Block {
  /** Such as `README.md:42`. */
  readonly title: string;
  readonly code: string;
  /** Whether it is a server (`ts serve`): it is asked for `/`, and ended. */
  readonly serves: boolean;
  /** What it is to print, or to answer: the texts behind `// → `, in order. */
  readonly prints: readonly string[];
}

/** The documents whose examples use the client. */
function documents(): string[] {
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  return [
    "README.md",
    join("packages", "client", "README.md"),
    ...docs.filter((path) => path.endsWith(".md")).map((path) => join("docs", path)),
  ];
}

/** Every block of every document. */
export function blocks(): Block[] {
  return documents().flatMap((document) => {
    const text = readFileSync(join(root, document), "utf8");
    return [...text.matchAll(/^```ts( serve)?\n(.*?)^```$/gms)].map((match) => ({
      title: `${document}:${text.slice(0, match.index).split("\n").length}`,
      code: match[2] ?? "",
      serves: match[1] !== undefined,
      prints: [...(match[2] ?? "").matchAll(/\/\/ → (.+)$/gm)].map(([, printed]) => printed ?? ""),
    }));
  });
}
