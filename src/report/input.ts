import type { Connectome } from "../core/connectome.js";
import type { Recording, Setup } from "../engine/setup.js";
import type { Model } from "../ir/declare.js";

type SetupParts = {
  readonly [
    Key in
      | "model"
      | "parameters"
      | "coupling"
      | "couplingParameters"
      | "scheme"
      | "dtMs"
      | "noise"
      | "conductionSpeed"
      | "steps"
      | "transientSteps"
      | "seed"
  ]?: Setup[Key] | undefined;
};

/** What a report shows. A `Setup` can be spread into it: whatever is not known is left out of the page. */
export interface ReportInput extends SetupParts {
  readonly title: string;
  readonly recordings: readonly Recording[];
  readonly connectome: Connectome;
  /** The object of run.json. */
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly model?: Model | undefined;
}
