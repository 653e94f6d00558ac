import type { CommandContext } from "../command.ts";
import { type Completions, choicesOf, DIRECTIVE } from "./directive.ts";
import { containerNames, objectNames, portPairs, resourceTypes, startingWith } from "./live-words.ts";

/** Completes an argument: `args` are those before it. */
type Complete = (args: readonly string[], typed: string, context: CommandContext) => Promise<Completions>;

const TYPES_AND_NAMES = typeAndName([], true);
const WORKLOADS = ["deployment", "daemonset", "statefulset"];
const SCALABLE = ["deployment", "replicaset", "replicationcontroller", "statefulset"];
const POD_OWNERS = [
  "daemonsets",
  "deployments",
  "pods",
  "jobs",
  "replicasets",
  "replicationcontrollers",
  "services",
  "statefulsets",
];
const WITH_IMAGES = [
  "daemonsets",
  "deployments",
  "pods",
  "cronjobs",
  "replicasets",
  "replicationcontrollers",
  "statefulsets",
];

const SNAPSHOT = own(({ snapshotNames }, args, typed, context) =>
  args.length > 0 ? [] : snapshotNames(typed, context),
);

/** What the arguments of each command are. Models the ValidArgsFunction of kubectl's commands. */
const ARGUMENTS: Readonly<Record<string, Complete>> = {
  annotate: TYPES_AND_NAMES,
  "apply edit-last-applied": TYPES_AND_NAMES,
  "apply view-last-applied": TYPES_AND_NAMES,
  attach: podOrOwner(),
  autoscale: typeAndName(SCALABLE, true),
  completion: firstOf(async (typed) => startingWith(["bash", "fish", "powershell", "zsh"], typed)),
  "config delete-cluster": kubeconfig("clusters"),
  "config delete-context": kubeconfig("contexts"),
  "config delete-user": kubeconfig("users"),
  "config rename-context": kubeconfig("contexts"),
  "config set-context": kubeconfig("contexts"),
  "config use-context": kubeconfig("contexts"),
  cordon: nameOf("node"),
  cp: async (args, typed, context) => {
    const list = args.length === 0 ? await (await import("./copy-words.ts")).copyWords(typed, context) : [];
    return words(list, DIRECTIVE.noSpace);
  },
  "create token": nameOf("serviceaccount"),
  debug: TYPES_AND_NAMES,
  delete: TYPES_AND_NAMES,
  describe: TYPES_AND_NAMES,
  doctor: own(async ({ qualifiedServices }, args, typed, context) =>
    (await qualifiedServices(typed, context)).filter((name) => !args.includes(name)),
  ),
  drain: nameOf("node"),
  edit: TYPES_AND_NAMES,
  exec: podOrOwner(),
  expose: typeAndName(["pod", "service", "replicationcontroller", "deployment", "replicaset"], true),
  get: TYPES_AND_NAMES,
  "image remove": own(({ imageNames }, _, typed, context) => imageNames(typed, context)),
  label: TYPES_AND_NAMES,
  logs: podOrOwner(containerNames),
  "minikube service": nameOf("service"),
  "outside remove": own(({ outsideNames }, _, typed, context) => outsideNames(typed, context)),
  patch: TYPES_AND_NAMES,
  "port-forward": podOrOwner(portPairs),
  "rollout history": typeAndName(WORKLOADS, true),
  "rollout pause": typeAndName(["deployment"], true),
  "rollout restart": typeAndName(WORKLOADS, true),
  "rollout resume": typeAndName(["deployment"], true),
  "rollout status": typeAndName(WORKLOADS, false),
  "rollout undo": typeAndName(WORKLOADS, true),
  scale: typeAndName(SCALABLE, true),
  settings: async (args, typed) => {
    if (args.length === 0) return words(startingWith(["list", "set"], typed));
    const list = args[0] === "set" ? (await import("./own-words.ts")).settingWords(typed) : [];
    return words(list, DIRECTIVE.noFiles | DIRECTIVE.noSpace);
  },
  "snapshot diff": SNAPSHOT,
  "snapshot restore": SNAPSHOT,
  "snapshot save": SNAPSHOT,
  "set image": typeAndName(WITH_IMAGES, false),
  taint: typeAndName(["node"], true),
  "top node": nameOf("node"),
  "top pod": nameOf("pod"),
  uncordon: nameOf("node"),
};

