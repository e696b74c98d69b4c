import { dereference, isSchema, type Schema } from "./schema-kinds.js";

/** Where a schema takes files. */
export interface FilePlace {
  /** Whether it takes several of them: each makes one item of a list. */
  readonly several: boolean;
  /**
   * What one file is there: itself, or the object or tuple that holds it.
   *
   * @param name what tells a video from a picture.
   */
  wrap(file: unknown, name: string): unknown;
}

type Wrap = FilePlace["wrap"];

/** Deep enough for every schema that Gradio writes; one that refers to itself ends here. */
const deepest = 16;

/**
 * Where a parameter takes files and nothing else: a file, a list of files, or what holds just one
 * (the picture of a gallery's item, the background of an editor). `undefined` where a text may be
 * meant, or where a file alone is not enough.
 */
export function filePlace(schema: Schema): FilePlace | undefined {
  const wrap = wrapOf(schema, schema, 0);
  if (wrap !== undefined) return { several: false, wrap };
  for (const branch of branchesOf(schema, schema)) {
    const item = itemOf(branch, schema);
    if (item !== undefined) return { several: true, wrap: item };
  }
  return undefined;
}

/** Whether a schema is that of one file: an object with a `path` and Gradio's `meta`. */
export function isFile(schema: Schema): boolean {
  const { properties } = schema;
  return (
    isSchema(properties) &&
    "path" in properties &&
    ("meta" in properties || "orig_name" in properties)
  );
}

/** What one file is in the place of a schema, which may be a part of another one. */
export function wrapOf(part: unknown, root: Schema, depth: number): Wrap | undefined {
  if (!isSchema(part) || depth > deepest) return undefined;
  const schema = dereference(part, root);
  if (isFile(schema)) return (file) => file;
  const branches = branchesOf(schema, root);
  if (branches.length > 1 || branches[0] !== schema) return wrapOfBranches(branches, root, depth);
  const { properties, prefixItems } = schema;
  if (Array.isArray(prefixItems)) return wrapOfTuple(prefixItems, root, depth);
  if (!isSchema(properties)) return undefined;
  const needed = Array.isArray(schema["required"]) ? (schema["required"] as unknown[]) : [];
  for (const [key, property] of Object.entries(properties)) {
    const wrap = wrapOf(property, root, depth + 1);
    const isEnough = needed.every((name) => name === key);
    if (wrap !== undefined && isEnough) return (file, name) => ({ [key]: wrap(file, name) });
  }
  return undefined;
}

function wrapOfBranches(
  branches: readonly Schema[],
  root: Schema,
  depth: number,
): Wrap | undefined {
  const single = branches.filter(({ type }) => type !== "null" && type !== "array");
  const wraps = single.map((schema) => wrapOf(schema, root, depth + 1));
  const [first] = wraps;
  // Where one of them takes a text, a text may be meant.
  if (first === undefined || wraps.includes(undefined)) return undefined;
  return (file, name) => {
    const media = isVideo(name) ? "video" : "image";
    const suited = single.findIndex(
      ({ properties }) => isSchema(properties) && media in properties,
    );
    return (wraps[suited] ?? first)(file, name);
  };
}

/** A tuple that needs one file, and nothing beside it. */
function wrapOfTuple(members: readonly unknown[], root: Schema, depth: number): Wrap | undefined {
  const wraps = members.map((member) => wrapOf(member, root, depth + 1));
  const at = wraps.findIndex((wrap) => wrap !== undefined);
  const wrap = wraps[at];
  const isEnough = members.every(
    (member, other) => other === at || (wraps[other] === undefined && mayBeNull(member, root)),
  );
  if (wrap === undefined || !isEnough) return undefined;
  return (file, name) => members.map((_, other) => (other === at ? wrap(file, name) : null));
}

/** What one file is in a list: an item of it, or a member of a tuple that takes nothing but files. */
function itemOf(schema: Schema, root: Schema): Wrap | undefined {
  const { items, prefixItems } = schema;
  if (!Array.isArray(prefixItems)) return wrapOf(items, root, 0);
  const wraps = prefixItems.map((member) => wrapOf(member, root, 0));
  return wraps.every((wrap) => wrap !== undefined) ? wraps[0] : undefined;
}

function branchesOf(schema: Schema, root: Schema): readonly Schema[] {
  const branches = schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"];
  if (!Array.isArray(branches)) return [schema];
  return branches.filter(isSchema).map((branch) => dereference(branch, root));
}

const mayBeNull = (part: unknown, root: Schema): boolean =>
  isSchema(part) && branchesOf(dereference(part, root), root).some(({ type }) => type === "null");

const isVideo = (name: string): boolean =>
  /\.(?:avi|flv|m4v|mkv|mov|mp4|mpe?g|ogv|ts|webm|wmv)$/i.test(name.replace(/[?#].*$/, ""));
