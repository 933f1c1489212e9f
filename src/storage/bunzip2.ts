import { fault } from "../core/fault.js";

/**
 * Inflates bzip2 (the format that some of TVB's connectivity archives hold inside a zip): Burrows-Wheeler blocks of
 * Huffman-coded, move-to-front, run-length coded bytes. Written from the format's description (J. Seward's bzip2;
 * J. Tsai, "BZIP2: Format Specification", 2016). Block and stream checksums are verified.
 */
export function bunzip2(packed: Uint8Array, { where = "bz2", maxBytes = 2 ** 28 } = {}): Uint8Array {
  const bad = (why: string) => fault("DATA", "the bzip2 data is damaged", { where, why });
  const bits = bitReader(packed, bad);
  const chunks: Uint8Array[] = [];
  let total = 0;
  do {
    if (bits(24) !== 0x425a68) throw bad("it does not begin like bzip2");
    const level = bits(8) - 0x30;
    if (level < 1 || level > 9) throw bad("its block size is unknown");
    let combined = 0;
    for (;;) {
      const [high, low] = [bits(24), bits(24)];
      if (high === 0x177245 && low === 0x385090) break;
      if (high !== 0x314159 || low !== 0x265359) throw bad("a block does not begin");
      const expected = bits(32);
      const block = readBlock(bits, level * 100_000, maxBytes - total, bad);
      if (blockCrc(block) !== expected) throw bad("a checksum does not match");
      combined = (((combined << 1) | (combined >>> 31)) ^ expected) >>> 0;
      total += block.length;
      chunks.push(block);
    }
    if (bits(32) !== combined) throw bad("the checksum does not match");
    bits.align();
  } while (bits.left() >= 14);
  const out = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

type Bad = (why: string) => Error;

function bitReader(bytes: Uint8Array, bad: Bad) {
  let at = 0;
  let held = 0;
  let count = 0;
  const one = (): number => {
    if (count === 0) {
      const byte = bytes[at++];
      if (byte === undefined) throw bad("it is cut off");
      [held, count] = [byte, 8];
    }
    count--;
    return (held >> count) & 1;
  };
  const read = (n: number): number => {
    let value = 0;
    for (let k = 0; k < n; k++) value = value * 2 + one();
    return value;
  };
  return Object.assign(read, { one, align: () => void (count = 0), left: () => bytes.length - at });
}
type Bits = ReturnType<typeof bitReader>;

function readBlock(bits: Bits, maxBlock: number, maxOut: number, bad: Bad): Uint8Array {
  if (bits.one() !== 0) throw bad("randomised blocks, which bzip2 gave up long ago, are not read");
  const origin = bits(24);
  const used: number[] = [];
  const groups = bits(16);
  for (let g = 0; g < 16; g++) {
    if (((groups >> (15 - g)) & 1) === 0) continue;
    const members = bits(16);
    for (let k = 0; k < 16; k++) if ((members >> (15 - k)) & 1) used.push(g * 16 + k);
  }
  if (used.length === 0) throw bad("a block uses no byte");
  const symbols = used.length + 2;
  const tableCount = bits(3);
  const selectorCount = bits(15);
  if (tableCount < 2 || tableCount > 6 || selectorCount < 1) throw bad("a block's tables are wrong");
  const order = Array.from({ length: tableCount }, (_, k) => k);
  const selectors = Array.from({ length: selectorCount }, () => {
    let k = 0;
    while (bits.one() === 1) if (++k >= tableCount) throw bad("a selector is wrong");
    const [table = 0] = order.splice(k, 1);
    order.unshift(table);
    return table;
  });
  const tables = Array.from({ length: tableCount }, () => readTable(bits, symbols, bad));

  // Huffman, then runs of zeros, then move to front.
  const column = new Uint8Array(maxBlock);
  let length = 0;
  let [run, runStep] = [0, 1];
  const flushRun = () => {
    if (length + run > maxBlock) throw bad("a block is too long");
    column.fill(used[0] ?? 0, length, length + run);
    length += run;
    [run, runStep] = [0, 1];
  };
  for (let k = 0; ; k++) {
    const table = tables[selectors[Math.floor(k / 50)] ?? -1];
    if (table === undefined) throw bad("a block has too few selectors");
    const symbol = table(bits);
    if (symbol <= 1) {
      run += runStep << symbol;
      runStep *= 2;
      if (run > maxBlock) throw bad("a block is too long");
      continue;
    }
    if (run > 0) flushRun();
    if (symbol === symbols - 1) break;
    const [byte = 0] = used.splice(symbol - 1, 1);
    used.unshift(byte);
    if (length >= maxBlock) throw bad("a block is too long");
    column[length++] = byte;
  }
  return undoRuns(undoSort(column.subarray(0, length), origin, bad), maxOut, bad);
}

/** Canonical Huffman codes of up to 20 bits; returns a decoder of one symbol. */
function readTable(bits: Bits, symbols: number, bad: Bad): (bits: Bits) => number {
  const lengths: number[] = [];
  let length = bits(5);
  for (let k = 0; k < symbols; k++) {
    for (;;) {
      if (length < 1 || length > 20) throw bad("a code is too long");
      if (bits.one() === 0) break;
      length += bits.one() === 0 ? 1 : -1;
    }
    lengths.push(length);
  }
  const counts = new Array<number>(21).fill(0);
  for (const each of lengths) counts[each] = (counts[each] ?? 0) + 1;
  const sorted = lengths
    .map((each, symbol) => ({ each, symbol }))
    .sort((a, b) => a.each - b.each || a.symbol - b.symbol);
  return (source) => {
    let [code, first, index] = [0, 0, 0];
    for (let each = 1; each <= 20; each++) {
      code = code * 2 + source.one();
      const count = counts[each] ?? 0;
      if (code - first < count) return sorted[index + code - first]?.symbol ?? 0;
      index += count;
      first = (first + count) * 2;
    }
    throw bad("a code is unknown");
  };
}

/** The inverse of the Burrows-Wheeler transform. */
function undoSort(column: Uint8Array, origin: number, bad: Bad): Uint8Array {
  if (origin >= column.length) throw bad("a block's origin lies outside of it");
  const starts = new Uint32Array(257);
  for (const byte of column) starts[byte + 1] = (starts[byte + 1] ?? 0) + 1;
  for (let k = 1; k < 257; k++) starts[k] = (starts[k] ?? 0) + (starts[k - 1] ?? 0);
  const next = new Uint32Array(column.length);
  column.forEach((byte, k) => {
    const at = starts[byte] ?? 0;
    next[at] = k;
    starts[byte] = at + 1;
  });
  const out = new Uint8Array(column.length);
  let at = next[origin] ?? 0;
  for (let k = 0; k < out.length; k++) {
    out[k] = column[at] ?? 0;
    at = next[at] ?? 0;
  }
  return out;
}

/** After four equal bytes comes a count of further ones. */
function undoRuns(coded: Uint8Array, maxOut: number, bad: Bad): Uint8Array {
  const decode = (out: Uint8Array | undefined): number => {
    let [length, same, last] = [0, 0, -1];
    for (const byte of coded) {
      if (same === 4) {
        out?.fill(last, length, length + byte);
        length += byte;
        [same, last] = [0, -1];
        continue;
      }
      same = byte === last ? same + 1 : 1;
      last = byte;
      if (out) out[length] = byte;
      length++;
    }
    return length;
  };
  const size = decode(undefined);
  if (size > maxOut) throw bad("it inflates to too many bytes");
  const out = new Uint8Array(size);
  decode(out);
  return out;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, k) => {
  let value = k << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

function blockCrc(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
