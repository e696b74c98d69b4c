import { asArray, isObject, type JsonObject } from "./json.js";
import { propertyName, quote } from "./literal.js";
import { dereference, isFileSchema } from "./schema.js";

/** Deeper parts of a schema are `unknown`; so is what comes after this many parts. */
const deepest = 24;
const mostParts = 2000;

/** A type as text, and whether it needs parentheses before `[]` or beside `&`. */
interface TypeText {
  readonly text: string;
  readonly loose?: boolean;
}

interface Scope {
  readonly root: JsonObject;
  readonly file: string;
  /** The references that are being followed: one that leads back to itself has no finite type. */
  readonly open: readonly JsonObject[];
  readonly budget: { parts: number };
}

const unknownType: TypeText = { text: "unknown" };

const primitives: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  null: "null",
};

/**
 * A JSON schema as the text of a TypeScript type. A file is a `FileInput` on its way in and a
 * `GradioFile` on its way out; what the schema does not say is `unknown`.
 *
 * @example `tsTypeOf({ type: "array", items: { enum: ["a", "b"] } }, "input")` is `("a" | "b")[]`.
 */
export function tsTypeOf(schema: JsonObject, direction: "input" | "output"): string {
  const file = direction === "input" ? "FileInput" : "GradioFile";
  return typeOf(schema, { root: schema, file, open: [], budget: { parts: mostParts } }).text;
}

function typeOf(schema: unknown, scope: Scope): TypeText {
  scope.budget.parts -= 1;
  if (!isObject(schema) || scope.open.length > deepest || scope.budget.parts < 0) {
    return unknownType;
  }
  const target = dereference(schema, scope.root);
  if (scope.open.includes(target)) return unknownType;
  const inner = { ...scope, open: [...scope.open, target] };
  if (isFileSchema(target, scope.root)) return { text: scope.file };
  if (Object.hasOwn(target, "const")) return literals([target["const"]]);
  if (Array.isArray(target["enum"])) return literals(target["enum"]);
  const branches = target["anyOf"] ?? target["oneOf"];
  if (Array.isArray(branches)) return union(branches.map((branch) => typeOf(branch, inner)));
  if (Array.isArray(target["allOf"])) {
    return intersection(target["allOf"].map((part) => typeOf(part, inner)));
  }
  const { type } = target;
  if (Array.isArray(type)) return union(type.map((name) => plainType(name, target, inner)));
  return plainType(type, target, inner);
}

function plainType(type: unknown, schema: JsonObject, scope: Scope): TypeText {
  if (type === "array") return arrayType(schema, scope);
  if (type === "object" || (type === undefined && isObject(schema["properties"]))) {
    return objectType(schema, scope);
  }
  const primitive =
    typeof type === "string" && Object.hasOwn(primitives, type) ? primitives[type] : undefined;
  return primitive === undefined ? unknownType : { text: primitive };
}

function arrayType(schema: JsonObject, scope: Scope): TypeText {
  // Older drafts write the members of a tuple as an array of `items`.
  const { prefixItems, items } = schema;
  const tuple = prefixItems ?? items;
  if (!Array.isArray(tuple)) return { text: `${tight(typeOf(items, scope))}[]` };
  const members = tuple.map((member) => typeOf(member, scope).text);
  if (isObject(items)) members.push(`...${tight(typeOf(items, scope))}[]`);
  return { text: `[${members.join(", ")}]` };
}

function objectType(schema: JsonObject, scope: Scope): TypeText {
  const properties = isObject(schema["properties"]) ? Object.entries(schema["properties"]) : [];
  if (properties.length === 0) {
    return { text: `Record<string, ${typeOf(schema["additionalProperties"], scope).text}>` };
  }
  const required = asArray(schema["required"]);
  const members = properties.map(
    ([key, value]) =>
      `${propertyName(key)}${required.includes(key) ? "" : "?"}: ${typeOf(value, scope).text}`,
  );
  return { text: `{ ${members.join("; ")} }` };
}

function literals(values: readonly unknown[]): TypeText {
  return union(
    values.map((value) => {
      if (typeof value === "string") return { text: quote(value) };
      if (value === null || typeof value === "boolean") return { text: String(value) };
      return typeof value === "number" && Number.isFinite(value)
        ? { text: String(value) }
        : unknownType;
    }),
  );
}

function union(types: readonly TypeText[]): TypeText {
  const texts = new Set(types.map(({ text }) => text));
  if (texts.size === 0 || texts.has("unknown")) return unknownType;
  return { text: [...texts].join(" | "), loose: texts.size > 1 || types[0]?.loose === true };
}

function intersection(types: readonly TypeText[]): TypeText {
  const said = types.filter(({ text }) => text !== "unknown");
  const texts = new Set(said.length > 1 ? said.map(tight) : said.map(({ text }) => text));
  if (texts.size === 0) return unknownType;
  return { text: [...texts].join(" & "), loose: texts.size > 1 || said[0]?.loose === true };
}

function tight(type: TypeText): string {
  return type.loose === true ? `(${type.text})` : type.text;
}
