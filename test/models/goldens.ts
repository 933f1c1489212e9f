import { readdirSync, readFileSync } from "node:fs";

/** The JSON files of a folder of golden values, by the id that is their name. */
export function goldensIn<T>(folder: string): Readonly<Record<string, T>> {
  const place = new URL(`../golden/${folder}/`, import.meta.url);
  return Object.fromEntries(
    readdirSync(place)
      .filter((name) => name.endsWith(".json"))
      .map((name) => [name.replace(".json", ""), JSON.parse(readFileSync(new URL(name, place), "utf8")) as T]),
  );
}
