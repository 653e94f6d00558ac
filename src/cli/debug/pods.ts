import { clone } from "../../api/json.ts";
import { containersOf } from "../../api/kinds/pod/state.ts";
import type { Container, EphemeralContainer, Node, Pod } from "../../api/types/core.ts";
import { CommandError } from "../command.ts";
import { applyCustom } from "./custom.ts";
import { applyProfile, type DebugStyle, type KeepFlags } from "./profiles.ts";

/** What the flags of `debug` say. */
export interface DebugOptions {
  targets: string[];
  /** The words behind `--`, and whether they are the arguments of the image's own program. */
  args: string[];
  argsOnly: boolean;
  container: string;
  copyTo: string;
  replace: boolean;
  sameNode: boolean;
  /** undefined: not given. */
  shareProcesses: boolean | undefined;
  env: { name: string; value?: string }[];
  image: string;
  pullPolicy: string;
  /** `--set-image`: containers' names, or `*`, and images. */
  setImages: ReadonlyMap<string, string>;
  target: string;
  stdin: boolean;
  tty: boolean;
  quiet: boolean;
  attach: boolean;
  profile: string;
  keep: KeepFlags;
  /** `--custom`, read: part of a container. */
  custom: Container | undefined;
}

/** Chooses names, and tells of them. */
export interface Naming {
  /** Five random letters and digits. */
  suffix(purpose: string): string;
  tell(text: string): void;
}

function words({ args, argsOnly }: DebugOptions): Partial<Container> {
  return args.length === 0 ? {} : { [argsOnly ? "args" : "command"]: args };
}

/** A container as `debug` makes it. */
function newContainer(name: string, options: DebugOptions): Container {
  const { env, image, pullPolicy, stdin, tty } = options;
  return {
    name,
    image,
    ...words(options),
    ...(env.length > 0 ? { env } : {}),
    ...(pullPolicy === "" ? {} : { imagePullPolicy: pullPolicy as "Always" }),
    ...(stdin ? { stdin } : {}),
    ...(tty ? { tty } : {}),
    terminationMessagePolicy: "File",
  };
}

async function finished(pod: Pod, name: string, style: DebugStyle, options: DebugOptions): Promise<Pod> {
  applyProfile(options.profile, options.keep, pod, name, style);
  return options.custom ? await applyCustom(pod, name, style, options.custom) : pod;
}

/** The pod with one more container to look around in. Models generateDebugContainer of kubectl pkg/cmd/debug/debug.go. */
export async function withDebugContainer(pod: Pod, options: DebugOptions, naming: Naming): Promise<[Pod, string]> {
  const copy = clone(pod);
  const name = containerName(copy, options, naming);
  const container = newContainer(name, options) as EphemeralContainer;
  if (options.target !== "") container.targetContainerName = options.target;
  copy.spec!.ephemeralContainers = [...(copy.spec!.ephemeralContainers ?? []), container];
  return [await finished(copy, name, "ephemeral", options), name];
}

/** A pod on the node, in its namespaces and with its files. Models generateNodeDebugPod. */
export async function nodeDebugPod(node: Node, options: DebugOptions, naming: Naming): Promise<Pod> {
  const container = options.container || "debugger";
  const nodeName = node.metadata.name!;
  const name = `node-debugger-${nodeName}-${naming.suffix(nodeName)}`;
  naming.tell(`Creating debugging pod ${name} with container ${container} on node ${nodeName}.\n`);
  const pod: Pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { "app.kubernetes.io/managed-by": "kubectl-debug" } },
    spec: {
      containers: [newContainer(container, options)],
      nodeName,
      restartPolicy: "Never",
      tolerations: [{ operator: "Exists" }],
    },
  };
  return finished(pod, container, "node", options);
}

/**
 * A copy of the pod, with the name of the container to look around in; "" where only images were changed. Models
 * generatePodCopyWithDebugContainer. @throws CommandError
 */
export async function podCopy(pod: Pod, options: DebugOptions, naming: Naming): Promise<[Pod, string]> {
  const { namespace, annotations, labels } = pod.metadata;
  const { ephemeralContainers: _, nodeName, ...spec } = clone(pod.spec!);
  const copy: Pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: options.copyTo,
      ...(namespace ? { namespace } : {}),
      ...(annotations ? { annotations } : {}),
      ...(labels ? { labels } : {}),
    },
    spec: { ...spec, ...(options.sameNode && nodeName ? { nodeName } : {}) },
  };
  if (options.shareProcesses !== undefined) copy.spec!.shareProcessNamespace = options.shareProcesses;
  for (const container of copy.spec!.containers) {
    const image = options.setImages.get(container.name) ?? options.setImages.get("*") ?? "";
    if (image !== "") container.image = image;
  }
  let name = options.container;
  let container = containersOf(copy).find((one) => one.name === name);
  if (!container) {
    if (options.image === "") {
      if (options.setImages.size > 0) return [copy, ""];
      throw new CommandError("you must specify image when creating new container");
    }
    if (name === "") name = containerName(copy, options, naming);
    container = { name, terminationMessagePolicy: "File" };
    copy.spec!.containers.push(container);
  }
  change(container, options);
  return [await finished(copy, name, "podCopy", options), name];
}

function change(container: Container, options: DebugOptions): void {
  if (options.args.length > 0) {
    if (!options.argsOnly) delete container.args;
    Object.assign(container, words(options));
  }
  if (options.env.length > 0) container.env = options.env;
  if (options.image !== "") container.image = options.image;
  if (options.pullPolicy !== "") container.imagePullPolicy = options.pullPolicy as "Always";
  for (const name of ["stdin", "tty"] as const) {
    if (options[name]) container[name] = true;
    else delete container[name];
  }
}

function containerName(pod: Pod, { container }: DebugOptions, naming: Naming): string {
  if (container !== "") return container;
  const taken = new Set(containersOf(pod).map(({ name }) => name));
  let name: string;
  do name = `debugger-${naming.suffix(pod.metadata.name ?? "")}`;
  while (taken.has(name));
  naming.tell(`Defaulting debug container name to ${name}.\n`);
  return name;
}
