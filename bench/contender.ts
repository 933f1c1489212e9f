/** One timed run: how many region-steps (regions × steps) were integrated, in how many wall seconds. */
export interface Sample {
  readonly regionSteps: number;
  readonly seconds: number;
}

/** Whoever takes part in a workload: this engine, another simulator, or the hand-written limit. */
export interface Contender {
  readonly name: string;
  readonly role: "ours" | "peer" | "limit";
  /** What a reader must know to read the figure: other scheme, lanes that are of no use, … */
  readonly note?: string;
  sample(): Promise<Sample>;
  close?(): Promise<void>;
}

/** A promise: `ours` runs at least `atLeast` times as fast as `over`. */
export interface Floor {
  readonly ours: string;
  readonly over: string;
  readonly atLeast: number;
}

/** Someone who could not take part, and why. */
export interface Absent {
  readonly name: string;
  readonly why: string;
}

export interface Race {
  readonly contenders: readonly Contender[];
  readonly absent: readonly Absent[];
}

export interface Workload {
  readonly id: string;
  readonly title: string;
  readonly floors: readonly Floor[];
  /** A floor for the geometric mean of the floors' ratios; the table then has one row per floor. */
  readonly meanAtLeast?: number;
  race(context: Context): Promise<Race>;
}

export interface Context {
  /** Folder of the peers' Python environments; undefined when the user wants none. */
  readonly peers: string | undefined;
  /** Scratch folder of this bench run. */
  readonly scratch: string;
  /** Folder `bench/` of the repository: scripts and C sources. */
  readonly sources: string;
  /** Multiplies the simulated time of every contender. */
  readonly scale: number;
}
