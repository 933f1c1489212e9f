import { Fault, fault } from "../core/fault.js";

/** A path as a person may see it: relative ones as given, absolute ones by their last part, so that no home folder leaks. */
export const shownPath = (path: string): string =>
  /^([/\\]|[A-Za-z]:)/.test(path) ? (path.split(/[/\\]/).filter(Boolean).at(-1) ?? "/") : path;

const reasons: Readonly<Record<string, readonly [why: string, next: string]>> = {
  ENOENT: ["it does not exist", "check the spelling of the path"],
  ENOTDIR: ["a part of the path is a file, not a folder", "check the path"],
  EISDIR: ["it is a folder, not a file", "name a file in it"],
  EACCES: ["permission is denied", "change its permissions, or use another folder"],
  EPERM: ["permission is denied", "change its permissions, or use another folder"],
  EROFS: ["the file system is read-only", "use another folder"],
  ENOSPC: ["the disk is full", "free some space, or write elsewhere with --out"],
  EDQUOT: ["the disk quota is used up", "free some space, or write elsewhere with --out"],
  EFBIG: ["the file would be larger than the system allows", "write elsewhere, or record less"],
  EMFILE: ["too many files are open", "raise the limit (ulimit -n) or use fewer workers"],
  ENFILE: ["too many files are open on this machine", "try again later"],
  EIO: ["the device reported an input/output error", "check the disk before trusting it again"],
  ENAMETOOLONG: ["the name is too long", "use a shorter name"],
  ELOOP: ["symbolic links form a loop", "check the path"],
};

/** A Fault for an error of the operating system, without its message: that may hold an absolute path. */
export function faultOf(code: "FILE" | "OUTPUT", path: string, cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  const name =
    typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const [why, next] = reasons[name] ?? [name === "" ? "an unknown error" : `error ${name}`, undefined];
  return fault(code, code === "FILE" ? "cannot read a file" : "cannot write the output", {
    where: shownPath(path),
    why,
    next,
    data: { errno: name },
    cause,
  });
}
