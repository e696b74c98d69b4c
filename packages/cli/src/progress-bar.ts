import type { JobUpdate, ProgressUnit } from "@gradio-kit/client";

const widest = 40;

/** One line per bar: the app's own, and those of the loops inside it. */
export function progressLines(units: readonly ProgressUnit[], columns: number): string[] {
  return units.map((unit) => {
    const { desc, unit: name } = unit;
    const label = desc ? `${desc}  ` : "";
    const share = shareOf(unit);
    const count = [counted(unit), name].filter(Boolean).join(" ");
    if (share === undefined) return `${label}${count}`;
    const end = `  ${String(Math.floor(share * 100)).padStart(3)}%${count && `  ${count}`}`;
    const width = Math.max(4, Math.min(widest, columns - label.length - end.length - 1));
    const full = Math.round(share * width);
    return `${label}${"█".repeat(full)}${"░".repeat(width - full)}${end}`;
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
  const share = index !== undefined && length ? index / length : progress;
  return share === undefined ? undefined : Math.min(1, Math.max(0, share));
}

function counted({ index, length }: ProgressUnit): string {
  if (index === undefined) return "";
  return length === undefined ? String(index) : `${index}/${length}`;
}
