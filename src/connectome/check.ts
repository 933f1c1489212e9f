import type { Connectome } from "../core/connectome.js";
import { fault } from "../core/fault.js";

/** More regions than any parcellation has; a dense matrix of them would be 3.2 GB. */
export const maxRegions = 20_000;

type Numbers = ArrayLike<number>;

/** What a connectome is made of, unchecked. Matrices are [target, source], row-major. */
export interface RawConnectome {
  readonly labels?: readonly string[] | undefined;
  readonly weights: Numbers;
  /** Regions along a side, when known: told apart from the number of values for a better fault. */
  readonly regions?: number | undefined;
  /** mm */
  readonly tractLengths: Numbers;
  /** [region, xyz], mm */
  readonly centres?: Numbers | undefined;
  readonly orientations?: Numbers | undefined;
  /** mm² */
  readonly areas?: Numbers | undefined;
  readonly hemispheres?: Numbers | undefined;
  readonly cortical?: Numbers | undefined;
  readonly source: string;
}

/**
 * A {@link Connectome} from raw values, each checked.
 * Negative weights are allowed (they are inhibition to some, an error to others): `inspectConnectome` counts them.
 * @throws Fault DATA naming the part, and the regions of the first wrong value; Fault LIMIT for too many regions
 */
export function checkConnectome(raw: RawConnectome): Connectome {
  const where = (part: string) => `${raw.source}: ${part}`;
  const bad = (part: string, what: string, why?: string, next?: string) =>
    fault("DATA", what, { where: where(part), why, next });

  const side = Math.sqrt(raw.weights.length);
  if (raw.weights.length === 0) throw bad("weights", "the weights are empty");
  if (!Number.isInteger(side) || (raw.regions !== undefined && raw.regions !== side))
    throw bad(
      "weights",
      "the weights are not a square matrix",
      `${raw.weights.length} values${raw.regions === undefined ? "" : ` in ${raw.regions} rows`}`,
    );
  const n = side;
  if (n > maxRegions)
    throw fault("LIMIT", `${n} regions are too many`, { where: where("weights"), why: `the limit is ${maxRegions}` });

  const labels = raw.labels ?? Array.from({ length: n }, (_, k) => `region-${k + 1}`);
  if (labels.length !== n)
    throw bad("labels", "labels and weights differ in number", `${labels.length} labels for ${n} regions`);
  const seen = new Map<string, number>();
  labels.forEach((label, k) => {
    if (label.trim() === "") throw bad("labels", "a region has an empty label", `region ${k}`);
    if (label.length > 200 || /[\u0000-\u001f\u007f]/.test(label))
      throw bad("labels", "a label is no printable name", `region ${k}`);
    const before = seen.get(label);
    if (before !== undefined)
      throw bad(
        "labels",
        `two regions are called "${label}"`,
        `regions ${before} and ${k}`,
        "give every region its own label",
      );
    seen.set(label, k);
  });

  const at = (width: number, k: number): string => {
    const row = Math.floor(k / width);
    return width === n && n > 1
      ? `from ${labels[k % n]} to ${labels[row]} (row ${row}, column ${k % n})`
      : `region ${row} (${labels[row]})`;
  };
  const finite = (part: string, values: Numbers, width: number): Float64Array => {
    if (values.length !== n * width)
      throw bad(
        part,
        `${part} and weights differ in size`,
        `${values.length} values where ${n} regions need ${n * width}`,
      );
    const out = new Float64Array(values);
    const wrong = firstIndex(out, (value) => !Number.isFinite(value));
    if (wrong >= 0)
      throw bad(part, `${part}: a value is ${Number.isNaN(out[wrong]) ? "NaN" : "infinite"}`, at(width, wrong));
    return out;
  };
  const notNegative = (part: string, values: Float64Array, width: number): Float64Array => {
    const wrong = firstIndex(values, (value) => value < 0);
    if (wrong >= 0) throw bad(part, `${part}: a value is negative`, `${values[wrong]} at ${at(width, wrong)}`);
    return values;
  };
  const flags = (part: string, values: Numbers | undefined): Uint8Array | undefined => {
    if (values === undefined) return undefined;
    const checked = finite(part, values, 1);
    const wrong = firstIndex(checked, (value) => value !== 0 && value !== 1);
    if (wrong >= 0) throw bad(part, `${part}: a value is neither 0 nor 1`, `${checked[wrong]} at ${at(1, wrong)}`);
    return Uint8Array.from(checked);
  };
  return {
    labels: [...labels],
    weights: finite("weights", raw.weights, n),
    tractLengths: notNegative("tract lengths", finite("tract lengths", raw.tractLengths, n), n),
    centres: raw.centres && finite("centres", raw.centres, 3),
    orientations: raw.orientations && finite("orientations", raw.orientations, 3),
    areas: raw.areas && notNegative("areas", finite("areas", raw.areas, 1), 1),
    hemispheres: flags("hemispheres", raw.hemispheres),
    cortical: flags("cortical", raw.cortical),
    source: raw.source,
  };
}

/** As `findIndex`, several times as fast on the large arrays that matrices are. */
function firstIndex(values: Float64Array, fits: (value: number) => boolean): number {
  for (let k = 0; k < values.length; k++) if (fits(values[k] ?? NaN)) return k;
  return -1;
}
