import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/**
 * The text of an installed package's main file, for what is shipped on as it is.
 * @throws Error of Node's resolution or of reading: the caller knows what the file was wanted for
 */
export const packageText = async (name: string): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve(name), "utf8");
