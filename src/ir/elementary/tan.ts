import { unary } from "./kit.js";
import { isOdd } from "./trigonometry.js";

/**
 * S / C or -C / S of r = x - n pi/2, |r| <= pi/4. A quotient doubles errors, so r is carried with what the last two
 * subtractions lost. See `trigonometricRange`.
 */
export const tan = unary((kit, x) => {
  const { add, sub, mul, select, constant } = kit;
  const n = kit.nearest(kit.times(x, 2 / Math.PI));
  let r = x;
  let lost = constant(0);
  for (const piece of kit.c.halfPi) {
    const part = kit.times(n, piece);
    const next = sub(r, part);
    lost = add(lost, sub(sub(r, next), part));
    r = next;
  }
  const z = mul(r, r);
  const sine = add(r, add(mul(r, mul(z, kit.horner(z, kit.c.sinQuarter))), lost));
  const tail = sub(mul(mul(z, z), kit.horner(z, kit.c.cosQuarter)), mul(r, lost));
  const halfSquare = kit.times(z, 0.5);
  const whole = sub(constant(1), halfSquare);
  const cosine = add(whole, add(sub(sub(constant(1), whole), halfSquare), tail));
  const odd = isOdd(kit, n);
  return kit.div(select(odd, kit.neg(cosine), sine), select(odd, sine, cosine));
});
