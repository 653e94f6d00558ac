import type { Command } from "./command.ts";

/** The command that a path of root.ts calls. @throws TypeError when it only holds others. */
// A switch, not a table of functions: a start-up would make each of those.
// biome-ignore format: one line a command
export function loadCommand(path: string): Promise<{ default: Command }> {
  switch (path) {
    case "create": return import("./commands/create.ts");
    case "create clusterrole": return import("./commands/create/clusterrole.ts");
    case "create clusterrolebinding": return import("./commands/create/clusterrolebinding.ts");
    case "create configmap": return import("./commands/create/configmap.ts");
    case "create cronjob": return import("./commands/create/cronjob.ts");
    case "create deployment": return import("./commands/create/deployment.ts");
    case "create ingress": return import("./commands/create/ingress.ts");
    case "create job": return import("./commands/create/job.ts");
    case "create namespace": return import("./commands/create/namespace.ts");
    case "create poddisruptionbudget": return import("./commands/create/poddisruptionbudget.ts");
    case "create priorityclass": return import("./commands/create/priorityclass.ts");
    case "create quota": return import("./commands/create/quota.ts");
    case "create role": return import("./commands/create/role.ts");
    case "create rolebinding": return import("./commands/create/rolebinding.ts");
    case "create secret docker-registry": return import("./commands/create/secret-docker-registry.ts");
    case "create secret generic": return import("./commands/create/secret-generic.ts");
    case "create secret tls": return import("./commands/create/secret-tls.ts");
    case "create service clusterip": return import("./commands/create/service-clusterip.ts");
    case "create service externalname": return import("./commands/create/service-externalname.ts");
    case "create service loadbalancer": return import("./commands/create/service-loadbalancer.ts");
    case "create service nodeport": return import("./commands/create/service-nodeport.ts");
    case "create serviceaccount": return import("./commands/create/serviceaccount.ts");
    case "create token": return import("./commands/create/token.ts");
    case "expose": return import("./commands/expose.ts");
    case "run": return import("./commands/run.ts");
    case "set env": return import("./commands/set/env.ts");
    case "set image": return import("./commands/set/image.ts");
    case "set resources": return import("./commands/set/resources.ts");
    case "set selector": return import("./commands/set/selector.ts");
    case "set serviceaccount": return import("./commands/set/serviceaccount.ts");
    case "set subject": return import("./commands/set/subject.ts");
    case "explain": return import("./commands/explain.ts");
    case "get": return import("./commands/get.ts");
    case "edit": return import("./commands/edit.ts");
    case "delete": return import("./commands/delete.ts");
    case "rollout history": return import("./commands/rollout/history.ts");
    case "rollout pause": return import("./commands/rollout/pause.ts");
    case "rollout restart": return import("./commands/rollout/restart.ts");
    case "rollout resume": return import("./commands/rollout/resume.ts");
    case "rollout status": return import("./commands/rollout/status.ts");
    case "rollout undo": return import("./commands/rollout/undo.ts");
    case "scale": return import("./commands/scale.ts");
    case "autoscale": return import("./commands/autoscale.ts");
    case "certificate approve": return import("./commands/certificate/approve.ts");
    case "certificate deny": return import("./commands/certificate/deny.ts");
    case "cluster-info": return import("./commands/cluster-info.ts");
    case "cluster-info dump": return import("./commands/cluster-info/dump.ts");
    case "top node": return import("./commands/top/node.ts");
    case "top pod": return import("./commands/top/pod.ts");
    case "cordon": return import("./commands/cordon.ts");
    case "uncordon": return import("./commands/uncordon.ts");
    case "drain": return import("./commands/drain.ts");
    case "taint": return import("./commands/taint.ts");
    case "describe": return import("./commands/describe.ts");
    case "logs": return import("./commands/logs.ts");
    case "attach": return import("./commands/attach.ts");
    case "exec": return import("./commands/exec.ts");
    case "port-forward": return import("./commands/port-forward.ts");
    case "proxy": return import("./commands/proxy.ts");
    case "cp": return import("./commands/cp.ts");
    case "auth can-i": return import("./commands/auth/can-i.ts");
    case "auth reconcile": return import("./commands/auth/reconcile.ts");
    case "auth whoami": return import("./commands/auth/whoami.ts");
    case "debug": return import("./commands/debug.ts");
    case "events": return import("./commands/events.ts");
    case "diff": return import("./commands/diff.ts");
    case "apply": return import("./commands/apply.ts");
    case "apply edit-last-applied": return import("./commands/apply/edit-last-applied.ts");
    case "apply set-last-applied": return import("./commands/apply/set-last-applied.ts");
    case "apply view-last-applied": return import("./commands/apply/view-last-applied.ts");
    case "patch": return import("./commands/patch.ts");
    case "replace": return import("./commands/replace.ts");
    case "wait": return import("./commands/wait.ts");
    case "kustomize": return import("./commands/kustomize.ts");
    case "label": return import("./commands/label.ts");
    case "annotate": return import("./commands/annotate.ts");
    case "completion": return import("./commands/completion.ts");
    case "alpha": return import("./commands/alpha.ts");
    case "config view": return import("./commands/config/view.ts");
    case "config set-cluster": return import("./commands/config/set-cluster.ts");
    case "config set-credentials": return import("./commands/config/set-credentials.ts");
    case "config set-context": return import("./commands/config/set-context.ts");
    case "config set": return import("./commands/config/set.ts");
    case "config unset": return import("./commands/config/unset.ts");
    case "config current-context": return import("./commands/config/current-context.ts");
    case "config use-context": return import("./commands/config/use-context.ts");
    case "config get-contexts": return import("./commands/config/get-contexts.ts");
    case "config get-clusters": return import("./commands/config/get-clusters.ts");
    case "config get-users": return import("./commands/config/get-users.ts");
    case "config delete-cluster": return import("./commands/config/delete-cluster.ts");
    case "config delete-context": return import("./commands/config/delete-context.ts");
    case "config delete-user": return import("./commands/config/delete-user.ts");
    case "config rename-context": return import("./commands/config/rename-context.ts");
    case "plugin list": return import("./commands/plugin/list.ts");
    case "version": return import("./commands/version.ts");
    case "api-versions": return import("./commands/api-versions.ts");
    case "api-resources": return import("./commands/api-resources.ts");
    case "options": return import("./commands/options.ts");
    case "kuberc set": return import("./commands/kuberc/set.ts");
    case "kuberc view": return import("./commands/kuberc/view.ts");
    case "curl":
    case "nslookup":
    case "dig":
    case "host":
    case "wget":
    case "ping":
    case "nc":
    case "getent": return import("./commands/host-program.ts");
    case "reset": return import("./commands/reset.ts");
    case "settings": return import("./commands/settings.ts");
    case "dns": return import("./commands/dns.ts");
    case "trace": return import("./commands/trace.ts");
    case "doctor": return import("./commands/doctor.ts");
    case "on": return import("./commands/on.ts");
    case "env": return import("./commands/env.ts");
    case "outside add": return import("./commands/outside/add.ts");
    case "outside list": return import("./commands/outside/list.ts");
    case "outside remove": return import("./commands/outside/remove.ts");
    case "image add": return import("./commands/image/add.ts");
    case "image list": return import("./commands/image/list.ts");
    case "image remove": return import("./commands/image/remove.ts");
    case "snapshot save": return import("./commands/snapshot/save.ts");
    case "snapshot restore": return import("./commands/snapshot/restore.ts");
    case "snapshot list": return import("./commands/snapshot/list.ts");
    case "snapshot diff": return import("./commands/snapshot/diff.ts");
    case "export": return import("./commands/export.ts");
    case "import": return import("./commands/import.ts");
    case "record start": return import("./commands/record/start.ts");
    case "record stop": return import("./commands/record/stop.ts");
    case "record status": return import("./commands/record/status.ts");
    case "minikube ip": return import("./commands/minikube/ip.ts");
    case "minikube service": return import("./commands/minikube/service.ts");
    default: throw new TypeError(`${path} holds other commands`);
  }
}
