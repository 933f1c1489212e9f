/**
 * Few cases that hold every pair of values of any two factors (of those pairs that may occur at all), chosen greedily.
 * Deterministic.
 */
export type Case<F extends Readonly<Record<string, readonly unknown[]>>> = { readonly [K in keyof F]: F[K][number] };

interface Pair {
  readonly a: number;
  readonly va: number;
  readonly b: number;
  readonly vb: number;
}

const keyOf = ({ a, va, b, vb }: Pair): string => `${a}.${va}|${b}.${vb}`;

/** Every pair of values of two factors for which some value of the constrained factors is allowed. */
function pairsOf(
  sizes: readonly number[],
  together: (a: number, b: number) => boolean,
  allowed: (choice: readonly (number | undefined)[]) => boolean,
): Pair[] {
  return sizes.flatMap((sizeA, a) =>
    sizes.flatMap((sizeB, b) =>
      b <= a || !together(a, b)
        ? []
        : Array.from({ length: sizeA * sizeB }, (_, k) => ({ a, va: Math.floor(k / sizeB), b, vb: k % sizeB })).filter(
            ({ va, vb }) => allowed(sizes.map((_, f) => (f === a ? va : f === b ? vb : undefined))),
          ),
    ),
  );
}

/**
 * @param allowed whether a choice may occur; factors not yet chosen are undefined, and then it must not object because of them
 * @param together whether the pairs of two factors are wanted; default: of any two
 */
export function pairwise<F extends Readonly<Record<string, readonly unknown[]>>>(
  factors: F,
  allowed: (choice: Partial<Case<F>>) => boolean = () => true,
  together: (a: keyof F, b: keyof F) => boolean = () => true,
): Case<F>[] {
  const names = Object.keys(factors);
  const sizes = names.map((name) => factors[name]?.length ?? 0);
  const named = (choice: readonly (number | undefined)[]): Partial<Case<F>> =>
    Object.fromEntries(
      names.flatMap((name, f): [string, unknown][] => {
        const value = choice[f];
        return value === undefined ? [] : [[name, factors[name]?.[value]]];
      }),
    ) as Partial<Case<F>>;
  const mayBe = (choice: readonly (number | undefined)[]) => allowed(named(choice));
  const open = new Map(
    pairsOf(sizes, (a, b) => together(names[a] ?? "", names[b] ?? ""), mayBe).map((pair) => [keyOf(pair), pair]),
  );
  const cases: Case<F>[] = [];
  while (open.size > 0) {
    const [first] = open.values();
    if (!first) break;
    const choice: (number | undefined)[] = sizes.map((_, f) =>
      f === first.a ? first.va : f === first.b ? first.vb : undefined,
    );
    sizes.forEach((size, f) => {
      if (choice[f] !== undefined) return;
      let best = { value: 0, gain: -1 };
      for (let k = 0; k < size; k++) {
        // The first value tried turns with the case, so that ties do not always fall on the same one.
        const value = (k + cases.length) % size;
        if (!mayBe(choice.map((c, g) => (g === f ? value : c)))) continue;
        const gain = choice.reduce<number>((sum, other, g) => {
          if (other === undefined) return sum;
          const pair = g < f ? { a: g, va: other, b: f, vb: value } : { a: f, va: value, b: g, vb: other };
          return sum + (open.has(keyOf(pair)) ? 1 : 0);
        }, 0);
        if (gain > best.gain) best = { value, gain };
      }
      choice[f] = best.value;
    });
    choice.forEach((va, a) =>
      choice.forEach((vb, b) => {
        if (a < b && va !== undefined && vb !== undefined) open.delete(keyOf({ a, va, b, vb }));
      }),
    );
    cases.push(named(choice) as Case<F>);
  }
  return cases;
}
