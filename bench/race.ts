import type { Absent, Contender, Floor, Workload, Context } from "./contender.js";

export interface Standing {
  readonly name: string;
  readonly role: Contender["role"];
  readonly note: string | undefined;
  /** Million region-steps per second, one per round. */
  readonly rates: readonly number[];
  readonly median: number;
}

export interface FloorResult extends Floor {
  /** Undefined when one of the two did not take part. */
  readonly ratio: number | undefined;
  readonly holds: boolean | undefined;
}

/** Geometric mean of the floors' ratios, over those that were measured. */
export interface MeanResult {
  readonly atLeast: number;
  readonly ratio: number | undefined;
  readonly holds: boolean | undefined;
}

export interface RaceResult {
  readonly id: string;
  readonly title: string;
  readonly standings: readonly Standing[];
  readonly floors: readonly FloorResult[];
  readonly mean?: MeanResult;
  readonly absent: readonly Absent[];
}

/**
 * Runs a workload: every contender once to warm up, then `rounds` rounds in which all take turns, so that whatever else
 * the machine does meanwhile falls on all of them alike.
 */
export async function runRace(workload: Workload, context: Context, rounds: number): Promise<RaceResult> {
  const { contenders, absent } = await workload.race(context);
  const rates = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  const dropped: Absent[] = [];
  try {
    for (let round = -1; round < rounds; round++)
      for (const [contender, figures] of rates) {
        try {
          const { regionSteps, seconds } = await contender.sample();
          if (round >= 0) figures.push(regionSteps / seconds / 1e6);
        } catch (error) {
          dropped.push({ name: contender.name, why: reason(error) });
          rates.delete(contender);
        }
      }
  } finally {
    for (const contender of contenders) await contender.close?.();
  }
  const standings = [...rates].map(([{ name, role, note }, figures]) => ({
    name,
    role,
    note,
    rates: figures,
    median: median(figures),
  }));
  const floors = workload.floors.map((floor) => judge(floor, standings));
  return {
    id: workload.id,
    title: workload.title,
    standings,
    floors,
    ...(workload.meanAtLeast === undefined ? {} : { mean: judgeMean(workload.meanAtLeast, floors) }),
    absent: [...absent, ...dropped],
  };
}

export function judgeMean(atLeast: number, floors: readonly FloorResult[]): MeanResult {
  const logs = floors.flatMap(({ ratio }) => (ratio === undefined ? [] : [Math.log(ratio)]));
  if (logs.length === 0) return { atLeast, ratio: undefined, holds: undefined };
  const ratio = Math.exp(logs.reduce((a, b) => a + b) / logs.length);
  return { atLeast, ratio, holds: ratio >= atLeast };
}

/**
 * The floor's ratio is the median of the ratios within each round: neighbours in time share the machine's mood.
 */
export function judge(floor: Floor, standings: readonly Standing[]): FloorResult {
  const ours = standings.find(({ name }) => name === floor.ours);
  const over = standings.find(({ name }) => name === floor.over);
  if (ours === undefined || over === undefined) return { ...floor, ratio: undefined, holds: undefined };
  const ratio = median(ours.rates.map((rate, round) => rate / (over.rates[round] ?? NaN)));
  return { ...floor, ratio, holds: ratio >= floor.atLeast };
}

/** The first line is enough for a table. */
export const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";

/** NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? NaN;
  return (upper + lower) / 2;
}
