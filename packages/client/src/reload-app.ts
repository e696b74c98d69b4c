import { loadApp, type AppMetadata } from "./io/app-metadata.js";
import { startDeadline } from "./io/deadline.js";
import type { Requests } from "./io/requests.js";

/** As long as connecting may take, in milliseconds. */
const timeout = 60_000;

/**
 * Asks an app that has been restarted what it is now. Whatever was made for the old one keeps its
 * `requests`, which know of the restart; the new one gets its own.
 */
export async function reloadApp(
  requests: Requests,
  tell: (message: string) => void,
): Promise<AppMetadata> {
  const { signal, release } = startDeadline({ timeout }, "Reading what the restarted app is");
  try {
    const metadata = await loadApp(requests.at(requests.base), signal, tell);
    tell(
      `The app at ${requests.base} was restarted: State begins anew. Its endpoints have been read again.`,
    );
    return metadata;
  } finally {
    release();
  }
}
