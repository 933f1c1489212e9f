import { crc32, deflateRawSync } from "node:zlib";

/** An archive entry in which every field can be a lie. */
export interface MadeEntry {
  name: string | Uint8Array;
  contents?: Uint8Array | string;
  localName?: string;
  method?: number;
  size?: number;
  packed?: Uint8Array;
  packedSize?: number;
  crc?: number;
  flags?: number;
  mode?: number;
  at?: number;
}

const bytesOf = (text: string | Uint8Array) => (typeof text === "string" ? new TextEncoder().encode(text) : text);

/** A zip made by hand, for tests of what readers refuse. */
export function makeZip(entries: readonly MadeEntry[], { count = entries.length, comment = "" } = {}): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const contents = bytesOf(entry.contents ?? "");
    const method = entry.method ?? 8;
    const packed = Buffer.from(entry.packed ?? (method === 8 ? deflateRawSync(contents) : contents));
    const name = Buffer.from(bytesOf(entry.name));
    const local = Buffer.from(bytesOf(entry.localName ?? entry.name));
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(method, 8);
    head.writeUInt32LE(entry.crc ?? crc32(contents), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(entry.size ?? contents.length, 22);
    head.writeUInt16LE(local.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(entry.flags ?? 0x800, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(entry.crc ?? crc32(contents), 16);
    central.writeUInt32LE(entry.packedSize ?? packed.length, 20);
    central.writeUInt32LE(entry.size ?? contents.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(entry.at ?? at, 42);
    parts.push(head, local, packed);
    at += 30 + local.length + packed.length;
    directory.push(central, name);
  }
  const body = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(body.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return new Uint8Array(Buffer.concat([...parts, body, end, Buffer.from(comment)]));
}