/** undefined: the command's arguments are the shell's to complete. */
export function argumentWords(path: string): Complete | undefined {
  return Object.hasOwn(ARGUMENTS, path) ? ARGUMENTS[path] : undefined;
}

const words = (list: readonly string[], directive: number = DIRECTIVE.noFiles): Completions => ({
  choices: choicesOf(list),
  directive,
});

function firstOf(list: (typed: string, context: CommandContext) => Promise<string[]>): Complete {
  return async (args, typed, context) => words(args.length === 0 ? await list(typed, context) : []);
}

/** Words of kubemu's own commands. */
function own(
  list: (
    module: typeof import("./own-words.ts"),
    args: readonly string[],
    typed: string,
    context: CommandContext,
  ) => string[] | Promise<string[]>,
): Complete {
  return async (args, typed, context) => words(await list(await import("./own-words.ts"), args, typed, context));
}

function nameOf(type: string): Complete {
  return firstOf((typed, context) => objectNames(type, typed, context));
}

/** Names in the kubeconfig. */
export function kubeconfigNames(
  part: "contexts" | "clusters" | "users",
  typed: string,
  context: CommandContext,
): Promise<string[]> {
  return context.admin.kubeconfig().then((config) =>
    startingWith(
      config[part].map(({ name }) => name),
      typed,
    ),
  );
}

function kubeconfig(part: "contexts" | "clusters" | "users"): Complete {
  return firstOf((typed, context) => kubeconfigNames(part, typed, context));
}

/** `TYPE NAME…` or `TYPE/NAME…`; `allowed` empty: any type. Models resourceTypeAndNameCompletionFunc. */
function typeAndName(allowed: readonly string[], repeats: boolean): Complete {
  const types = async (typed: string, context: CommandContext) =>
    allowed.length === 0 ? await resourceTypes(typed, context) : startingWith(allowed, typed);
  return async (args, typed, context) => {
    const [first] = args;
    if (first !== undefined && !first.includes("/")) {
      if (!repeats && args.length !== 1) return words([]);
      const names = await objectNames(first, typed, context);
      return words(names.filter((name) => !args.slice(1).includes(name)));
    }
    const slash = typed.indexOf("/");
    if (slash < 0) {
      if (first === undefined) return words(await types(typed, context));
      if (!repeats) return words([]);
      const list = (await types(typed, context)).map((type) => `${type}/`);
      return words(list, DIRECTIVE.noFiles | DIRECTIVE.noSpace);
    }
    if (!repeats && first !== undefined) return words([]);
    return words((await qualifiedNames(typed, slash, context)).filter((name) => !args.includes(name)));
  };
}

/** `svc/web` for `svc/w`. */
async function qualifiedNames(typed: string, slash: number, context: CommandContext): Promise<string[]> {
  const type = typed.slice(0, slash);
  return (await objectNames(type, typed.slice(slash + 1), context)).map((name) => `${type}/${name}`);
}

/** A pod, or `TYPE/NAME` of what has pods; then what `second` says of it. Models doPodResourceCompletion. */
function podOrOwner(second?: (target: string, typed: string, context: CommandContext) => Promise<string[]>): Complete {
  return async (args, typed, context) => {
    if (args.length === 1 && second) return words(await second(args[0]!, typed, context));
    if (args.length > 0) return words([]);
    const slash = typed.indexOf("/");
    if (slash >= 0) return words(await qualifiedNames(typed, slash, context));
    const pods = await objectNames("pod", typed, context);
    const owners = startingWith(POD_OWNERS, typed).map((type) => `${type}/`);
    return words([...pods, ...owners], DIRECTIVE.noFiles | (pods.length === 0 ? DIRECTIVE.noSpace : 0));
  };
}
