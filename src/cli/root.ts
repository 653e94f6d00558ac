export interface CommandEntry {
  /** `create service clusterip`: the words that call it. */
  path: string;
  aliases?: readonly string[];
  /**
   * A command that only holds others. Called alone it shows its help on that stream and exits with 1, as kubectl's
   * DefaultSubCommandRun does; `page` shows it on stdout and exits with 0.
   */
  group?: "stderr" | "stdout" | "page";
  /** The command's own words for what it does are its arguments, undigested: `curl`, whose flags are curl's. */
  rawArguments?: boolean;
  /** Words that people type for it (cobra's SuggestFor). */
  suggestFor?: readonly string[];
  /** What it exits with when it fails, where that is not 1; 1 then means something else (kubectl's CheckDiffErr). */
  failureStatus?: number;
  /** One of kubemu's own, beside kubectl's. */
  own?: boolean;
  /** Of an alias in the user's preferences: the word that calls it, right below the program. */
  calledAs?: string;
}

/**
 * All commands, in the order in which kubectl registers them: `Did you mean this?` lists them so. What one does is found by
 * load-command.ts.
 */
// biome-ignore format: one line a command
export const COMMANDS: readonly CommandEntry[] = [
  { path: "create" },
  { path: "create clusterrole" },
  { path: "create clusterrolebinding" },
  { path: "create configmap", aliases: ["cm"] },
  { path: "create cronjob", aliases: ["cj"] },
  { path: "create deployment", aliases: ["deploy"] },
  { path: "create ingress", aliases: ["ing"] },
  { path: "create job" },
  { path: "create namespace", aliases: ["ns"] },
  { path: "create poddisruptionbudget", aliases: ["pdb"] },
  { path: "create priorityclass", aliases: ["pc"] },
  { path: "create quota", aliases: ["resourcequota"] },
  { path: "create role" },
  { path: "create rolebinding" },
  { path: "create secret", group: "stderr" },
  { path: "create secret docker-registry" },
  { path: "create secret generic" },
  { path: "create secret tls" },
  { path: "create service", aliases: ["svc"], group: "stderr" },
  { path: "create service clusterip" },
  { path: "create service externalname" },
  { path: "create service loadbalancer" },
  { path: "create service nodeport" },
  { path: "create serviceaccount", aliases: ["sa"] },
  { path: "create token" },

  { path: "expose" },
  { path: "run" },

  { path: "set", group: "stderr" },
  { path: "set env" },
  { path: "set image" },
  { path: "set resources" },
  { path: "set selector" },
  { path: "set serviceaccount", aliases: ["sa"] },
  { path: "set subject" },

  { path: "explain" },
  { path: "get", suggestFor: ["list", "ls"] },
  { path: "edit" },
  { path: "delete", suggestFor: ["rm", "remove"] },

  { path: "rollout", group: "stdout" },
  { path: "rollout history" },
  { path: "rollout pause" },
  { path: "rollout restart" },
  { path: "rollout resume" },
  { path: "rollout status" },
  { path: "rollout undo" },

  { path: "scale" },
  { path: "autoscale" },

  { path: "certificate", group: "page" },
  { path: "certificate approve" },
  { path: "certificate deny" },

  { path: "cluster-info" },
  { path: "cluster-info dump" },

  { path: "top", group: "stderr", suggestFor: ["stats"] },
  { path: "top node", aliases: ["nodes", "no"] },
  { path: "top pod", aliases: ["pods", "po"] },

  { path: "cordon" },
  { path: "uncordon" },
  { path: "drain" },
  { path: "taint" },
  { path: "describe", suggestFor: ["inspect"] },
  { path: "logs" },
  { path: "attach" },
  { path: "exec" },
  { path: "port-forward" },
  { path: "proxy" },
  { path: "cp" },

  { path: "auth", group: "stderr" },
  { path: "auth can-i" },
  { path: "auth reconcile" },
  { path: "auth whoami" },

  { path: "debug" },
  { path: "events" },
  { path: "diff", failureStatus: 2 },

  { path: "apply" },
  { path: "apply edit-last-applied" },
  { path: "apply set-last-applied" },
  { path: "apply view-last-applied" },

  { path: "patch" },
  { path: "replace" },
  { path: "wait" },
  { path: "kustomize" },
  { path: "label" },
  { path: "annotate" },
  { path: "completion" },
  { path: "alpha" },

  { path: "config", group: "stderr" },
  { path: "config view" },
  { path: "config set-cluster" },
  { path: "config set-credentials" },
  { path: "config set-context" },
  { path: "config set" },
  { path: "config unset" },
  { path: "config current-context" },
  { path: "config use-context", aliases: ["use"] },
  { path: "config get-contexts" },
  { path: "config get-clusters" },
  { path: "config get-users" },
  { path: "config delete-cluster" },
  { path: "config delete-context" },
  { path: "config delete-user" },
  { path: "config rename-context" },

  { path: "plugin", group: "stderr" },
  { path: "plugin list" },

  { path: "version" },
  { path: "api-versions" },
  { path: "api-resources" },
  { path: "options" },

  { path: "kuberc", group: "stderr" },
  { path: "kuberc set" },
  { path: "kuberc view" },

  { path: "curl", own: true, rawArguments: true },
  { path: "nslookup", own: true, rawArguments: true },
  { path: "dig", own: true, rawArguments: true },
  { path: "host", own: true, rawArguments: true },
  { path: "wget", own: true, rawArguments: true },
  { path: "ping", own: true, rawArguments: true },
  { path: "nc", own: true, rawArguments: true },
  { path: "getent", own: true, rawArguments: true },
  { path: "reset", own: true },
  { path: "settings", own: true },
  { path: "dns", own: true },
  { path: "trace", own: true },
  { path: "doctor", own: true },
  { path: "on", own: true },
  { path: "env", own: true },

  { path: "outside", own: true, group: "stderr" },
  { path: "outside add", own: true },
  { path: "outside list", own: true },
  { path: "outside remove", own: true },

  { path: "image", own: true, group: "stderr" },
  { path: "image add", own: true },
  { path: "image list", own: true },
  { path: "image remove", own: true },

  { path: "snapshot", own: true, group: "stderr" },
  { path: "snapshot save", own: true },
  { path: "snapshot restore", own: true },
  { path: "snapshot list", own: true },
  { path: "snapshot diff", own: true },

  { path: "export", own: true },
  { path: "import", own: true },

  { path: "record", own: true, group: "stderr" },
  { path: "record start", own: true },
  { path: "record stop", own: true },
  { path: "record status", own: true },

  { path: "minikube", own: true, group: "stderr" },
  { path: "minikube ip", own: true },
  { path: "minikube service", own: true },
];
