import type { Made } from "./made.ts";
import { bindingOf, type RoleLine, roleOf } from "./role-lines.ts";

/** Models bootstrappolicy/namespace_policy.go. */
const ROLES: readonly RoleLine[] = [
  {
    name: "system:controller:bootstrap-signer",
    namespace: "kube-public",
    rules: [
      "core | configmaps | get list watch",
      "core | configmaps | update | cluster-info",
      "core events.k8s.io | events | create patch update",
    ],
    to: ["account:bootstrap-signer"],
  },
  {
    name: "extension-apiserver-authentication-reader",
    namespace: "kube-system",
    rules: ["core | configmaps | get list watch | extension-apiserver-authentication"],
    to: ["user:system:kube-controller-manager", "user:system:kube-scheduler"],
    binding: "system::extension-apiserver-authentication-reader",
  },
  {
    name: "system::leader-locking-kube-controller-manager",
    namespace: "kube-system",
    rules: [
      "coordination.k8s.io | leases | create get list update watch",
      "coordination.k8s.io | leasecandidates | create get list update watch",
    ],
    to: [
      "user:system:kube-controller-manager",
      "account:kube-controller-manager",
      "account:leader-election-controller",
    ],
  },
  {
    name: "system::leader-locking-kube-scheduler",
    namespace: "kube-system",
    rules: [
      "coordination.k8s.io | leases | create get list update watch",
      "coordination.k8s.io | leasecandidates | create get list update watch",
    ],
    to: ["user:system:kube-scheduler", "account:kube-scheduler"],
  },
  {
    name: "system:controller:bootstrap-signer",
    namespace: "kube-system",
    rules: ["core | secrets | get list watch"],
    to: ["account:bootstrap-signer"],
  },
  {
    name: "system:controller:cloud-provider",
    namespace: "kube-system",
    rules: ["core | configmaps | create get list watch"],
    to: ["account:cloud-provider"],
  },
  {
    name: "system:controller:token-cleaner",
    namespace: "kube-system",
    rules: ["core | secrets | delete get list watch", "core events.k8s.io | events | create patch update"],
    to: ["account:token-cleaner"],
  },
];

export function roles(): Made[] {
  return ROLES.map((role) => ({ object: roleOf(role) }));
}

export function roleBindings(): Made[] {
  return ROLES.flatMap((role) => (role.to ? [{ object: bindingOf(role, role.to) }] : []));
}
