import { goQuote } from "../../api/encoding/go-quote.ts";
import type { JsonObject } from "../../api/json.ts";
import { keyedSuffix } from "../../api/keyed-random.ts";
import { ApiError, notSimulated } from "../../api/status.ts";
import type { Container, Node, Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation } from "../command.ts";
import { attachWhenRunning } from "../debug/attach.ts";
import { checkCustom, readCustom } from "../debug/custom.ts";
import { type DebugOptions, type Naming, nodeDebugPod, podCopy, withDebugContainer } from "../debug/pods.ts";
import { checkProfile } from "../debug/profiles.ts";
import { isImageReference } from "../generate-pod.ts";
import { patchOf } from "../patch-objects.ts";
import { filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { typedObject } from "../typed-object.ts";

interface Options extends DebugOptions {
  invocation: Invocation;
  attachChanged: boolean;
}

/** `debug`. Models kubectl pkg/cmd/debug/debug.go. */
export default defineCommand<Options>({
  async complete(invocation, context) {
    const { flags } = invocation;
    const profile = flags.string("profile");
    checkProfile(profile);
    const custom = flags.string("custom") === "" ? undefined : await readCustom(flags.string("custom"), context);
    context.checkConfig();
    return { ...optionsOf(invocation), invocation, attachChanged: flags.changed("attach"), profile, custom };
  },
  validate(options) {
    const { attach, attachChanged, image, container, copyTo, args, setImages } = options;
    const refuse = (text: string) => new CommandError(text);
    if (attach && attachChanged && image === "" && container === "")
      throw refuse("you must specify --container or create a new container using --image in order to attach.");
    if (copyTo !== "") {
      if (image === "" && setImages.size === 0 && args.length === 0)
        throw refuse("you must specify --image, --set-image or command arguments.");
      if (args.length > 0 && container === "" && image === "")
        throw refuse("you must specify an existing container or a new image when specifying args.");
    } else {
      if (options.replace) throw refuse("--replace may only be used with --copy-to.");
      if (options.sameNode) throw refuse("--same-node may only be used with --copy-to.");
      if (setImages.size > 0) throw refuse("--set-image may only be used with --copy-to.");
      if (image === "") throw refuse("you must specify --image when not using --copy-to.");
    }
    if (image !== "" && !isImageReference(image))
      throw refuse(`invalid image name ${goQuote(image)}: invalid reference format`);
    if (options.targets.length === 0 && filenameOptions(options.invocation.flags).filenames.length === 0)
      throw refuse("NAME or filename is required for debug");
    if (!["", "Always", "IfNotPresent", "Never"].includes(options.pullPolicy))
      throw refuse(`invalid image pull policy: ${options.pullPolicy}`);
    for (const [name, other] of setImages)
      if (!isImageReference(other))
        throw refuse(`invalid image name ${goQuote(other)} for container ${goQuote(name)}: invalid reference format`);
    if (options.target !== "" && copyTo !== "")
      throw refuse("--target is incompatible with --copy-to. Use --share-processes instead.");
  },
  async run(options, context) {
    const { out, err } = context.streams;
    const { target, quiet, tty, stdin, custom } = options;
    if (target !== "" && !quiet)
      out.write(
        `Targeting container ${goQuote(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
    if (tty && !stdin) throw new CommandError("-i/--stdin is required for containers with -t/--tty=true");
    if (custom) checkCustom(custom);
    if (options.profile === "legacy")
      err.write(
        '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".\n',
      );
    // The root that it would change to is the node's.
    if (options.args[0] === "chroot" && !options.argsOnly) throw notSimulated("the program chroot");
    await findResources(
      {
        namesOf: { resource: "pods", names: options.targets },
        files: filenameOptions(options.invocation.flags),
        namespace: context.namespace,
        enforceNamespace: context.namespaceGiven,
        typed: true,
      },
      context,
    ).visit(async (info, error) => {
      if (error !== undefined) throw error;
      const [pod, container] = await debug(info!, options, context);
      if (options.attach && container !== "") await attachWhenRunning(pod, container, options, context);
    });
  },
});

function optionsOf({ args, argsLenAtDash, flags }: Invocation): Omit<DebugOptions, "profile" | "custom"> {
  const dashed = argsLenAtDash >= 0 && args.length > argsLenAtDash;
  return {
    targets: dashed ? args.slice(0, argsLenAtDash) : args,
    args: dashed ? args.slice(argsLenAtDash) : [],
    argsOnly: flags.bool("arguments-only"),
    container: flags.string("container"),
    copyTo: flags.string("copy-to"),
    replace: flags.bool("replace"),
    sameNode: flags.bool("same-node"),
    shareProcesses: flags.changed("share-processes") ? flags.bool("share-processes") : undefined,
    env: pairs(flags.list("env")).map(([name, value]) => (value === "" ? { name } : { name, value })),
    image: flags.string("image"),
    pullPolicy: flags.string("image-pull-policy"),
    setImages: new Map(pairs(flags.list("set-image"))),
    target: flags.string("target"),
    stdin: flags.bool("stdin"),
    tty: flags.bool("tty"),
    quiet: flags.bool("quiet"),
    attach: flags.changed("attach") ? flags.bool("attach") : flags.bool("stdin"),
    keep: {
      labels: flags.bool("keep-labels"),
      annotations: flags.bool("keep-annotations"),
      liveness: flags.bool("keep-liveness"),
      readiness: flags.bool("keep-readiness"),
      startup: flags.bool("keep-startup"),
      initContainers: flags.bool("keep-init-containers"),
    },
  };
}

function pairs(texts: readonly string[]): [name: string, value: string][] {
  return texts.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]);
}

/** Makes what is to be looked into; the pod, and its container. @throws CommandError for what is no pod and no node */
async function debug(info: ResourceInfo, options: Options, context: CommandContext): Promise<[Pod, string]> {
  const object = info.object as Pod | Node;
  const naming = await namingFor(options, context);
  if (object.kind === "Node") {
    const pod = await nodeDebugPod(object as Node, options, naming);
    const made = await createPod(pod, context.namespace, context);
    return [made, made.spec!.containers[0]!.name];
  }
  if (object.kind !== "Pod") {
    const { info: kind, version } = info.mapping!;
    throw new CommandError(`${goQuote(`${kind.group}/${version}, Kind=${kind.kind}`)} not supported by debug`);
  }
  return options.copyTo === ""
    ? await addContainer(info, options, naming, context)
    : await copyPod(object as Pod, options, naming, context);
}

async function namingFor({ quiet }: Options, { admin, clock, streams }: CommandContext): Promise<Naming> {
  const snapshot = await admin.snapshot();
  const others = snapshot.list("pods").length;
  let tries = 0;
  return {
    suffix: (purpose) => keyedSuffix(5, snapshot.cluster.seed, "debugger", purpose, clock.now(), others, tries++),
    tell: (text) => {
      if (!quiet) streams.out.write(text);
    },
  };
}

async function addContainer(
  info: ResourceInfo,
  options: Options,
  naming: Naming,
  context: CommandContext,
): Promise<[Pod, string]> {
  const pod = info.object as Pod;
  const [next, name] = await withDebugContainer(pod, options, naming);
  warnOfUser(next.spec!.ephemeralContainers!.at(-1) as Container, pod, context);
  const before = (await typedObject(pod)).object;
  const after = (await typedObject(next)).object;
  const { patch } = await patchOf({ ...info, object: before }, () => after);
  const { namespace = "", name: podName = "" } = pod.metadata;
  try {
    const patched = await context.client.patch("pods", namespace, podName, "strategic", patch as JsonObject, {
      subresource: "ephemeralcontainers",
    });
    return [patched as Pod, name];
  } catch (error) {
    if (error instanceof ApiError && error.reason === "NotFound" && !error.status.details?.name)
      throw new CommandError(
        `ephemeral containers are disabled for this cluster (error from server: ${goQuote(error.message)})`,
      );
    throw error;
  }
}

async function copyPod(pod: Pod, options: Options, naming: Naming, context: CommandContext): Promise<[Pod, string]> {
  const [copy, name] = await podCopy(pod, options, naming);
  const container = copy.spec!.containers.find((one) => one.name === name);
  if (container) warnOfUser(container, copy, context);
  const { namespace = "", name: podName = "" } = pod.metadata;
  const made = await createPod(copy, namespace, context);
  if (options.replace) await context.client.delete("pods", namespace, podName, { gracePeriodSeconds: 0 });
  return [made, name];
}

async function createPod(pod: Pod, namespace: string, { client }: CommandContext): Promise<Pod> {
  const { object } = await typedObject(pod);
  return (await client.create("pods", namespace, object as unknown as JsonObject)) as Pod;
}

/** Models displayWarning. */
function warnOfUser({ securityContext }: Container, pod: Pod, { streams }: CommandContext): void {
  if (!pod.spec?.securityContext?.runAsUser || !securityContext || securityContext.runAsUser === 0) return;
  if (!securityContext.privileged && !securityContext.capabilities?.add?.length) return;
  streams.err.write(
    'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n',
  );
}
