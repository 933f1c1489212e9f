/** A line of points (x, y), in order. */
export type Line = readonly (readonly [number, number])[];

export interface Grid {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Cells along each side. */
  readonly cells: number;
}

/**
 * Lines on which a function is 0, by marching squares. Each crossing of a cell's edge is found to about 1e-6 of
 * the cell; a change of sign that is a pole or a jump gives no line.
 */
export function zeroLines(f: (x: number, y: number) => number, { x, y, cells }: Grid): Line[] {
  const side = cells + 1;
  const at = (range: readonly [number, number], k: number) => range[0] + ((range[1] - range[0]) * k) / cells;
  const values = Float64Array.from({ length: side * side }, (_, k) => f(at(x, k % side), at(y, Math.floor(k / side))));
  if (values.every((v) => v === 0)) return [];
  const crossings = new Map<string, readonly [number, number] | undefined>();
  /** The crossing on the edge from a node to its neighbour on the right or above. */
  const crossing = (i: number, j: number, up: 0 | 1): string | undefined => {
    const key = `${i} ${j} ${up}`;
    if (!crossings.has(key)) {
      const from = [at(x, i), at(y, j)] as const;
      const to = [at(x, i + 1 - up), at(y, j + up)] as const;
      const a = values[j * side + i] as number;
      const b = values[(j + up) * side + i + 1 - up] as number;
      crossings.set(key, crosses(a, b) ? rootBetween(f, from, to, a, b) : undefined);
    }
    return crossings.get(key) ? key : undefined;
  };
  const links = new Map<string, string[]>();
  const link = (a: string, b: string): void => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      links.set(from, [...(links.get(from) ?? []), to]);
  };
  for (let j = 0; j < cells; j++)
    for (let i = 0; i < cells; i++) {
      const [bottom, right, top, left] = [
        crossing(i, j, 0),
        crossing(i + 1, j, 1),
        crossing(i, j + 1, 0),
        crossing(i, j, 1),
      ];
      const all = [bottom, right, top, left].filter((key) => key !== undefined);
      if (all.length === 2 && all[0] && all[1]) link(all[0], all[1]);
      if (all.length < 4 || !bottom || !right || !top || !left) continue;
      // Two lines through one cell: the middle says which corners belong together.
      const middle = f((at(x, i) + at(x, i + 1)) / 2, (at(y, j) + at(y, j + 1)) / 2) >= 0;
      if (middle === (values[j * side + i] as number) >= 0) {
        link(bottom, right);
        link(top, left);
      } else {
        link(bottom, left);
        link(top, right);
      }
    }
  return chains(links).map((keys) => keys.flatMap((key) => [crossings.get(key) ?? []].filter(isPoint)));
}

const isPoint = (p: readonly number[]): p is readonly [number, number] => p.length === 2;

const crosses = (a: number, b: number): boolean => Number.isFinite(a) && Number.isFinite(b) && a >= 0 !== b >= 0;

function rootBetween(
  f: (x: number, y: number) => number,
  from: readonly [number, number],
  to: readonly [number, number],
  a: number,
  b: number,
): readonly [number, number] | undefined {
  const point = (share: number) => [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])] as const;
  let [low, high] = [0, 1];
  let value = Infinity;
  for (let k = 0; k < 20; k++) {
    const middle = (low + high) / 2;
    value = f(...point(middle));
    if (value >= 0 === a >= 0) low = middle;
    else high = middle;
  }
  if (!(Math.abs(value) <= 0.1 * Math.max(Math.abs(a), Math.abs(b)))) return undefined;
  return point((low + high) / 2);
}

/** Neighbours joined into lines, the open ones first. */
function chains(links: ReadonlyMap<string, readonly string[]>): string[][] {
  const seen = new Set<string>();
  const walk = (start: string): string[] => {
    const chain: string[] = [];
    for (let key: string | undefined = start; key !== undefined;) {
      seen.add(key);
      chain.push(key);
      key = links.get(key)?.find((next) => !seen.has(next));
    }
    const last = chain.at(-1) ?? "";
    return chain.length > 2 && links.get(last)?.includes(start) ? [...chain, start] : chain;
  };
  const keys = [...links.keys()];
  const ends = keys.filter((key) => links.get(key)?.length === 1);
  return [...ends, ...keys].flatMap((key) => (seen.has(key) ? [] : [walk(key)]));
}
