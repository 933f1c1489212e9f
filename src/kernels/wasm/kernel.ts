import { fault } from "../../core/fault.js";
import type { Program, Start } from "../../ir/program.js";
import { channelsOf, checkParts, pastRows } from "../channels.js";
import type { Backend, BlowUp, Kernel, KernelOptions } from "../kernel.js";
import { firstNonFinite } from "../non-finite.js";
import { numpySums } from "../numpy-sums.js";
import { fillMemory } from "./fill.js";
import type { Plan } from "./layout.js";
import { kernelModule } from "./module.js";
import { defaultVariant } from "./variants.js";

export const wasm: Backend = {
  id: "wasm",
  about: "WebAssembly SIMD, written for the program at hand; needs nothing but the JavaScript engine",
  refuses: () => (hasSimd() ? undefined : "this JavaScript engine has no WebAssembly SIMD"),
  compile: async (program, start, options) => wasmKernel(program, start, options),
};

/** A module with one v128 instruction. */
const simdProbe = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  4,
  1,
  96,
  0,
  0,
  3,
  2,
  1,
  0,
  10,
  9,
  1,
  7,
  0,
  65,
  0,
  253,
  15,
  26,
  11,
);

/** Whether this JavaScript engine knows 128-bit vectors. */
export const hasSimd = (): boolean => WebAssembly.validate(simdProbe);

interface Exports {
  readonly noise?: (quadLow: number, quadHigh: number, quads: number) => void;
  readonly far?: (position: number) => void;
  readonly near?: (base: number, row: number) => void;
  readonly rows: (from: number, to: number, noiseRow: number) => void;
  readonly push?: (from: number, to: number, position: number) => void;
  readonly mirror?: () => void;
  /** In programs with parts, instead of `rows`. */
  readonly part?: () => void;
  readonly commit?: (from: number, to: number, noiseRow: number) => void;
  readonly check: () => number;
  readonly accumulate: (slot: number, from: number, to: number) => void;
  readonly mean: (slot: number, divisor: number) => void;
}

function wasmKernel(program: Program, start: Start, options: KernelOptions): Kernel {
  checkParts(program);
  const { slots, guard = true, variant = defaultVariant(program) } = options;
  const { bytes, constants, plan, pages } = kernelModule(program, variant, slots);
  const memory = new WebAssembly.Memory({ initial: pages });
  // At once: a module of some kilobytes compiles in less time than handing it to another thread takes.
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const run = instance.exports as unknown as Exports;
  return assembleKernel(program, start, { run, memory, plan, constants, guard, slots });
}

interface Parts {
  readonly run: Exports;
  readonly memory: WebAssembly.Memory;
  readonly plan: Plan;
  readonly constants: Uint8Array;
  readonly guard: boolean;
  readonly slots: number;
}

