/**
 * Every error a user can see: a stable code, what happened, where, why, and what to do next.
 *
 * Codes are part of the public surface: a code is never renamed, and each belongs to one exit status.
 */
export const faultExits = {
  /** The command line, or a library call, was used wrongly. */
  USAGE: 2,
  /** A file is missing, unreadable, or of a kind we do not read. */
  FILE: 65,
  /** A file was read, and what it holds is wrong: counts, shapes, NaN, hostile names. */
  DATA: 65,
  /** An experiment holds an unknown key or name, or a value of the wrong kind. */
  EXPERIMENT: 65,
  /** A value lies outside the range in which the model or scheme is valid. */
  RANGE: 65,
  /** A quantity has the wrong unit, or an equation is dimensionally wrong. */
  UNIT: 65,
  /** Equation text could not be read: syntax, unknown name or function, too large. */
  EQUATION: 65,
  /** Parts that cannot be combined: a noise the scheme is not valid for, a coupling without its variable. */
  MISMATCH: 65,
  /** The run would need more memory or time than it may have. */
  LIMIT: 65,
  /** The output exists, or cannot be written. */
  OUTPUT: 65,
  /** The state became non-finite or left its bounds. */
  BLOWUP: 1,
  /** A back end cannot run here. */
  BACKEND: 1,
  /** Stopped by the user (130), or by a scheduler's signal (75, see `exitStatus`); what was done is on disk. */
  INTERRUPTED: 130,
  /** A defect of ours. */
  BUG: 70,
} as const;

export type FaultCode = keyof typeof faultExits;

export interface FaultDetails {
  /** File, key path, region, line and column: whatever locates it. Never an absolute path of the machine. */
  where?: string | undefined;
  why?: string | undefined;
  next?: string | undefined;
  /** Machine-readable fields, e.g. `{ step: 18432, region: 41 }`. */
  data?: Readonly<Record<string, unknown>> | undefined;
  cause?: unknown;
}

export class Fault extends Error {
  readonly code: FaultCode;
  readonly what: string;
  readonly where: string | undefined;
  readonly why: string | undefined;
  readonly next: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: FaultCode, what: string, details: FaultDetails = {}) {
    super(formatFault(code, what, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "Fault";
    this.code = code;
    this.what = what;
    this.where = details.where;
    this.why = details.why;
    this.next = details.next;
    this.data = details.data ?? {};
  }

  get exitStatus(): number {
    // A scheduler that took the machine back is told to run the job again: EX_TEMPFAIL of sysexits.h.
    return this.code === "INTERRUPTED" && this.data["resumable"] === true ? 75 : faultExits[this.code];
  }
}

/** Makes a {@link Fault}; `throw fault("RANGE", "tau is negative", { where: "model.parameters.tau" })`. */
export const fault = (code: FaultCode, what: string, details: FaultDetails = {}): Fault =>
  new Fault(code, what, details);

function formatFault(code: FaultCode, what: string, { where, why, next }: FaultDetails): string {
  const lines = [`${code}  ${what}`];
  if (where) lines.push(`  where  ${where}`);
  if (why) lines.push(`  why    ${why}`);
  if (next) lines.push(`  next   ${next}`);
  return lines.join("\n");
}

/** The valid name nearest to a mistyped one, for "did you mean"; undefined when none is near. */
export function nearestName(name: string, valid: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of valid) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  // A beginning of a name is meant for it: "jansen" for "jansen-rit".
  const begun = name.length >= 3 ? [...valid].filter((v) => v.toLowerCase().startsWith(name.toLowerCase())) : [];
  return best ?? (begun.length === 1 ? begun[0] : undefined);
}

/** "did you mean X?" plus the list of valid names, as the `next` line of a fault. */
export function suggest(name: string, valid: readonly string[]): string {
  const near = nearestName(name, valid);
  const list = valid.length > 40 ? `${valid.slice(0, 40).join(", ")}, …` : valid.join(", ");
  return `${near === undefined ? "" : `did you mean "${near}"? `}valid: ${list}`;
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 64 || a.length > 256 || b.length > 256) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? Infinity;
}
