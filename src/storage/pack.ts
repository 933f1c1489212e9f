import { fault } from "../core/fault.js";
import { ndarray } from "../core/ndarray.js";
import { sha256 } from "./checksum.js";
import { readNpz, writeNpz } from "./npz.js";

/**
 * Plain data with arrays of numbers in it as one .npz file: `value.npy` holds it as JSON in UTF-8, with `{"@": k}` where array
 * k (`a0.npy`, `a1.npy`, …) stands, and `sha256.npy` the checksum of all of that. Numbers that JSON lacks are spelled out.
 */
export function pack(value: unknown): Uint8Array {
  const arrays: Packed[] = [];
  const text = JSON.stringify(spell(value, arrays));
  const entries = new Map(arrays.map((data, k) => [`a${k}`, ndarray(data, [data.length])]));
  const json = new TextEncoder().encode(text);
  const sum = Uint8Array.from(Buffer.from(checksum(json, arrays), "hex"));
  return writeNpz(new Map([["value", ndarray(json, [json.length])], ...entries, ["sha256", ndarray(sum, [32])]]));
}

/** Reads what `pack` wrote. @throws Fault DATA for anything else, or where a byte has changed */
export function unpack(bytes: Uint8Array, where: string): unknown {
  const bad = (why: string) =>
    fault("DATA", "the file is damaged, or is none of ours", { where, why, next: "an earlier copy" });
  const entries = readNpz(bytes, where);
  const json = entries.get("value")?.data;
  const sum = entries.get("sha256")?.data;
  if (!(json instanceof Uint8Array) || !(sum instanceof Uint8Array)) throw bad("it lacks its value or its checksum");
  const arrays: Packed[] = [];
  for (let k = 0; entries.has(`a${k}`); k++) {
    const data = entries.get(`a${k}`)?.data;
    if (!isPacked(data)) throw bad(`array ${k} is of a strange type`);
    arrays.push(data);
  }
  if (checksum(json, arrays) !== Buffer.from(sum).toString("hex")) throw bad("its checksum does not fit");
  return JSON.parse(new TextDecoder().decode(json), (_, item: unknown) => {
    if (typeof item !== "object" || item === null) return item;
    if ("@" in item) return arrays[Number(item["@"])];
    return "#" in item ? Number(item["#"]) : item;
  });
}

type Packed = Float64Array | Float32Array | Uint32Array | Uint8Array;
const isPacked = (value: unknown): value is Packed =>
  [Float64Array, Float32Array, Uint32Array, Uint8Array].some((kind) => value instanceof kind);

function spell(value: unknown, arrays: Packed[]): unknown {
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
    return { "#": Object.is(value, -0) ? "-0" : String(value) };
  if (isPacked(value)) return { "@": arrays.push(value) - 1 };
  if (Array.isArray(value)) return value.map((item) => spell(item, arrays));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spell(item, arrays)]));
}

function checksum(json: Uint8Array, arrays: readonly Packed[]): string {
  const parts = [json, ...arrays].map((a) => sha256(new Uint8Array(a.buffer, a.byteOffset, a.byteLength)));
  return sha256(parts.join("\n"));
}
