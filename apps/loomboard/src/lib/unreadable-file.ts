/** A file that cannot be taken; its message says why. */
export class UnreadableFileError extends Error {}
