import { isFile, wrapOf } from "./file-place.js";
import { dereference, isSchema, type Schema } from "./schema-kinds.js";

/** Deep enough for every schema that Gradio writes; one that refers to itself ends here. */
const deepest = 16;

/**
 * A value in which every text that stands where the schema wants a file is what `open` makes of it:
 * JSON has no files, so a path or an address stands for one.
 */
export function withFiles(
  value: unknown,
  schema: Schema,
  open: (text: string) => unknown,
): unknown {
  return place(value, schema, { root: schema, open, depth: 0 });
}

interface Walk {
  readonly root: Schema;
  readonly open: (text: string) => unknown;
  readonly depth: number;
}

function place(value: unknown, part: unknown, walk: Walk): unknown {
  if (!isSchema(part) || walk.depth > deepest) return value;
  if (typeof value === "string") {
    return wrapOf(part, walk.root, walk.depth)?.(walk.open(value), value) ?? value;
  }
  const inner = { ...walk, depth: walk.depth + 1 };
  const schema = dereference(part, walk.root);
  const branches = schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"];
  if (Array.isArray(branches)) {
    return branches.reduce((result: unknown, branch) => place(result, branch, inner), value);
  }
  if (Array.isArray(value)) {
    const { items, prefixItems } = schema;
    const members = prefixItems ?? items;
    return value.map((item, at) =>
      place(item, Array.isArray(members) ? (members[at] ?? items) : members, inner),
    );
  }
  const { properties } = schema;
  // What was placed by another branch stays as it is.
  const isPlain = isSchema(value) && Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain || !isSchema(properties) || isFile(schema)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      Object.hasOwn(properties, key) ? place(item, properties[key], inner) : item,
    ]),
  );
}

/** Whether a schema takes a message with files, as chats do: `{ text, files }`. */
export function isMessage(schema: Schema): boolean {
  const { properties } = dereference(schema, schema);
  return isSchema(properties) && "text" in properties && "files" in properties;
}
