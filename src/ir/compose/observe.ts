import type { Model } from "../declare.js";
import { namesIn as namesOf } from "../syntax.js";
import { choice, namesIn } from "./compose.js";
import { isCalled, qualified, slotNames, type Part } from "./parts.js";
import { renamed } from "./rename.js";

/**
 * What a text records at each part of a composed model: "x2 - x1" where a part has these names, "epileptor: x2 - x1" at
 * regions of that model or name, "epileptor: x2 - x1; jansen-rit: y1 - y2" for each its own. Undefined: nothing.
 * @throws Fault EQUATION for text that is none
 */
export const observedBy = (parts: readonly Part[], text: string): readonly (string | undefined)[] => {
  const choices = text.split(";").map(qualified);
  return parts.map((part) => {
    const has = ({ state, parameters, inputs }: Model, name: string) =>
      [state, parameters, inputs].some((names) => Object.hasOwn(names, name)) || name === "pi";
    return choices.find(
      (one) =>
        isCalled(part, one.of) &&
        (one.of !== undefined || [...namesOf(one.text, text)].every((name) => has(part.model, name))),
    )?.text;
  });
};

/** The text of an observable in a model's own names. A composed model's regions have NaN where theirs lacks it. */
export function observedText(model: Model, text: string): string {
  if (!model.mixed) return text;
  const { parts, channels } = model.mixed;
  const slots = slotNames(parts);
  return choice(
    observedBy(parts, text).map((own, k) => {
      const part = parts[k];
      return own === undefined || !part ? "0 / 0" : renamed(own, namesIn(part, slots, channels), text);
    }),
  );
}
