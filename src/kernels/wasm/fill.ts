import type { Edges, Program, Start } from "../../ir/program.js";
import { channelsOf } from "../channels.js";
import { fillPanels } from "./dense.js";
import { sideParts, type Plan, type SideBySide } from "./layout.js";

/** Writes everything that a kernel finds in its memory: state, parameters, edges and the past. */
export function fillMemory(program: Program, start: Start, plan: Plan, buffer: ArrayBuffer): void {
  const { at, padded, elementBytes: B, ring, ringRow, recentDepth, recentRows } = plan.layout;
  const { regions: n, channels } = program;
  const rowBytes = padded * B;
  const floats = (address: number, length: number): Float32Array | Float64Array =>
    B === 4 ? new Float32Array(buffer, address, length) : new Float64Array(buffer, address, length);

  /** Lanes beyond the last region repeat it, so that they stay as tame as it is. */
  const spread = (into: Float32Array | Float64Array, offset: number, valueOf: (region: number) => number) => {
    for (let i = 0; i < padded; i++) into[offset + i] = valueOf(Math.min(i, n - 1));
  };
  const state = floats(at.state, program.stateNames.length * padded);
  for (let v = 0; v < program.stateNames.length; v++) spread(state, v * padded, (i) => start.state[v * n + i] ?? 0);
  const regional = floats(at.regional, program.regional.length * padded);
  program.regional.forEach((values, k) => spread(regional, k * padded, (i) => values[i] ?? 0));
  for (const [table, address] of plan.tables) floats(address, table.values.length).set(table.values);
  writeFarEdges(program, plan, buffer, floats);
  writeSide(
    program.edges,
    plan.near,
    at.near,
    (e) => ((recentDepth - (program.edges.delay[e] ?? 0)) * padded + (program.edges.source[e] ?? 0)) * B,
  );
  writeSide(program.instant, plan.instant, at.instantEdges, (e) => (program.instant.source[e] ?? 0) * B);

  if (plan.dense) fillPanels(program.instant, plan.dense, 16 / B, floats(at.dense, plan.dense.bytes / B));

  function writeSide(edges: Edges, list: SideBySide, address: number, offsetOf: (edge: number) => number): void {
    new Uint32Array(buffer, address, list.start.length).set(list.start);
    const { padsFrom, offsets, weights, masks } = sideParts(list, B);
    new Uint32Array(buffer, address + padsFrom, list.padsFrom.length).set(list.padsFrom);
    new Int32Array(buffer, address + offsets, list.edge.length).set(list.edge.map((e) => (e < 0 ? 0 : offsetOf(e))));
    floats(address + weights, list.edge.length).set(
      Float64Array.from(list.edge, (e, k) => (list.counts[k] ? (edges.weight[e] ?? 0) : 0)),
    );
    const words = new Uint32Array(buffer, address + masks, (list.idle.length * B) / 4);
    words.forEach((_, k) => (words[k] = list.idle[Math.floor((k * 4) / B)] ? 0xffffffff : 0));
  }

  const newest = channelsOf(program, start.state);
  const olderValue = (back: number, c: number, i: number): number =>
    start.past[(Math.max(0, start.pastRows - 1 - back) * channels + c) * n + i] ?? 0;
  const pastValue = (back: number, c: number, i: number): number =>
    back === 0 ? (newest[c * n + i] ?? 0) : olderValue(back, c, i);
  if (recentRows > 0)
    for (let c = 0; c < channels; c++)
      for (let back = 0; back <= recentDepth; back++)
        floats(at.recent + (c * recentRows + recentDepth - back) * rowBytes, n).forEach(
          (_, i, row) => (row[i] = pastValue(back, c, i)),
        );
  if (ring > 0) {
    const reach = Math.min(program.maxDelay, ring - 1);
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < n; i++) {
        const row = floats(at.ring + (c * padded + i) * ringRow, ring);
        // Further back than the past that was given, its oldest value holds.
        row.fill(olderValue(start.pastRows - 1, c, i));
        for (let back = 0; back <= Math.min(reach, start.pastRows - 1); back++)
          row[(((start.step - back) % ring) + ring) % ring] = pastValue(back, c, i);
      }
  }
  for (let c = 0; c < channels; c++)
    floats(at.sent + c * rowBytes, n).forEach((_, i, row) => (row[i] = pastValue(0, c, i)));
}

function writeFarEdges(
  program: Program,
  plan: Plan,
  buffer: ArrayBuffer,
  floats: (address: number, length: number) => Float32Array | Float64Array,
): void {
  const { at, ringRow } = plan.layout;
  const { edges, regions } = program;
  const count = plan.farCount;
  const start = new Uint32Array(buffer, at.farStart, regions + 1);
  const delays = new Int32Array(buffer, at.farDelay, count);
  const rows = new Int32Array(buffer, at.farRow, count);
  const weights = floats(at.farWeight, count);
  let k = 0;
  for (let target = 0; target < regions; target++) {
    start[target] = k * 4;
    for (let e = edges.start[target] ?? 0; e < (plan.nearFrom[target] ?? 0); e++, k++) {
      delays[k] = edges.delay[e] ?? 0;
      rows[k] = (edges.source[e] ?? 0) * ringRow;
      weights[k] = edges.weight[e] ?? 0;
    }
  }
  start[regions] = k * 4;
}
