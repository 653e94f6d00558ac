import { goQuote } from "../../api/encoding/go-quote.ts";
import { notSimulated } from "../../api/status.ts";
import { errnoText } from "../../platform/errno.ts";
import type { Place } from "../../programs/place.ts";
import { cleanPath } from "../clean-path.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { makeFolders, writeFile } from "../local-files.ts";

/** All files of a container. */
export type ContainerFiles = NonNullable<Place["container"]>;
type WriteFailure = NonNullable<ReturnType<ContainerFiles["write"]>>;

/** Whose tar the container has: each has words of its own. */
export type TarStyle = "gnu" | "busybox";

const join = (...parts: string[]) => cleanPath(parts.filter((part) => part !== "").join("/"));
const absolute = (cwd: string, path: string) => cleanPath(path.startsWith("/") ? path : `${cwd}/${path}`);
const parent = (path: string) => cleanPath(path.replace(/[^/]*$/, ""));
const last = (path: string) => cleanPath(path).replace(/^.*\/(?=.)/, "");

/** Whether a path is below another one, or that itself. */
function inside(base: string, path: string): boolean {
  const root = cleanPath(base);
  if (root === ".") return !path.startsWith("/") && path !== ".." && !path.startsWith("../");
  return path === root || path.startsWith(root === "/" ? "/" : `${root}/`);
}

/**
 * `tar cf - FROM` in the container, unpacked to `to` on this machine. The exit status of tar.
 * Models kubectl pkg/cmd/cp/cp.go copyFromPod and untarAll; GNU tar src/names.c and create.c, BusyBox archival/tar.c.
 */
export function copyOut(
  files: ContainerFiles,
  cwd: string,
  from: string,
  to: string,
  style: TarStyle,
  context: CommandContext,
): number {
  const { streams } = context;
  const source = absolute(cwd, from);
  // kubectl hands tar's standard error on to its own standard output.
  const say = (text: string) => streams.out.write(`tar: ${text}\n`);
  // What a member's name may not begin with: the root, and anything up to a last `..`.
  const [leading = ""] = /^(?:.*\/)?\.\.(?:\/|$)|^\/+/.exec(from) ?? [];
  const top = from.slice(leading.length);
  const removing =
    style === "gnu"
      ? `Removing leading \`${leading}' from member names`
      : `removing leading '${leading}' from member names`;
  if (!files.exists(source)) {
    if (style === "gnu") {
      if (leading !== "") say(removing);
      say(`${from}: Cannot stat: No such file or directory`);
      say("Exiting with failure status due to previous errors");
      return 2;
    }
    say(`${from}: No such file or directory`);
    say("error exit delayed from previous errors");
    return 1;
  }
  if (leading !== "") say(removing);
  const prefix = cleanPath(top)
    .replace(/^(\.\.\/)+/, "")
    .replace(/^\.{1,2}$/, "");
  const unpack = (name: string, path: string): void => {
    if (!name.startsWith(prefix)) throw new CommandError("tar contents corrupted");
    const target = join(to, name.slice(prefix.length));
    if (!inside(to, target)) {
      streams.err.write(`warning: file ${goQuote(target)} is outside target destination, skipping\n`);
      return;
    }
    if (files.isDirectory(path)) {
      makeFolders(target, context);
      for (const child of files.list(path)) unpack(`${name}/${child}`, join(path, child));
      return;
    }
    makeFolders(parent(target), context);
    writeFile(target, files.read(path) ?? new Uint8Array(), context);
  };
  unpack(cleanPath(top) === "." ? "" : cleanPath(top), source);
  return 0;
}

/** `tar -xmf - -C FOLDER` in the container, of what is here. The exit status of tar. Models copyToPod and recursiveTar. */
export function copyIn(
  container: ContainerFiles,
  cwd: string,
  source: string,
  to: string,
  style: TarStyle,
  context: CommandContext,
): number {
  const { files, streams } = context;
  const wanted = absolute(cwd, to);
  const target = container.isDirectory(wanted) ? join(wanted, last(source)) : wanted;
  const say = (text: string) => streams.err.write(`tar: ${text}\n`);
  const folder = parent(target);
  if (!container.isDirectory(folder)) {
    const shown = parent(to);
    if (style === "busybox") {
      say(`can't change directory to '${shown}': No such file or directory`);
      return 1;
    }
    say(`${shown}: Cannot open: No such file or directory`);
    say("Error is not recoverable: exiting now");
    return 2;
  }
  let failed = false;
  const tell = (name: string, failure: WriteFailure): void => {
    failed = true;
    const why = errnoText(failure);
    say(style === "gnu" ? `${name}: Cannot open: ${why}` : `can't open '${name}': ${why}`);
  };
  const pack = (here: string, name: string): void => {
    if (failed && style === "busybox") return;
    if (files.readlink(here) !== undefined) throw notSimulated(`the symbolic link ${here} in a container`);
    const there = join(folder, name);
    if (!files.isDirectory(here)) {
      const failure = makeInside(container, parent(there)) ?? container.write(there, files.read(here));
      if (failure) tell(name, failure);
      return;
    }
    const children = files.list(here).sort();
    if (children.length === 0) {
      const failure = makeInside(container, there);
      if (failure) tell(name, failure);
    }
    for (const child of children) pack(`${here}/${child}`, `${name}/${child}`);
  };
  pack(cleanPath(source), last(target));
  if (!failed) return 0;
  if (style === "gnu") say("Exiting with failure status due to previous errors");
  return style === "gnu" ? 2 : 1;
}

function makeInside(container: ContainerFiles, path: string): WriteFailure | undefined {
  if (container.isDirectory(path)) return undefined;
  return makeInside(container, parent(path)) ?? container.makeDirectory(path);
}
