/** A brain's regions and the tracts between them. A value: built and checked by `src/connectome`. */
export interface Connectome {
  /** Region labels, unique, in matrix order. */
  readonly labels: readonly string[];
  /** [target, source], row-major, N×N: row i holds what region i receives. Dimensionless, finite. */
  readonly weights: Float64Array;
  /** [target, source], row-major, N×N, in mm; non-negative and finite. */
  readonly tractLengths: Float64Array;
  /** [region, xyz], N×3, in mm. */
  readonly centres: Float64Array | undefined;
  /** Unit vectors [region, xyz], N×3. */
  readonly orientations: Float64Array | undefined;
  /** Region areas in mm². */
  readonly areas: Float64Array | undefined;
  /** 1 = right, 0 = left. */
  readonly hemispheres: Uint8Array | undefined;
  /** 1 = cortical. */
  readonly cortical: Uint8Array | undefined;
  /** Where it came from, without paths: e.g. "connectivity_76.zip", "default", "synthetic seed 7". */
  readonly source: string;
}

export const regionCount = (connectome: Connectome): number => connectome.labels.length;
