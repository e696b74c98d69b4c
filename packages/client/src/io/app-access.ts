import type { AnswerLimit } from "./answer-limit.js";
import type { Credentials } from "./credentials.js";
import type { Login } from "./login.js";
import { secretsOf } from "./secrets.js";

/** What all traffic with an app has in common, besides headers. */
export interface Access {
  /** What proves to servers who is calling. */
  readonly credentials?: readonly Credentials[] | undefined;
  /** The way to log in, where the caller gave username and password. */
  readonly login?: Login | undefined;
  /** What ends a request that is without any answer for too long; told where it goes. */
  readonly limit?: ((where: string) => AnswerLimit) | undefined;
  /** Most bytes of one answer, or of one message of a stream, that are taken into memory. */
  readonly maxResponseSize?: number | undefined;
  /** Looks at an address that the app leads to, before it is asked; throws if it must not be. */
  readonly admit?: ((from: string, to: string) => Promise<void>) | undefined;
  /** Further texts that must not show in errors and log lines. */
  readonly secrets?: readonly string[] | undefined;
}

/** What of it, and of the headers, must not show in errors and log lines. */
export function secretsIn(headers: Readonly<Record<string, string>>, access: Access): string[] {
  const { credentials = [], login, secrets = [] } = access;
  return [
    ...secrets,
    ...secretsOf(headers),
    ...(login?.secrets() ?? []),
    ...credentials.flatMap((source) => source.secrets()),
  ];
}
