import { fault, suggest, type FaultCode, type FaultDetails } from "../core/fault.js";
import type { Path } from "./parse.js";
import type { Locate } from "./validate.js";

/** A file that an experiment read, as provenance names it: never with its folder. */
export interface InputFile {
  readonly role: "experiment" | "connectome" | "model" | "history" | "stimulus" | "lead field" | "hrf" | "checkpoint";
  /** Base name. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Where what really runs differs from what is right or was asked; listed in run.json. */
export interface Deviation {
  readonly kind: "range" | "compat" | "backend" | "interrupted" | "lead field" | "channels" | "precision";
  readonly where: string;
  readonly about: string;
}

/** What the steps of resolving share. Lists are filled as they go. */
export interface Resolving {
  readonly locate: Locate;
  readonly force: boolean;
  readonly labels: readonly string[];
  /** Whose regions `labels` are, where they are not all of the connectome's. */
  readonly among?: string;
  readonly deviations: Deviation[];
}

/** Throws a fault located at a key path. */
export function faultAt(locate: Locate, path: Path, code: FaultCode, what: string, details: FaultDetails = {}): never {
  throw fault(code, what, { ...details, where: locate(path) });
}

/**
 * Finds an item by id.
 * @throws Fault EXPERIMENT that suggests the nearest id
 */
export function findItem<T>(
  kind: string,
  items: Readonly<Record<string, T>>,
  id: string,
  locate: Locate,
  path: Path,
): T {
  const found = Object.hasOwn(items, id) ? items[id] : undefined;
  if (found !== undefined) return found;
  throw fault("EXPERIMENT", `there is no ${kind} "${id.slice(0, 60)}"`, {
    where: locate(path),
    next: suggest(id, Object.keys(items)),
  });
}
