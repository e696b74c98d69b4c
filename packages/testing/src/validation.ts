/** The verdict on one input, as a validator returns it. */
export interface Validation {
  /** How Gradio marks it on the wire. */
  readonly __type__: "validate";
  /** `false` refuses the call. */
  readonly is_valid: boolean;
  /** Why it is refused; empty when it is not. */
  readonly message: string;
}

/** One entry of the 422 answer to a rejected join. */
export interface ValidationEntry {
  readonly __type__?: "validate";
  readonly is_valid: boolean;
  readonly message: string;
  readonly parameter_name?: string;
}

/**
 * The counterpart of `gr.validate`: the verdict of a validator on one input.
 *
 * @param isValid - whether the value is accepted
 * @param message - shown to the caller when it is not
 */
export function validate(isValid: boolean, message: string): Validation {
  return { __type__: "validate", is_valid: isValid, message };
}

/**
 * Turns what a validator returned into the entries of the 422 answer, one per input in order.
 * Anything that is not a verdict counts as accepted.
 */
export function validationEntries(
  verdicts: readonly unknown[],
  parameterNames: readonly string[],
): ValidationEntry[] {
  return verdicts.map((verdict, position) => {
    if (!isValidation(verdict)) return { is_valid: true, message: "" };
    const parameterName = parameterNames[position] ?? `parameter_${position}`;
    return { ...verdict, parameter_name: parameterName };
  });
}

function isValidation(value: unknown): value is Validation {
  return (
    typeof value === "object" &&
    value !== null &&
    (value as { __type__?: unknown }).__type__ === "validate"
  );
}