function assembleKernel(program: Program, start: Start, { run, memory, plan, constants, guard, slots }: Parts): Kernel {
  const { layout } = plan;
  const { at, padded, elementBytes: B, block, ring, ringRow, recentDepth, recentRows } = layout;
  const blockSteps = program.parts ? 1 : block;
  const { regions: n, channels, lookahead } = program;
  const variables = program.stateNames.length;
  const single = program.precision === "f32";
  const buffer = memory.buffer;
  const floats = (address: number, length: number): Float32Array | Float64Array =>
    single ? new Float32Array(buffer, address, length) : new Float64Array(buffer, address, length);
  const rowBytes = padded * B;
  const bytes = new Uint8Array(buffer);
  bytes.set(constants, at.constants);
  const state = floats(at.state, variables * padded);
  const snapshot = floats(at.snapshot, variables * padded);
  const sent = floats(at.sent, channels * padded);
  const sentBefore = floats(at.sentBefore, channels * padded);

  fillMemory(program, start, plan, buffer);
  run.mirror?.();

  let now = start.step;
  let ringPosition = ring > 0 ? now % ring : 0;
  /** Rows of the last call; what it left at its last row is moved to row 0 by the next. */
  let carried = 0;

  if (lookahead) firstSums();

  /** The sums at the very first step: computed as row `lookahead` of a block that begins one step earlier. */
  function firstSums(): void {
    if (run.far) {
      run.far(ringPosition);
      for (let c = 0; c < channels; c++) moveRow(at.sums + c * (block + 1) * rowBytes, 1, 0, 1);
    }
    run.near?.(0, 0);
    sumAsNumpy(0);
  }

  /** `compat: tvb`: the sums at the start of step `row` of a block. */
  function sumAsNumpy(row: number): void {
    program.numpySums?.forEach((kind, c) => {
      const recent = floats(at.recent + c * recentRows * rowBytes, recentRows * padded);
      const out = floats(at.sums + (c * (block + 1) + row) * rowBytes, padded);
      const { delay, source } = program.edges;
      const value = (e: number) => recent[(recentDepth + row - (delay[e] ?? 0)) * padded + (source[e] ?? 0)] ?? 0;
      numpySums(program.edges, value, kind, (i, sum) => (out[i] = sum));
    });
  }

  function moveRow(base: number, from: number, to: number, rows: number): void {
    bytes.copyWithin(base + to * rowBytes, base + from * rowBytes, base + (from + rows) * rowBytes);
  }

  /** Makes room for a block and sums over its far edges. */
  function begin(): void {
    if (carried > 0) {
      for (let c = 0; c < channels; c++) {
        if (lookahead) moveRow(at.sums + c * (block + 1) * rowBytes, carried, 0, 1);
        if (recentRows > 0) moveRow(at.recent + c * recentRows * rowBytes, carried, 0, recentDepth + 1);
      }
    }
    carried = 0;
    if (run.far) run.far((ringPosition + lookahead) % ring);
  }

  /** Takes steps without looking at the result. */
  function take(steps: number): void {
    begin();
    const quad = Math.floor(now / 4);
    const lastQuad = Math.floor((now + steps - 1) / 4);
    run.noise?.((quad % 2 ** 32) | 0, Math.floor(quad / 2 ** 32), lastQuad - quad + 1);
    if (program.numpySums)
      for (let row = 0; row < steps; row++) {
        sumAsNumpy(row + lookahead);
        run.rows(row, row + 1, now % 4);
      }
    else run.rows(0, steps, now % 4);
    end(steps);
  }

  /** Files what the steps have sent, and counts them. */
  function end(steps: number): void {
    if (run.push) {
      // The new values belong behind the ring's position, in two parts where it wraps.
      const first = (ringPosition + 1) % ring;
      const before = Math.min(steps, ring - first);
      run.push(0, before, first);
      if (before < steps) run.push(before, steps, 0);
    }
    const next = ringPosition + steps;
    // Positions ringPosition + 1 … next were written; the mirror holds positions below `block`.
    if (ring > 0 && (next >= ring || ringPosition + 1 < block)) run.mirror?.();
    ringPosition = ring > 0 ? next % ring : 0;
    now += steps;
    carried = steps;
  }

  const realState = (from: Float32Array | Float64Array): Float64Array => {
    const out = new Float64Array(variables * n);
    for (let v = 0; v < variables; v++) for (let i = 0; i < n; i++) out[v * n + i] = from[v * padded + i] ?? NaN;
    return out;
  };

  /** Goes back to the start of the block and walks it step by step to the first bad value. */
  function locate(steps: number): BlowUp | undefined {
    state.set(snapshot);
    sent.set(sentBefore);
    now -= steps;
    ringPosition = ring > 0 ? (((ringPosition - steps) % ring) + ring) % ring : 0;
    carried = 0;
    for (let k = 0; k < steps; k++) {
      const before = realState(state);
      // Single steps read row 0.
      for (const drive of layout.drives) {
        const from = drive.at + k * drive.rowBytes;
        bytes.copyWithin(drive.at, from, from + drive.rowBytes);
      }
      take(1);
      const found = firstNonFinite(realState(state), before, n, now);
      if (found) return found;
    }
    return undefined;
  }

  /** Lanes that stand for no region repeat the last one, as the state's and the parameters' do. */
  function padDrives(rows: number): void {
    program.drives.forEach(({ uniform }, j) => {
      const values = drives[j]?.data;
      if (uniform || !values) return;
      for (let row = 0; row < rows; row++)
        values.fill(values[row * padded + n - 1] ?? 0, row * padded + n, (row + 1) * padded);
    });
  }

  function remember(): void {
    snapshot.set(state);
    if (plan.instant.slots > 0) sentBefore.set(sent);
  }

  /** After steps on the remembered state. */
  function firstBad(find: () => BlowUp | undefined): BlowUp | undefined {
    if (run.check() === 0) return undefined;
    if (realState(state).some((x) => !Number.isFinite(x))) {
      const found = find();
      if (!found) throw fault("BUG", "a non-finite value could not be found again");
      return found;
    }
    // Only lanes that stand for no region: put them back.
    for (let v = 0; v < variables; v++)
      for (let i = n; i < padded; i++) state[v * padded + i] = state[v * padded + n - 1] ?? 0;
    return undefined;
  }

  const part = floats(at.part, 2);
  /** A step is being taken in parts. */
  let underWay = false;
  function beginParts(): void {
    if (!program.parts) throw fault("BUG", "this program takes whole steps only");
    if (underWay) return;
    underWay = true;
    remember();
    begin();
    run.near?.(lookahead * rowBytes, lookahead * rowBytes);
    sumAsNumpy(lookahead);
  }
  function takePart(from: number, size: number): void {
    beginParts();
    padDrives(1);
    part[0] = from;
    part[1] = size;
    run.part?.();
  }
  function commit(): BlowUp | undefined {
    beginParts();
    underWay = false;
    run.commit?.(0, 1, 0);
    end(1);
    return guard ? firstBad(() => firstNonFinite(realState(state), realState(snapshot), n, now)) : undefined;
  }

  function past(): Float64Array {
    if (recentRows === 0) return channelsOf(program, realState(state));
    const rows = pastRows(program);
    const out = new Float64Array(rows * channels * n);
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < n; i++) {
        const history = ring > 0 ? floats(at.ring + (c * padded + i) * ringRow, ring) : undefined;
        const recent = floats(at.recent + c * recentRows * rowBytes, recentRows * padded);
        for (let back = 0; back < rows; back++)
          out[((rows - 1 - back) * channels + c) * n + i] =
            (history
              ? history[(ringPosition - back + ring) % ring]
              : recent[(recentDepth + carried - back) * padded + i]) ?? NaN;
      }
    return out;
  }

  const drives = program.drives.map(({ uniform }, j) => ({
    data: floats(layout.drives[j]?.at ?? 0, block * (uniform ? 1 : padded)),
    offset: 0,
    stride: uniform ? 1 : padded,
  }));
  const observables = program.observe.length;
  const observed = program.observe.map((_, o) => ({
    data: floats(at.observed + o * block * rowBytes, block * padded),
    offset: 0,
    stride: padded,
  }));
  const means = program.observe.map((_, o) => floats(at.means + o * rowBytes, n));
  const accumulators = Array.from(
    { length: slots },
    (_, slot) => new Float64Array(buffer, at.accumulators + slot * observables * padded * 8, observables * padded),
  );

  return {
    backend: "wasm",
    variant: `block ${block}, ${layout.groups} group${layout.groups > 1 ? "s" : ""}`,
    bytes: buffer.byteLength,
    blockSteps,
    step: () => now,
    advance: (steps) => {
      if (!(Number.isInteger(steps) && steps >= 1 && steps <= blockSteps))
        throw fault("BUG", `a kernel takes 1 to ${blockSteps} steps, not ${steps}`);
      if (program.parts) {
        takePart(0, 1);
        return commit();
      }
      padDrives(steps);
      if (guard) remember();
      take(steps);
      return guard ? firstBad(() => locate(steps)) : undefined;
    },
    drive: (j) => {
      const found = drives[j];
      if (!found) throw fault("BUG", `there is no drive ${j}`);
      return found;
    },
    part: takePart,
    commit,
    undo: () => {
      if (!underWay) return;
      state.set(snapshot);
      sent.set(sentBefore);
    },
    observed: (o) => observed[o] ?? { data: state, offset: 0, stride: padded },
    accumulate: (slot, from, to) => run.accumulate(slot * observables * padded * 8, from, to),
    mean: (slot, count) => {
      run.mean(slot * observables * padded * 8, count);
      return means;
    },
    drain: (slot, to = new Float64Array(observables * n)) => {
      const sums = accumulators[slot];
      if (!sums) return to;
      for (let o = 0; o < observables; o++) for (let i = 0; i < n; i++) to[o * n + i] = sums[o * padded + i] as number;
      sums.fill(0);
      return to;
    },
    accumulated: (slot) => {
      const out = new Float64Array(observables * n);
      const sums = accumulators[slot];
      for (let o = 0; o < observables; o++) out.set(sums?.subarray(o * padded, o * padded + n) ?? [], o * n);
      return out;
    },
    setAccumulated: (slot, values) => {
      for (let o = 0; o < observables; o++) accumulators[slot]?.set(values.subarray(o * n, (o + 1) * n), o * padded);
    },
    state: () => realState(state),
    past,
    dispose: () => undefined,
  };
}
