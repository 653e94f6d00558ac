import { notSimulated } from "../../api/status.ts";
import type { Pod } from "../../api/types/core.ts";
import { knownProgram } from "../../programs/known-programs.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { type ContainerFiles, copyIn, copyOut, type TarStyle } from "../pod-programs/copy.ts";
import { execContainer, notStarted, requireRunning, terminated } from "../pod-programs/exec-target.ts";
import { NoSuchProgram } from "../pod-programs/execute.ts";
import { type OpenPlace, openPlace } from "../pod-programs/run-program.ts";

interface Spec {
  /** Absent: a file of this machine. */
  pod?: { namespace: string; name: string };
  file: string;
}

interface Options {
  args: string[];
  container: string;
}

/** `cp`. Models kubectl pkg/cmd/cp/cp.go: tar in the container packs or unpacks, kubectl does the other end. */
export default defineCommand<Options>({
  complete({ args, flags }) {
    if (flags.int("retries") !== 0) throw notSimulated("kubectl cp --retries");
    return { args, container: flags.string("container") };
  },
  validate({ args }) {
    if (args.length !== 2) throw new CommandError("source and destination are required");
  },
  async run({ args, container }, context) {
    const [from, to] = args.map((arg) => fileSpec(arg, context.namespace)) as [Spec, Spec];
    if (from.pod && to.pod) throw new CommandError("one of src or dest must be a local file specification");
    if (from.file === "" || to.file === "") throw new CommandError("filepath can not be empty");
    if (from.pod) await fromPod(from, to.file, container, context);
    else if (to.pod) await toPod(from.file, to, container, context);
    else throw new CommandError("one of src or dest must be a remote file specification");
  },
});

/** `[[NAMESPACE/]POD:]PATH`. Models extractFileSpec. */
function fileSpec(text: string, namespace: string): Spec {
  const wrong = () => new CommandError("filespec must match the canonical format: [[namespace/]pod:]file/path");
  const colon = text.indexOf(":");
  if (colon === 0) throw wrong();
  const trimmed = (path: string) => (path === "/" ? path : path.replace(/\/$/, ""));
  if (colon < 0) return { file: trimmed(text) };
  const pieces = text.slice(0, colon).split("/");
  if (pieces.length > 2) throw wrong();
  const [name = "", own] = pieces.reverse();
  return {
    pod: { namespace: own || namespace, name },
    file: trimmed(text.slice(colon + 1)).replaceAll("\\", "/"),
  };
}

interface Opened {
  pod: Pod;
  open: OpenPlace;
  files: ContainerFiles;
  style: TarStyle;
}

/** The container of a spec, with tar in it. `told`: where what exec says of the default container goes. */
async function openContainer(
  { namespace, name }: { namespace: string; name: string },
  wanted: string,
  context: CommandContext,
  told: "out" | "err",
): Promise<Opened> {
  const pod = (await context.client.get("pods", namespace, name)) as Pod;
  const container = execContainer(pod, wanted, false, context, context.streams[told]);
  requireRunning(pod, container.name);
  const open = await openPlace({ kind: "container", pod, container }, context);
  const { toolbox } = open.place;
  if (knownProgram("tar", toolbox) === undefined) throw await notStarted(new NoSuchProgram("tar"), pod, context);
  return { pod, open, files: open.place.container!, style: toolbox.base === "debian" ? "gnu" : "busybox" };
}

async function fromPod(from: Spec, to: string, wanted: string, context: CommandContext): Promise<void> {
  // kubectl hands what tar and exec say on the way out on to its own standard output.
  const { files, open, style } = await openContainer(from.pod!, wanted, context, "out");
  const status = copyOut(files, open.place.cwd, from.file, to, style, context);
  if (status !== 0) throw terminated(status);
}

async function toPod(from: string, to: Spec, wanted: string, context: CommandContext): Promise<void> {
  const { files, processes } = context;
  const source = from.startsWith("/") ? from : `${processes.cwd}/${from}`;
  if (!files.exists(source)) throw new CommandError(`${from} doesn't exist in local filesystem`);
  const opened = await openContainer(to.pod!, wanted, context, "err");
  const status = copyIn(opened.files, opened.open.place.cwd, source, to.file, opened.style, context);
  await opened.open.save();
  if (status !== 0) throw terminated(status);
}
