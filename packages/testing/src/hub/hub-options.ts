/** Options of `createHub`. */
export interface HubOptions {
  /** Who may log in. */
  readonly users?: readonly HubUser[];
  /** The Spaces, by id (`user/name`). */
  readonly spaces?: Readonly<Record<string, HubSpaceOptions>>;
  /** With it the Hub and its Spaces are served over https, as the real ones are; else over http. */
  readonly certificate?: HubCertificate;
  /** Seconds for which a token of `/jwt` opens a private Space. Default one day. */
  readonly signatureLifetime?: number;
  /** Default `"127.0.0.1"`. */
  readonly host?: string;
  /** Port of the Hub itself. Default 0: any free port. */
  readonly port?: number;
}

/** A user of the Hub, who is known by a token. */
export interface HubUser {
  /** As in the ids of Spaces. */
  readonly name: string;
  /** What the Hub takes as proof of being this user. */
  readonly token: string;
  /** Organizations whose Spaces are theirs as well. */
  readonly organizations?: readonly string[];
}

/** A key and a certificate in PEM. */
export interface HubCertificate {
  /** The private key, as PEM. */
  readonly key: string;
  /** The certificate and those above it, as PEM. */
  readonly cert: string;
}

/** What a Space of the Hub is like. */
export interface HubSpaceOptions {
  /** Address of the app behind it; several are replicas of it. Without one it never answers. */
  readonly app?: string | readonly string[];
  /** Default `false`. */
  readonly private?: boolean;
  /**
   * The stages it goes through. Each is told once (list it again to have it told again), and then
   * the next one is reached; the last one stays. `SLEEPING` and `STOPPED` stay until a request
   * comes to the Space. Default `["RUNNING"]`.
   */
  readonly stages?: readonly string[];
  /** What the Hub says of an error stage. */
  readonly errorMessage?: string;
  /** Default `"cpu-basic"`. */
  readonly hardware?: string;
  /** Whether its community tab is there. Default `true`. */
  readonly discussions?: boolean;
}
