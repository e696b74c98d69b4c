import { InputError } from "../errors.js";
import type { ApiInfo } from "./api-info.js";
import { buildEndpoint } from "./build-endpoint.js";
import type { AppConfig, Dependency } from "./config.js";
import type { Endpoint, EndpointInfo } from "./endpoint.js";
import { list, suggest } from "./nearest.js";
import { describe } from "./source.js";

/**
 * The endpoints of an app. An app may have a thousand of them: each is put together when it is first
 * asked for, and then kept.
 */
export class EndpointTable {
  readonly #config: AppConfig;
  readonly #info: ApiInfo;
  readonly #built = new Map<Dependency, Endpoint>();
  #byName: ReadonlyMap<string, Dependency> | undefined;
  #byNumber: ReadonlyMap<number, Dependency> | undefined;
  #all: readonly EndpointInfo[] | undefined;

  constructor(config: AppConfig, info: ApiInfo) {
    this.#config = config;
    this.#info = info;
  }

  /** Every endpoint that can be called, public or undocumented, in the app's order. */
  get all(): readonly EndpointInfo[] {
    this.#all ??= this.#config.dependencies
      .filter(isOpen)
      .map((dependency) => this.#endpoint(dependency).info);
    return this.#all;
  }

  /**
   * Finds an endpoint by its name, with or without the leading slash, or by its number; without
   * either it is the app's only public one.
   *
   * @throws InputError `UNKNOWN_ENDPOINT` or `AMBIGUOUS_ENDPOINT`, with the names there are.
   */
  resolve(name: string | number | undefined): Endpoint {
    return this.#endpoint(this.#find(name));
  }

  #endpoint(dependency: Dependency): Endpoint {
    let endpoint = this.#built.get(dependency);
    if (endpoint === undefined) {
      endpoint = buildEndpoint(dependency, this.#config, this.#info);
      this.#built.set(dependency, endpoint);
    }
    return endpoint;
  }

  #find(name: string | number | undefined): Dependency {
    if (name === undefined) return this.#only();
    if (typeof name !== "string" && typeof name !== "number") {
      throw new InputError(
        "UNKNOWN_ENDPOINT",
        `endpoint: a name such as "/predict" or a number is needed, not ${describe(name)}.`,
      );
    }
    this.#byName ??= byKey(this.#config.dependencies, ({ apiName }) => apiName);
    this.#byNumber ??= byKey(this.#config.dependencies, ({ fnIndex }) => fnIndex);
    const found =
      typeof name === "number"
        ? this.#byNumber.get(name)
        : this.#byName.get(name.replace(/^\//, ""));
    if (found === undefined || !isOpen(found)) throw this.#unknown(name, found);
    return found;
  }

  #only(): Dependency {
    const [only, ...others] = this.#config.dependencies.filter(isPublic);
    if (only !== undefined && others.length === 0) return only;
    throw new InputError(
      "AMBIGUOUS_ENDPOINT",
      `endpoint: the app has not one public endpoint but ${only === undefined ? 0 : others.length + 1}: say which one.${list(this.#publicNames())}`,
    );
  }

  #unknown(name: string | number, found: Dependency | undefined): InputError {
    const shown = typeof name === "number" ? String(name) : JSON.stringify(name.slice(0, 200));
    const problem =
      found === undefined
        ? `the app has no endpoint ${shown}.`
        : found.visibility === "private"
          ? `the app keeps ${shown} private: it cannot be called from outside.`
          : `${shown} has no function behind it that could be called.`;
    const names = this.#publicNames();
    const wanted = typeof name === "number" ? name : `/${name.replace(/^\//, "")}`;
    const hint =
      typeof wanted === "string" && found === undefined ? suggest(wanted, names) : list(names);
    return new InputError("UNKNOWN_ENDPOINT", `endpoint: ${problem}${hint}`);
  }

  /** What messages may list: never what the app hides. */
  #publicNames(): readonly string[] {
    return this.#config.dependencies
      .filter(isPublic)
      .map(({ apiName, fnIndex }) => (apiName === undefined ? String(fnIndex) : `/${apiName}`));
  }
}

function isOpen(dependency: Dependency): boolean {
  return dependency.callable && dependency.visibility !== "private";
}

function isPublic(dependency: Dependency): boolean {
  return dependency.callable && dependency.visibility === "public";
}

/** The first of a key wins, and one that can be called before one that cannot. */
function byKey<Key>(
  dependencies: readonly Dependency[],
  keyOf: (dependency: Dependency) => Key | undefined,
): ReadonlyMap<Key, Dependency> {
  const map = new Map<Key, Dependency>();
  for (const dependency of dependencies) {
    const key = keyOf(dependency);
    const known = key === undefined ? undefined : map.get(key);
    if (key !== undefined && (known === undefined || (isOpen(dependency) && !isOpen(known)))) {
      map.set(key, dependency);
    }
  }
  return map;
}
