import type { JobUpdate, ProgressUnit } from "@gradio-kit/client";

const widest = 40;

/** One bar: what it is of, how far it is, and what that is in numbers. */
export function bar(
  label: string,
  share: number | undefined,
  count: string,
  columns: number,
): string {
  const start = label === "" ? "" : `${label}  `;
  if (share === undefined) return `${start}${count}`;
  const full = Math.min(1, Math.max(0, share));
  const end = `  ${String(Math.floor(full * 100)).padStart(3)}%${count && `  ${count}`}`;
  const width = Math.max(4, Math.min(widest, columns - start.length - end.length - 1));
  const filled = Math.round(full * width);
  return `${start}${"█".repeat(filled)}${"░".repeat(width - filled)}${end}`;
}

/** One line per bar: the app's own, and those of the loops inside it. */
export function progressLines(units: readonly ProgressUnit[], columns: number): string[] {
  return units.map((unit) => {
    const count = [counted(unit), unit.unit].filter(Boolean).join(" ");
    return bar(unit.desc ?? "", shareOf(unit), count, columns);
  });
}

/** Where a call stands in the queue. */
export function queueLine({
  rank,
  queueSize,
  eta,
}: Extract<JobUpdate, { type: "queued" }>): string {
  const place = rank === undefined ? "" : ` at place ${rank + 1}`;
  const size = queueSize === undefined ? "" : ` of ${queueSize}`;
  const time = eta === undefined ? "" : `, about ${eta.toFixed(1)} s to go`;
  return `waiting${place}${place && size}${time} ...`;
}

function shareOf({ index, length, progress }: ProgressUnit): number | undefined {
  return index !== undefined && length ? index / length : progress;
}

function counted({ index, length }: ProgressUnit): string {
  if (index === undefined) return "";
  return length === undefined ? String(index) : `${index}/${length}`;
}
