/** What a schema admits, as far as a typed word can be one of it. */
export interface SchemaKinds {
  /** JSON type names; empty when the schema says nothing. */
  readonly types: ReadonlySet<string>;
  /** The values of an `enum` or `const`. */
  readonly choices: readonly unknown[];
}

export type Schema = Readonly<Record<string, unknown>>;

/** Deep enough for every schema that Gradio writes; one that refers to itself ends here. */
const deepest = 16;

/** Looks through references and alternatives. */
export function kindsOf(schema: Schema): SchemaKinds {
  const types = new Set<string>();
  const choices: unknown[] = [];
  const visit = (part: unknown, depth: number): void => {
    if (!isSchema(part) || depth > deepest) return;
    const target = dereference(part, schema);
    if ("const" in target) choices.push(target["const"]);
    if (Array.isArray(target["enum"])) choices.push(...target["enum"]);
    for (const key of ["anyOf", "oneOf", "allOf"]) {
      const parts = target[key];
      if (Array.isArray(parts)) for (const inner of parts) visit(inner, depth + 1);
    }
    for (const type of [target["type"]].flat()) if (typeof type === "string") types.add(type);
  };
  visit(schema, 0);
  return { types, choices };
}

/** The schema of the items, of a schema that takes nothing but a list. */
export function listItem(schema: Schema): Schema | undefined {
  const { items } = schema;
  if (!isSchema(items) || kindsOf(schema).types.size !== 1) return undefined;
  return { ...(schema["$defs"] ? { $defs: schema["$defs"] } : {}), ...items };
}

/** Follows a reference into the definitions of the schema it stands in. */
export function dereference(schema: Schema, root: Schema): Schema {
  const path = /^#\/(\$defs|definitions)\/(.+)$/.exec(String(schema["$ref"] ?? ""));
  const definitions = root[path?.[1] ?? ""];
  const target = isSchema(definitions) ? definitions[path?.[2] ?? ""] : undefined;
  return isSchema(target) ? target : schema;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
