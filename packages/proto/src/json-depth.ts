/**
 * How many lists and maps may stand inside of each other in JSON from outside: far more than anybody writes, and far
 * less than what a database, a model service or a stack takes.
 */
export const mostJsonLevels = 100

export const jsonTooDeep = `JSON may be nested ${mostJsonLevels} levels deep and this goes deeper; flatten it, or put the inner part in as text`
