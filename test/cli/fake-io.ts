import { main } from "../../src/cli/run.js";
import type { Io } from "../../src/cli/io.js";
import { joinPath, memoryDisk, type Disk } from "../../src/storage/disk.js";

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly disk: Disk;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A disk in memory that holds these files. */
export async function diskWith(files: Files): Promise<Disk> {
  const disk = memoryDisk();
  for (const [path, content] of Object.entries(files)) {
    if (path.includes("/")) await disk.makeFolder(path.slice(0, path.lastIndexOf("/")));
    await disk.write(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
  }
  return disk;
}

/** Runs one command line. */
export async function laennec(
  argv: readonly string[],
  {
    input = "",
    disk = memoryDisk(),
    signal = new AbortController().signal,
  }: { readonly input?: string; readonly disk?: Disk; readonly signal?: AbortSignal } = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const io: Io = {
    disk,
    print: (text) => void (out += `${text}\n`),
    warn: (text) => void (err += text),
    terminal: false,
    readInput: async () => new TextEncoder().encode(input),
    interruption: () => ({ signal, done: () => undefined }),
  };
  const status = await main(argv, io);
  return { status, out, err, disk };
}

/** Every file on a disk, with its size. */
export async function tree(disk: Disk, folder = "."): Promise<string[]> {
  const found: string[] = [];
  for (const name of await disk.list(folder)) {
    const path = joinPath(folder, name);
    if ((await disk.kind(path)) === "folder") found.push(...(await tree(disk, path)));
    else found.push(`${path} ${(await disk.read(path)).length}`);
  }
  return found;
}
