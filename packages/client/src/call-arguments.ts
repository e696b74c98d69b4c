import { bindArguments } from "./core/arguments.js";
import type { Endpoint } from "./core/endpoint.js";
import type { EndpointTable } from "./core/endpoints.js";
import { checkOptions } from "./check-options.js";
import type { CallOptions } from "./options.js";

/** A call as the caller wrote it, checked. */
export interface ReadCall {
  readonly endpoint: Endpoint;
  readonly data: readonly unknown[];
  readonly options: CallOptions;
}

/**
 * Reads the arguments of `predict` and `submit`: endpoint (which may be left out), inputs, options.
 *
 * @throws InputError when one of them is not right.
 */
export function readCall(args: readonly unknown[], table: EndpointTable): ReadCall {
  const [first, second, third] = args;
  const named = typeof first === "string" || typeof first === "number";
  const inputs = named ? second : first;
  const options = ((named ? third : second) ?? {}) as CallOptions;
  checkOptions(options, "the call");
  const endpoint = table.resolve(named ? first : undefined);
  return { endpoint, data: bindArguments(endpoint, inputs), options };
}
