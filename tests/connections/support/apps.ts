import { inject } from "vitest";
import type { ConnectionApps } from "../global-setup.js";

/** The apps that run on every version, with the addresses that a user would type. */
export interface OldApps {
  readonly version: string;
  readonly guarded: string;
  readonly plain: string;
}

/** The apps that run on current versions. */
export interface Apps extends OldApps {
  /** Below `/app` of a site that has its own way of telling who may use it. */
  readonly strange: string;
  readonly second: string;
  readonly rooted: string;
}

/** One entry for each current Gradio version. */
export const currentVersions: readonly Apps[] = inject("connectionApps").map(addresses);

/** Gradio 4 and Gradio 3, which talks over a WebSocket; as far as they work on this machine. */
export const oldVersions: readonly OldApps[] = inject("oldConnectionApps").map(oldAddresses);

/** Where one version is as good as another. */
export const newest: Apps = currentVersions[0] as Apps;

/** The login of the guarded app; apps.py has the same. */
export const login = ["ada", "pass word+ä&=1815"] as const;

function addresses({ version, ports }: ConnectionApps): Apps {
  return {
    ...oldAddresses({ version, ports }),
    strange: `${at(ports.strange)}/app`,
    second: at(ports.second),
    rooted: at(ports.rooted),
  };
}

function oldAddresses({ version, ports }: ConnectionApps<"guarded" | "plain">): OldApps {
  return { version, guarded: at(ports.guarded), plain: at(ports.plain) };
}

function at(port: number): string {
  return `http://127.0.0.1:${port}`;
}
