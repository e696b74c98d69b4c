/** Nothing but this: what the import of a package is compared with. */
export const empty: undefined = undefined;
