import type { Expr } from "../graph.js";
import { unary, type Kit } from "./kit.js";

/** x = 2^k (1 + f), 1 + f in [sqrt(1/2), sqrt(2)), exactly, for positive finite x. */
export interface Decomposed {
  readonly k: Expr;
  /** 1 + f. */
  readonly m: Expr;
  readonly f: Expr;
}

export function decompose(kit: Kit, x: Expr): Decomposed {
  const { select, constant, call } = kit;
  const m = call("mantissa", [x]);
  const e = call("exponent", [x]);
  const upper = kit.gt(m, constant(Math.SQRT2));
  const centred = select(upper, kit.times(m, 0.5), m);
  return { k: select(upper, kit.plus(e, 1), e), m: centred, f: kit.plus(centred, -1) };
}

/** The same for an |x| that may be denormal. */
export function decomposeAny(kit: Kit, x: Expr): Decomposed {
  const { bits, tiny } = kit.format;
  const { select, constant } = kit;
  const denormal = kit.lt(x, constant(tiny));
  const { k, m, f } = decompose(kit, kit.mul(x, select(denormal, constant(2 ** bits), constant(1))));
  return { k: kit.sub(k, select(denormal, constant(bits), constant(0))), m, f };
}

/** k ln 2 + log(1 + f) + correction: s = f / (2 + f), log(1 + f) = f - f^2/2 + s (f^2/2 + R), R a series in s^2. */
export function logOfParts(kit: Kit, k: Expr, f: Expr, correction?: Expr): Expr {
  const { add, sub, mul, div, constant } = kit;
  const s = div(f, add(constant(2), f));
  const z = mul(s, s);
  const series = mul(z, kit.horner(z, kit.c.log));
  const halfSquare = mul(kit.times(f, 0.5), f);
  const low = kit.times(k, kit.c.ln2[1]);
  const tail = add(mul(s, add(halfSquare, series)), correction === undefined ? low : add(low, correction));
  return add(kit.times(k, kit.c.ln2[0]), sub(f, sub(halfSquare, tail)));
}

export const log = unary((kit, x) => {
  const { select, constant } = kit;
  const { k, f } = decomposeAny(kit, x);
  const finite = select(kit.lt(x, constant(Infinity)), logOfParts(kit, k, f), x);
  const rest = select(kit.eq(x, constant(0)), constant(-Infinity), constant(NaN));
  return select(kit.gt(x, constant(0)), finite, rest);
});
