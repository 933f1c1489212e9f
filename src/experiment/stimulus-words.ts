import { stimuli } from "../stimuli/index.js";
import type { Quantity, TimeShape } from "./types.js";

/** A course as it was asked for: "pulse-train (T 1 s, tau 100 ms, amp 0.2, onset 1 s)". */
export function courseInWords(shape: TimeShape): string {
  if (typeof shape === "string") return Object.hasOwn(stimuli, shape) ? named(shape, {}) : shape;
  if ("sum" in shape) return shape.sum.map(courseInWords).join(" + ");
  if ("product" in shape)
    return shape.product.map((part) => (isSum(part) ? `(${courseInWords(part)})` : courseInWords(part))).join(" × ");
  if ("recorded" in shape) {
    const { values, step, between = "linear", outside = "zero" } = shape.recorded;
    return `recorded${typeof values === "string" ? ` in ${values}` : ""}, one row every ${quantity(step, "ms")}, between them ${between}, outside ${outside}`;
  }
  return named(shape.id, shape.parameters ?? {});
}

const isSum = (shape: TimeShape): boolean => typeof shape === "object" && "sum" in shape;

/** Values that were left out have the shape's defaults. */
function named(id: string, given: Readonly<Record<string, Quantity>>): string {
  const declared = Object.hasOwn(stimuli, id) ? (stimuli[id]?.parameters ?? {}) : {};
  const names = [...new Set([...Object.keys(declared), ...Object.keys(given)])];
  const values = names.map((name) => {
    const unit = declared[name]?.unit.replace(/\bx\b/, "ms") ?? "1";
    return `${name} ${quantity(given[name] ?? declared[name]?.default ?? "", unit)}`;
  });
  return values.length === 0 ? id : `${id} (${values.join(", ")})`;
}

const quantity = (value: Quantity, unit: string): string =>
  typeof value === "number" ? `${value}${unit === "1" ? "" : ` ${unit}`}` : value;
