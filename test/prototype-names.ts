/** The names that every object of JavaScript inherits: a lookup by such a name must not find what nobody wrote. */
export const PROTOTYPE_NAMES = Object.getOwnPropertyNames(Object.prototype);
