/** Stands for "-" behind yargs, which takes a lone dash for an empty text. */
export const standardInput = "stdin:";
