import type { Expr } from "../graph.js";
import type { Kit } from "./kit.js";

/** The unevaluated sum of a float and a small remainder: twice the working precision. */
export interface Double {
  readonly high: Expr;
  readonly low: Expr;
}

/** a + b exactly, for |a| >= |b| or a = 0 (Dekker 1971). */
export function fastTwoSum({ add, sub }: Kit, a: Expr, b: Expr): Double {
  const high = add(a, b);
  return { high, low: sub(b, sub(high, a)) };
}

/** The two halves of a significand (Veltkamp 1968). */
export function halves(kit: Kit, a: Expr): Double {
  const scaled = kit.times(a, kit.format.splitter);
  const high = kit.sub(scaled, kit.sub(scaled, a));
  return { high, low: kit.sub(a, high) };
}

/** a * b exactly where nothing overflows or is denormal (Dekker 1971): there is no fused multiply-add here. */
export function twoProduct(kit: Kit, a: Expr, b: Expr): Double {
  const { add, sub, mul } = kit;
  const [p, q] = [halves(kit, a), halves(kit, b)];
  const high = mul(a, b);
  const main = sub(mul(p.high, q.high), high);
  return { high, low: add(add(add(main, mul(p.high, q.low)), mul(p.low, q.high)), mul(p.low, q.low)) };
}
