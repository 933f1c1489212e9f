/** What a case asks, taken from recordings: measure.py in TypeScript. conformance.test.ts holds the two to each other by laennec's deviations. */
export type Recording =
  | { readonly refused: string }
  | {
      readonly time: readonly number[];
      readonly variables: readonly string[];
      /** [row][variable][region] */
      readonly data: readonly (readonly (readonly number[])[])[];
    };
type Recorded = Exclude<Recording, { refused: string }>;

type Place = readonly [run: string, row: number, variable: string, region: number];

export type Ask =
  | { readonly kind: "values" | "ratio"; readonly at: readonly Place[] }
  | { readonly kind: "times"; readonly run: string; readonly rows: readonly number[] }
  | { readonly kind: "count"; readonly run: string; readonly of: "rows" | "variables" | "regions" }
  | {
      readonly kind: "order";
      readonly runs: readonly string[];
      readonly dt: readonly number[];
      readonly variable: string;
      readonly exact: readonly number[];
    }
  | {
      readonly kind: "increment variance";
      readonly run: string;
      readonly variable: string;
      readonly groups: readonly (readonly number[])[];
    }
  | { readonly kind: "last mean" | "spread"; readonly run: string; readonly variable: string }
  | { readonly kind: "difference"; readonly runs: readonly [string, string]; readonly increments?: boolean }
  | { readonly kind: "moments"; readonly run: string; readonly variables: readonly string[] }
  | {
      readonly kind: "roughness";
      readonly run: string;
      readonly variable: string;
      readonly region: number;
      readonly rows: number;
    }
  | {
      readonly kind: "value minus time";
      readonly run: string;
      readonly variable: string;
      readonly rows: readonly number[];
    };

export type Answer = readonly number[] | "refused";
export interface Expected {
  readonly values: readonly (number | null)[] | "refused";
  /** Absolute: one for all values, or one for each. */
  readonly tolerance: number | readonly number[];
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const largest = (values: readonly number[]): number => values.reduce((most, x) => (x <= most ? most : x), 0);
const steps = (values: readonly number[]): number[] => values.slice(1).map((x, k) => x - (values[k] ?? NaN));

function column({ variables, data }: Recorded, variable: string): number[][] {
  const at = variables.indexOf(variable);
  return data.map((row) => [...(row[at] ?? [])]);
}

const flat = ({ data }: Recorded): number[][] => data.map((row) => row.flat());
const added = (rows: readonly (readonly number[])[]): number[][] =>
  rows.slice(1).map((row, k) => row.map((x, i) => x - (rows[k]?.[i] ?? NaN)));

function slope(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const across = x.reduce((sum, v, k) => sum + (v - mx) * ((y[k] ?? NaN) - my), 0);
  return across / x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
}

/** The answer: numbers in order, or "refused". */
export function measure(ask: Ask, recordings: Readonly<Record<string, Recording>>): Answer {
  if (Object.values(recordings).some((recording) => "refused" in recording)) return "refused";
  const of = (run: string): Recorded => {
    const found = recordings[run];
    if (!found || "refused" in found) throw new Error(`no run ${run}`);
    return found;
  };
  const value = ([run, row, variable, region]: Place): number => column(of(run), variable).at(row)?.[region] ?? NaN;
  switch (ask.kind) {
    case "values":
      return ask.at.map(value);
    case "ratio": {
      const [a = NaN, b = NaN] = ask.at.map(value);
      return [a / b];
    }
    case "times":
      return ask.rows.map((row) => of(ask.run).time.at(row) ?? NaN);
    case "count": {
      const { data } = of(ask.run);
      return [{ rows: data.length, variables: data[0]?.length ?? 0, regions: data[0]?.[0]?.length ?? 0 }[ask.of]];
    }
    case "order": {
      const errors = ask.runs.map((run) =>
        largest((column(of(run), ask.variable).at(-1) ?? []).map((x, i) => Math.abs(x - (ask.exact[i] ?? NaN)))),
      );
      return [slope(ask.dt.map(Math.log), errors.map(Math.log))];
    }
    case "increment variance": {
      const increments = added(column(of(ask.run), ask.variable));
      return ask.groups.map((group) => mean(increments.flatMap((row) => group.map((i) => (row[i] ?? NaN) ** 2))));
    }
    case "last mean":
      return [mean(column(of(ask.run), ask.variable).at(-1) ?? [])];
    case "spread": {
      const all = column(of(ask.run), ask.variable).flat();
      const centre = mean(all);
      return [Math.sqrt(mean(all.map((x) => (x - centre) ** 2)))];
    }
    case "difference": {
      const [a, b] = ask.runs.map((run) => (ask.increments ? added(flat(of(run))) : flat(of(run))).flat());
      return [largest((a ?? []).map((x, k) => Math.abs(x - (b?.[k] ?? NaN))))];
    }
    case "roughness": {
      const signal = column(of(ask.run), ask.variable)
        .slice(0, ask.rows)
        .map((row) => row[ask.region] ?? NaN);
      return [largest(steps(steps(signal)).map(Math.abs))];
    }
    case "moments": {
      const last = ask.variables.map((variable) => column(of(ask.run), variable).at(-1) ?? []);
      const means = last.map(mean);
      return [...means, ...last.map((values, k) => mean(values.map((x) => (x - (means[k] ?? NaN)) ** 2)))];
    }
    case "value minus time":
      return ask.rows.map((row) => value([ask.run, row, ask.variable, 0]) - (of(ask.run).time.at(row) ?? NaN));
  }
}

/** Whether an answer is the expected one; null expects no number. */
export function passes(answer: Answer, { values, tolerance }: Expected): boolean {
  if (answer === "refused" || values === "refused") return answer === values;
  return (
    answer.length === values.length &&
    values.every((want, k) => {
      const got = answer[k] ?? NaN;
      const within = typeof tolerance === "number" ? tolerance : (tolerance[k] ?? NaN);
      return want === null ? Number.isNaN(got) : Math.abs(got - want) <= within;
    })
  );
}
