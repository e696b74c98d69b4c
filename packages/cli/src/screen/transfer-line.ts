import type { TransferProgress } from "@gradio-kit/client";
import { bar } from "./progress-bar.js";

const units = ["B", "KB", "MB", "GB", "TB"];

/** How far an upload or a download is, and how fast it has been. */
export function transferLine(
  what: string,
  { loaded, total }: TransferProgress,
  elapsedSeconds: number,
  columns: number,
): string {
  const size = total === undefined ? bytes(loaded) : `${bytes(loaded)} of ${bytes(total)}`;
  const speed = elapsedSeconds > 0.5 ? `  ${bytes(loaded / elapsedSeconds)}/s` : "";
  return bar(
    what,
    total === undefined ? undefined : loaded / (total || 1),
    `${size}${speed}`,
    columns,
  );
}

function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
