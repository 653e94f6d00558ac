import { instanceOf } from "../api/kinds/pod/runtime.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Container, Pod } from "../api/types/core.ts";
import { generic } from "./generic.ts";
import type { ContainerView, Image, Process } from "./image.ts";
import { KNOWN } from "./known.ts";
import { mountedTexts } from "./mounted-files.ts";
import { parseReference } from "./reference.ts";
import { servesIn } from "./script/process.ts";
import { netcat, userlandProcess } from "./shell.ts";
import { userImage } from "./user-image.ts";

/** The image of a reference: a user's own, a known one, else the generic one. */
export function imageOf(snapshot: Snapshot, reference: string): Image {
  const { repository, tag } = parseReference(reference);
  const own = userImage(snapshot, repository, tag);
  if (own) return own;
  const known = KNOWN.find(([names]) => names.includes(repository))?.[1] ?? generic;
  return known.variant?.(repository, tag) ?? known;
}

/** Whether something is known of what an image does; what the generic one does is a guess. */
export function isKnownImage(snapshot: Snapshot, reference: string): boolean {
  return imageOf(snapshot, reference) !== generic;
}

/** Whether a registry has it: a tag that does not exist fails to be pulled (ErrImagePull). */
export function imageExists(snapshot: Snapshot, reference: string): boolean {
  const { tags } = imageOf(snapshot, reference);
  const { tag, digest } = parseReference(reference);
  return digest !== undefined || tags === undefined || tags.includes(tag);
}

/** The process of a container: `command` replaces the image's ENTRYPOINT and CMD, `args` its CMD. */
export function processOf(snapshot: Snapshot, pod: Pod, container: Container): Process {
  const image = imageOf(snapshot, container.image ?? "");
  const view = viewInPod(snapshot, pod, container);
  const argv = argvOf(image, container, view);
  const own = image.process(argv, view);
  if (own && image === generic && isServer(own) && endsByGuess(pod, container)) return ENDED;
  if (own) return own;
  return userlandProcess(behindEntryScript(argv), image.toolbox, container.stdin === true, {
    variables: { ...image.env, ...plainVariables(container), HOSTNAME: pod.spec?.hostname ?? pod.metadata.name ?? "" },
    server: serverOf(image, view),
    guessed: image === generic,
    unfollowed: unfollowedIn(image, view, endsByGuess(pod, container)),
    stored: () => instanceOf(snapshot, pod, container.name)?.script,
  });
}

/**
 * Whether a container of which nothing is known is taken to do its work and end: one that went on would hold up its pod or its Job for
 * ever. A port that it declares tells a server.
 */
export function endsByGuess(pod: Pod, { name, ports, stdin }: Container): boolean {
  if (stdin) return false;
  const init = pod.spec?.initContainers?.find((it) => it.name === name);
  if (init) return init.restartPolicy !== "Always";
  return (pod.spec?.restartPolicy ?? "Always") !== "Always" && !ports?.length;
}

function unfollowedIn(image: Image, view: ContainerView, ends: boolean): Process {
  if (ends) return ENDED;
  return (
    (image === generic ? image.process(image.entrypoint, view) : undefined) ?? { listens: [], lifetime: { runs: true } }
  );
}

const ENDED: Process = { listens: [], lifetime: { exits: 0, afterMs: 0 } };
const isServer = ({ lifetime, http }: Process) => "runs" in lifetime && http !== undefined;

/** Whether a command line in a container's script starts a server: one that the script waits for, or one that goes on behind it. */
export function scriptServes(snapshot: Snapshot, pod: Pod, container: Container, argv: readonly string[]) {
  const image = imageOf(snapshot, container.image ?? "");
  return servesIn({ server: serverOf(image, viewInPod(snapshot, pod, container)) }, argv);
}

const serverOf = (image: Image, view: ContainerView) => (argv: readonly string[], input?: string) =>
  netcat(argv, input) ?? image.process(argv, view);

function viewInPod(snapshot: Snapshot, pod: Pod, container: Container): ContainerView {
  return { ...viewOf(container), mounted: (folder) => mountedTexts(snapshot, pod, container, folder) };
}

/** Variables whose values stand in the specification and refer to no other. */
function plainVariables(container: Container): Record<string, string> {
  const plain = (container.env ?? []).filter(({ value }) => value !== undefined && !value.includes("$"));
  return Object.fromEntries(plain.map(({ name, value }) => [name, value!]));
}

/** Whether the main process is a script that is followed and has not done anything yet: it will, at the same instant. */
export function isBeforeScript(snapshot: Snapshot, pod: Pod, container: Container): boolean {
  const { lifetime } = processOf(snapshot, pod, container);
  if (!("runs" in lifetime) || lifetime.program !== "script") return false;
  const runtime = instanceOf(snapshot, pod, container.name);
  return runtime?.script === undefined && runtime?.exit === undefined;
}

/** What the entry script of an image hands over to: such scripts end with `exec "$@"`. */
export function behindEntryScript(argv: readonly string[]): readonly string[] {
  const isScript = /^(\/entrypoint\.sh|\/?docker-(php-)?entrypoint(\.sh)?)$/.test(argv[0] ?? "");
  return isScript && argv.length > 1 ? argv.slice(1) : argv;
}

/** Files of a container's image that matter to programs, by absolute path. */
export function imageFiles(snapshot: Snapshot, container: Container): Readonly<Record<string, string>> {
  return imageOf(snapshot, container.image ?? "").files?.(viewOf(container)) ?? {};
}

/** The command line of a container's main process. */
export function commandOf(snapshot: Snapshot, container: Container): string[] {
  return argvOf(imageOf(snapshot, container.image ?? ""), container, viewOf(container));
}

/** Models kubernetes pkg/kubelet/container/helpers.go ExpandContainerCommandAndArgs, `$(VAR)` of plain variables included. */
function argvOf(image: Image, container: Container, view: ContainerView): string[] {
  const expand = (word: string) =>
    word.replace(/\$\$|\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)/g, (all, name?: string) =>
      name === undefined ? "$" : (view.env[name] ?? all),
    );
  const command = container.command?.length ? container.command.map(expand) : undefined;
  const args = container.args?.length ? container.args.map(expand) : undefined;
  if (command) return [...command, ...(args ?? [])];
  return [...image.entrypoint, ...(args ?? image.cmd)];
}

function viewOf(container: Container): ContainerView {
  const { repository, tag } = parseReference(container.image ?? "");
  const env: Record<string, string> = {};
  for (const { name, value } of container.env ?? []) if (value !== undefined) env[name] = value;
  return {
    repository,
    tag,
    env,
    ports: container.ports ?? [],
    stdin: container.stdin === true,
    mounted: () => undefined,
  };
}
