import type { Command } from "./command.ts";

export interface CommandEntry {
  /** `create service clusterip`: the words that call it. */
  path: string;
  aliases?: readonly string[];
  /** Absent: kubemu knows the command and does not simulate it, or it only holds others. */
  load?: () => Promise<{ default: Command }>;
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

/** All commands, in the order in which kubectl registers them: `Did you mean this?` lists them so. */
// biome-ignore format: one line a command
export const COMMANDS: readonly CommandEntry[] = [
  { path: "create", load: () => import("./commands/create.ts") },
  { path: "create clusterrole", load: () => import("./commands/create/clusterrole.ts") },
  { path: "create clusterrolebinding", load: () => import("./commands/create/clusterrolebinding.ts") },
  { path: "create configmap", aliases: ["cm"], load: () => import("./commands/create/configmap.ts") },
  { path: "create cronjob", aliases: ["cj"], load: () => import("./commands/create/cronjob.ts") },
  { path: "create deployment", aliases: ["deploy"], load: () => import("./commands/create/deployment.ts") },
  { path: "create ingress", aliases: ["ing"], load: () => import("./commands/create/ingress.ts") },
  { path: "create job", load: () => import("./commands/create/job.ts") },
  { path: "create namespace", aliases: ["ns"], load: () => import("./commands/create/namespace.ts") },
  { path: "create poddisruptionbudget", aliases: ["pdb"], load: () => import("./commands/create/poddisruptionbudget.ts") },
  { path: "create priorityclass", aliases: ["pc"], load: () => import("./commands/create/priorityclass.ts") },
  { path: "create quota", aliases: ["resourcequota"], load: () => import("./commands/create/quota.ts") },
  { path: "create role", load: () => import("./commands/create/role.ts") },
  { path: "create rolebinding", load: () => import("./commands/create/rolebinding.ts") },
  { path: "create secret", group: "stderr" },
  { path: "create secret docker-registry", load: () => import("./commands/create/secret-docker-registry.ts") },
  { path: "create secret generic", load: () => import("./commands/create/secret-generic.ts") },
  { path: "create secret tls", load: () => import("./commands/create/secret-tls.ts") },
  { path: "create service", aliases: ["svc"], group: "stderr" },
  { path: "create service clusterip", load: () => import("./commands/create/service-clusterip.ts") },
  { path: "create service externalname", load: () => import("./commands/create/service-externalname.ts") },
  { path: "create service loadbalancer", load: () => import("./commands/create/service-loadbalancer.ts") },
  { path: "create service nodeport", load: () => import("./commands/create/service-nodeport.ts") },
  { path: "create serviceaccount", aliases: ["sa"], load: () => import("./commands/create/serviceaccount.ts") },
  { path: "create token", load: () => import("./commands/create/token.ts") },

  { path: "expose", load: () => import("./commands/expose.ts") },

  { path: "run", load: () => import("./commands/run.ts") },

  { path: "set", group: "stderr" },
  { path: "set env", load: () => import("./commands/set/env.ts") },
  { path: "set image", load: () => import("./commands/set/image.ts") },
  { path: "set resources", load: () => import("./commands/set/resources.ts") },
  { path: "set selector", load: () => import("./commands/set/selector.ts") },
  { path: "set serviceaccount", aliases: ["sa"], load: () => import("./commands/set/serviceaccount.ts") },
  { path: "set subject", load: () => import("./commands/set/subject.ts") },

  { path: "explain", load: () => import("./commands/explain.ts") },

  { path: "get", suggestFor: ["list", "ls"], load: () => import("./commands/get.ts") },

  { path: "edit", load: () => import("./commands/edit.ts") },

  { path: "delete", suggestFor: ["rm", "remove"], load: () => import("./commands/delete.ts") },

  { path: "rollout", group: "stdout" },
  { path: "rollout history", load: () => import("./commands/rollout/history.ts") },
  { path: "rollout pause", load: () => import("./commands/rollout/pause.ts") },
  { path: "rollout restart", load: () => import("./commands/rollout/restart.ts") },
  { path: "rollout resume", load: () => import("./commands/rollout/resume.ts") },
  { path: "rollout status", load: () => import("./commands/rollout/status.ts") },
  { path: "rollout undo", load: () => import("./commands/rollout/undo.ts") },

  { path: "scale", load: () => import("./commands/scale.ts") },

  { path: "autoscale", load: () => import("./commands/autoscale.ts") },

  { path: "certificate", group: "page" },
  { path: "certificate approve", load: () => import("./commands/certificate/approve.ts") },
  { path: "certificate deny", load: () => import("./commands/certificate/deny.ts") },

  { path: "cluster-info", load: () => import("./commands/cluster-info.ts") },
  { path: "cluster-info dump", load: () => import("./commands/cluster-info/dump.ts") },

  { path: "top", group: "stderr", suggestFor: ["stats"] },
  { path: "top node", aliases: ["nodes", "no"], load: () => import("./commands/top/node.ts") },
  { path: "top pod", aliases: ["pods", "po"], load: () => import("./commands/top/pod.ts") },

  { path: "cordon", load: () => import("./commands/cordon.ts") },
  { path: "uncordon", load: () => import("./commands/uncordon.ts") },
  { path: "drain", load: () => import("./commands/drain.ts") },

  { path: "taint", load: () => import("./commands/taint.ts") },

  { path: "describe", suggestFor: ["inspect"], load: () => import("./commands/describe.ts") },

  { path: "logs", load: () => import("./commands/logs.ts") },

  { path: "attach", load: () => import("./commands/attach.ts") },

  { path: "exec", load: () => import("./commands/exec.ts") },

  { path: "port-forward", load: () => import("./commands/port-forward.ts") },

  { path: "proxy", load: () => import("./commands/proxy.ts") },

  { path: "cp", load: () => import("./commands/cp.ts") },

  { path: "auth", group: "stderr" },
  { path: "auth can-i", load: () => import("./commands/auth/can-i.ts") },
  { path: "auth reconcile", load: () => import("./commands/auth/reconcile.ts") },
  { path: "auth whoami", load: () => import("./commands/auth/whoami.ts") },

  { path: "debug", load: () => import("./commands/debug.ts") },

  { path: "events", load: () => import("./commands/events.ts") },

  { path: "diff", failureStatus: 2, load: () => import("./commands/diff.ts") },

  { path: "apply", load: () => import("./commands/apply.ts") },
  { path: "apply edit-last-applied", load: () => import("./commands/apply/edit-last-applied.ts") },
  { path: "apply set-last-applied", load: () => import("./commands/apply/set-last-applied.ts") },
  { path: "apply view-last-applied", load: () => import("./commands/apply/view-last-applied.ts") },

  { path: "patch", load: () => import("./commands/patch.ts") },

  { path: "replace", load: () => import("./commands/replace.ts") },

  { path: "wait", load: () => import("./commands/wait.ts") },

  { path: "kustomize", load: () => import("./commands/kustomize.ts") },

  { path: "label", load: () => import("./commands/label.ts") },

  { path: "annotate", load: () => import("./commands/annotate.ts") },

  { path: "completion", load: () => import("./commands/completion.ts") },

  { path: "alpha", load: () => import("./commands/alpha.ts") },

  { path: "config", group: "stderr" },
  { path: "config view", load: () => import("./commands/config/view.ts") },
  { path: "config set-cluster", load: () => import("./commands/config/set-cluster.ts") },
  { path: "config set-credentials", load: () => import("./commands/config/set-credentials.ts") },
  { path: "config set-context", load: () => import("./commands/config/set-context.ts") },
  { path: "config set", load: () => import("./commands/config/set.ts") },
  { path: "config unset", load: () => import("./commands/config/unset.ts") },
  { path: "config current-context", load: () => import("./commands/config/current-context.ts") },
  { path: "config use-context", aliases: ["use"], load: () => import("./commands/config/use-context.ts") },
  { path: "config get-contexts", load: () => import("./commands/config/get-contexts.ts") },
  { path: "config get-clusters", load: () => import("./commands/config/get-clusters.ts") },
  { path: "config get-users", load: () => import("./commands/config/get-users.ts") },
  { path: "config delete-cluster", load: () => import("./commands/config/delete-cluster.ts") },
  { path: "config delete-context", load: () => import("./commands/config/delete-context.ts") },
  { path: "config delete-user", load: () => import("./commands/config/delete-user.ts") },
  { path: "config rename-context", load: () => import("./commands/config/rename-context.ts") },

  { path: "plugin", group: "stderr" },
  { path: "plugin list", load: () => import("./commands/plugin/list.ts") },

  { path: "version", load: () => import("./commands/version.ts") },

  { path: "api-versions", load: () => import("./commands/api-versions.ts") },

  { path: "api-resources", load: () => import("./commands/api-resources.ts") },

  { path: "options", load: () => import("./commands/options.ts") },

  { path: "kuberc", group: "stderr" },
  { path: "kuberc set", load: () => import("./commands/kuberc/set.ts") },
  { path: "kuberc view", load: () => import("./commands/kuberc/view.ts") },

  { path: "curl", own: true, rawArguments: true, load: () => import("./commands/host-program.ts") },

  { path: "nslookup", own: true, rawArguments: true, load: () => import("./commands/host-program.ts") },

  { path: "dig", own: true, rawArguments: true, load: () => import("./commands/host-program.ts") },

  { path: "host", own: true, rawArguments: true, load: () => import("./commands/host-program.ts") },

  { path: "wget", own: true, rawArguments: true, load: () => import("./commands/host-program.ts") },

  { path: "ping", own: true, rawArguments: true, load: () => import("./commands/host-program.ts") },

  { path: "nc", own: true, rawArguments: true, load: () => import("./commands/host-program.ts") },

  { path: "getent", own: true, rawArguments: true, load: () => import("./commands/host-program.ts") },

  { path: "reset", own: true, load: () => import("./commands/reset.ts") },

  { path: "settings", own: true, load: () => import("./commands/settings.ts") },

  { path: "dns", own: true, load: () => import("./commands/dns.ts") },

  { path: "trace", own: true, load: () => import("./commands/trace.ts") },

  { path: "doctor", own: true, load: () => import("./commands/doctor.ts") },

  { path: "on", own: true, load: () => import("./commands/on.ts") },

  { path: "env", own: true, load: () => import("./commands/env.ts") },

  { path: "outside", own: true, group: "stderr" },
  { path: "outside add", own: true, load: () => import("./commands/outside/add.ts") },
  { path: "outside list", own: true, load: () => import("./commands/outside/list.ts") },
  { path: "outside remove", own: true, load: () => import("./commands/outside/remove.ts") },

  { path: "image", own: true, group: "stderr" },
  { path: "image add", own: true, load: () => import("./commands/image/add.ts") },
  { path: "image list", own: true, load: () => import("./commands/image/list.ts") },
  { path: "image remove", own: true, load: () => import("./commands/image/remove.ts") },

  { path: "snapshot", own: true, group: "stderr" },
  { path: "snapshot save", own: true, load: () => import("./commands/snapshot/save.ts") },
  { path: "snapshot restore", own: true, load: () => import("./commands/snapshot/restore.ts") },
  { path: "snapshot list", own: true, load: () => import("./commands/snapshot/list.ts") },
  { path: "snapshot diff", own: true, load: () => import("./commands/snapshot/diff.ts") },

  { path: "export", own: true, load: () => import("./commands/export.ts") },

  { path: "import", own: true, load: () => import("./commands/import.ts") },

  { path: "record", own: true, group: "stderr" },
  { path: "record start", own: true, load: () => import("./commands/record/start.ts") },
  { path: "record stop", own: true, load: () => import("./commands/record/stop.ts") },
  { path: "record status", own: true, load: () => import("./commands/record/status.ts") },

  { path: "minikube", own: true, group: "stderr" },
  { path: "minikube ip", own: true, load: () => import("./commands/minikube/ip.ts") },
  { path: "minikube service", own: true, load: () => import("./commands/minikube/service.ts") },
];
