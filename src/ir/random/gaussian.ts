import type { Expr, Graph } from "../graph.js";
import { gaussianCoefficients as c } from "./coefficients.js";
import type { Words } from "./threefry.js";

/**
 * sqrt(-2 ln u) in f32 for a word k read as a signed integer: u = (k + 1/2) / 2^32 for k >= 0, and
 * u = 1 + (k + 1/2) / 2^32 for k < 0. So both ends of (0, 1) keep the full resolution of a float: u is never 0 or 1, the smallest is 2^-33
 * (6.76 sigma), the largest is as near to 1.
 *
 * With t = |k + 1/2| / 2^32 <= 1/2: where k < 0, ln u = ln(1 - t); else t = 2^e m, m in [1, 2), and
 * ln u = (e + 1) ln 2 + ln(1 - (1 - m/2)). Either way the logarithm is ln(1 - w) = -2 atanh(w / (2 - w)), w in (0, 1/2].
 */
function radius(graph: Graph, word: Expr): Expr {
  const { constant, add, sub, mul, div, select, call } = graph;
  const k = add(call("signedToFloat", [word]), constant(0.5));
  const low = call("lt", [k, constant(0)]);
  const t = mul(k, constant(-(2 ** -32)));
  const w = select(low, t, sub(constant(1), mul(constant(0.5), call("mantissa", [k]))));
  const s = div(w, sub(constant(2), w));
  const twoAtanh = mul(s, graph.horner(mul(s, s), c.radius));
  const octaves = mul(sub(constant(31), call("exponent", [k])), constant(Math.fround(2 * Math.LN2)));
  return call("sqrt", [add(twoAtanh, select(low, constant(0), octaves))]);
}

/**
 * Box-Muller from two words. The second word is half the angle, a in [-pi/2, pi/2): there sine and cosine are one
 * polynomial each, and the double-angle formulas reach the full circle without quadrants.
 */
function pair(graph: Graph, first: Expr, second: Expr): [Expr, Expr] {
  const { constant, add, sub, mul, call } = graph;
  const r = radius(graph, first);
  const t = mul(call("signedToFloat", [second]), constant(2 ** -31));
  const z = mul(t, t);
  const sine = mul(t, graph.horner(z, c.sine));
  const cosine = graph.horner(z, c.cosine);
  // cos 2a as a product: 1 - 2 sin^2 would double the errors of the sine near half a turn.
  const cosineOfTwice = mul(sub(cosine, sine), add(cosine, sine));
  return [mul(r, cosineOfTwice), mul(r, mul(add(sine, sine), cosine))];
}

/** Four standard normals in f32 from four words: words 0 and 1 give normals 0 and 1, words 2 and 3 give 2 and 3. */
export function gaussianQuad(graph: Graph, words: Words): Words {
  return [...pair(graph, words[0], words[1]), ...pair(graph, words[2], words[3])];
}
