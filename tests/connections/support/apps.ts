import { inject } from "vitest";
import type { ConnectionApps } from "../global-setup.js";

/** The apps of this version run, with the addresses that a user would type. */
export interface Apps {
  readonly version: string;
  readonly guarded: string;
  /** Below `/app` of a site that has its own way of telling who may use it. */
  readonly strange: string;
  readonly plain: string;
  readonly second: string;
  readonly rooted: string;
}

/** One entry for each Gradio version. */
export const everyVersion: readonly Apps[] = inject("connectionApps").map(addresses);

/** Where one version is as good as another. */
export const newest: Apps = everyVersion[0] as Apps;

/** The login of the guarded app; apps.py has the same. */
export const login = ["ada", "pass word+ä&=1815"] as const;

function addresses({ version, ports }: ConnectionApps): Apps {
  const at = (name: keyof typeof ports): string => `http://127.0.0.1:${ports[name]}`;
  return {
    version,
    guarded: at("guarded"),
    strange: `${at("strange")}/app`,
    plain: at("plain"),
    second: at("second"),
    rooted: at("rooted"),
  };
}
