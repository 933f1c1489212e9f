import type { Connectome } from "../core/connectome.js";
import type { Recording, Setup } from "../engine/setup.js";
import type { IntegrationRecord } from "../experiment/integration-record.js";
import type { MonitorDetail } from "../experiment/monitor-record.js";
import type { StartView, StimulusView } from "../experiment/report-input.js";
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

export type { StartView, StimulusView };

/** What a report shows. A `Setup` can be spread into it: whatever is not known is left out of the page. */
export interface ReportInput extends SetupParts {
  readonly title: string;
  readonly recordings: readonly Recording[];
  readonly connectome: Connectome;
  /** The object of run.json. */
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly model?: Model | undefined;
  readonly integration?: IntegrationRecord | undefined;
  readonly stimuli?: readonly StimulusView[] | undefined;
  readonly start?: StartView | undefined;
  /** By name of a recording: how its sensors or haemodynamics were set. */
  readonly monitorDetails?: Readonly<Record<string, MonitorDetail>> | undefined;
}

/** ms from the start of the first simulation to the start of this run: time goes on where a checkpoint stood. */
export const startMs = ({ start, dtMs = 0 }: Pick<ReportInput, "start" | "dtMs">): number =>
  start?.kind === "checkpoint" ? start.step * dtMs : 0;
