/** An output that changes properties of a component instead of being its value. */
export interface Update {
  /** How Gradio marks it on the wire. */
  readonly __type__: "update";
  readonly [property: string]: unknown;
}

/**
 * The counterpart of `gr.update`: return it in place of an output to set properties of the
 * component. Without `value` the component keeps its value.
 */
export function update(properties: Readonly<Record<string, unknown>> = {}): Update {
  return { ...properties, __type__: "update" };
}

/** The counterpart of `gr.skip`: return it in place of an output to leave the component alone. */
export function skip(): Update {
  return { __type__: "update" };
}

/** True for what `update` and `skip` make. */
export function isUpdate(value: unknown): value is Update {
  return (
    typeof value === "object" &&
    value !== null &&
    (value as { __type__?: unknown }).__type__ === "update"
  );
}
