import type { Exchange } from "../http/exchange.js";
import type { HubUser } from "./hub-options.js";
import { HubProblem } from "./hub-problem.js";
import type { HubSpace } from "./hub-space.js";

/** The token in a header such as `Bearer hf_…`. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer (.+)$/i.exec(header ?? "")?.[1];
}

/** Who is who, and who may see and change what. */
export class HubAccounts {
  readonly #users: readonly HubUser[];

  constructor(users: readonly HubUser[]) {
    this.#users = users;
  }

  /** The user with a token; `undefined` for one that nobody has. */
  find(token: string | undefined): HubUser | undefined {
    return token === undefined ? undefined : this.#users.find((user) => user.token === token);
  }

  /** Who asks; `undefined` without a token. Refuses a wrong one, for public things as well. */
  visitor(exchange: Exchange): HubUser | undefined {
    const token = bearerOf(exchange.headers["authorization"]);
    const user = this.find(token);
    if (token !== undefined && user === undefined) {
      throw new HubProblem(401, "Invalid credentials in Authorization header");
    }
    return user;
  }

  /** Who asks; refuses those who do not say it. */
  user(exchange: Exchange): HubUser {
    const user = this.visitor(exchange);
    if (user === undefined) throw new HubProblem(401, "Invalid username or password.");
    return user;
  }

  /** Whether a namespace is the user's own, or of an organization of theirs. */
  owns(user: HubUser | undefined, namespace: string | undefined): boolean {
    if (user === undefined || namespace === undefined) return false;
    return user.name === namespace || user.organizations?.includes(namespace) === true;
  }

  /** Whether somebody may use a Space. */
  maySee(user: HubUser | undefined, space: HubSpace): boolean {
    return !space.private || this.owns(user, space.owner);
  }

  /**
   * The Space, if it is there for the one who asks. The Hub does not tell strangers whether a
   * Space is private or does not exist.
   */
  visible(exchange: Exchange, space: HubSpace | undefined): HubSpace {
    const user = this.visitor(exchange);
    if (space !== undefined && this.maySee(user, space)) return space;
    if (user === undefined) throw new HubProblem(401, "Invalid username or password.");
    throw new HubProblem(404, "Repository not found", "RepoNotFound");
  }

  /** The Space, if the one who asks may change it. */
  own(exchange: Exchange, space: HubSpace | undefined): HubSpace {
    const found = this.visible(exchange, space);
    if (this.owns(this.user(exchange), found.owner)) return found;
    throw new HubProblem(403, "You don't have the rights to change this Space");
  }
}
