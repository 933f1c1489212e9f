/**
 * A small WebAssembly encoder: just what the kernels need. Code is a list of bytes and references to locals; locals
 * get their numbers when a function is finished, so they can be made at any time.
 */
export type ValueKind = "i32" | "f32" | "f64" | "v128";

export interface Local {
  readonly kind: ValueKind;
  /** Set when the function is encoded. */
  index: number;
}

export type Item = number | Local;
export type Code = readonly Item[];

const kindByte: Readonly<Record<ValueKind, number>> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };

export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return bytes;
}

export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && !(byte & 0x40)) || (rest === -1 && byte & 0x40)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

const text = (value: string): number[] => {
  const bytes = [...new TextEncoder().encode(value)];
  return [...unsigned(bytes.length), ...bytes];
};
const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];

/** A function under construction. */
export interface Fn {
  readonly name: string;
  readonly exported: boolean;
  readonly params: readonly Local[];
  readonly result: ValueKind | undefined;
  readonly index: number;
  readonly local: (kind: ValueKind) => Local;
  readonly emit: (...code: Code[]) => void;
  readonly bytes: () => number[];
}

export interface ModuleBuilder {
  readonly fn: (name: string, params: readonly ValueKind[], options?: { exported?: boolean; result?: ValueKind }) => Fn;
  /** The module: imports one memory as `env.memory`, exports the exported functions. */
  readonly bytes: (pages: number) => Uint8Array<ArrayBuffer>;
}

function pushAll(into: number[], bytes: readonly number[]): void {
  for (const byte of bytes) into.push(byte);
}

export function moduleBuilder(): ModuleBuilder {
  const fns: Fn[] = [];
  return {
    fn: (name, params, { exported = false, result } = {}) => {
      const locals: Local[] = params.map((kind) => ({ kind, index: -1 }));
      const extra: Local[] = [];
      const code: Item[] = [];
      const made: Fn = {
        name,
        exported,
        params: locals,
        result,
        index: fns.length,
        local: (kind) => {
          const l: Local = { kind, index: -1 };
          extra.push(l);
          return l;
        },
        emit: (...parts) => {
          for (const part of parts) for (const item of part) code.push(item);
        },
        bytes: () => {
          locals.forEach((l, k) => (l.index = k));
          // Locals are declared in runs of one kind.
          const kinds: ValueKind[] = ["i32", "f32", "f64", "v128"];
          const groups = kinds.map((kind) => extra.filter((l) => l.kind === kind)).filter((g) => g.length > 0);
          let next = locals.length;
          for (const group of groups) for (const l of group) l.index = next++;
          const body: number[] = vector(groups.map((g) => [...unsigned(g.length), kindByte[g[0]?.kind ?? "i32"]]));
          for (const item of code) {
            if (typeof item === "number") body.push(item);
            else pushAll(body, unsigned(item.index));
          }
          body.push(0x0b);
          const out = unsigned(body.length);
          pushAll(out, body);
          return out;
        },
      };
      fns.push(made);
      return made;
    },
    bytes: (pages) => {
      const section = (id: number, content: readonly number[]): number[] => {
        const out = [id, ...unsigned(content.length)];
        pushAll(out, content);
        return out;
      };
      const types = fns.map((f) => [
        0x60,
        ...vector(f.params.map((p) => [kindByte[p.kind]])),
        ...(f.result ? [1, kindByte[f.result]] : [0]),
      ]);
      const code: number[] = unsigned(fns.length);
      for (const f of fns) pushAll(code, f.bytes());
      const exported = fns.filter((f) => f.exported);
      const all: number[] = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
      pushAll(all, section(1, vector(types)));
      pushAll(all, section(2, vector([[...text("env"), ...text("memory"), 0x02, 0x00, ...unsigned(pages)]])));
      pushAll(all, section(3, vector(fns.map((_, k) => unsigned(k)))));
      pushAll(all, section(7, vector(exported.map((f) => [...text(f.name), 0x00, ...unsigned(f.index)]))));
      pushAll(all, section(10, code));
      // Names, so that a profile or a disassembly can be read.
      const names = vector(fns.map((f) => [...unsigned(f.index), ...text(f.name)]));
      pushAll(all, section(0, [...text("name"), 1, ...unsigned(names.length), ...names]));
      return Uint8Array.from(all);
    },
  };
}
