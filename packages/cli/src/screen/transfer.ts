import type { TransferProgress } from "@gradio-kit/client";
import type { Screen } from "./screen.js";
import { transferLine } from "./transfer-line.js";

/** What to call with the progress of one file: it draws its bar. */
export function drawTransfer(
  screen: Screen,
  what: string,
): ((progress: TransferProgress) => void) | undefined {
  if (!screen.live) return undefined;
  const start = performance.now();
  return (progress) => {
    const elapsed = (performance.now() - start) / 1000;
    screen.status([transferLine(what, progress, elapsed, screen.columns)]);
  };
}
