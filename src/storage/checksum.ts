import { createHash } from "node:crypto";
import type { NdArray } from "../core/ndarray.js";
import { writeNpy } from "./npy.js";

/** SHA-256 as 64 hex digits. */
export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** SHA-256 of an array with its type and shape: that of the .npy file it would be. */
export const sha256OfArray = (array: NdArray): string => sha256(writeNpy(array));
