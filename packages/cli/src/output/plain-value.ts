import { GradioFile } from "@gradio-kit/client";

/** Every file in a value, at any depth. */
export function filesIn(value: unknown): GradioFile[] {
  if (value instanceof GradioFile) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(filesIn);
}

/** The same value as JSON has it: a file as where it is, on this machine and on the app's. */
export function plainValue(
  value: unknown,
  place: (file: GradioFile) => string | undefined,
): unknown {
  if (value instanceof GradioFile) {
    const { name, url, mimeType, size } = value;
    return { name, path: place(value), url, mimeType, size };
  }
  if (Array.isArray(value)) return value.map((item) => plainValue(item, place));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, plainValue(item, place)]),
  );
}
