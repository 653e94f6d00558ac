import type { User } from "../../api/types/user.ts";

/** Members may do everything, whatever the roles say. Models apiserver pkg/authentication/user (SystemPrivilegedGroup). */
const PRIVILEGED = "system:masters";
const AUTHENTICATED = "system:authenticated";
const UNAUTHENTICATED = "system:unauthenticated";

/** Whom the cluster's kubeconfig makes of its user. */
export const ADMIN: User = {
  name: "kubernetes-admin",
  uid: "admin",
  groups: [PRIVILEGED, "kubeadm:cluster-admins", AUTHENTICATED],
};

export function isPrivileged(user: User): boolean {
  return user.groups.includes(PRIVILEGED);
}

/** The namespace and the name in `system:serviceaccount:NAMESPACE:NAME`. */
export function serviceAccountOf(username: string): { namespace: string; name: string } | undefined {
  const [, , namespace = "", name = "", ...more] = username.split(":");
  if (!username.startsWith("system:serviceaccount:") || namespace === "" || name === "" || more.length > 0) return;
  return { namespace, name };
}

export function serviceAccountName(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

export function serviceAccountGroups(namespace: string): string[] {
  return ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
}

/**
 * Whom the headers of `--as` and its companions make the request's user. Models apiserver pkg/endpoints/filters/impersonation
 * (WithImpersonation).
 */
export function impersonated(as: User): User {
  const account = serviceAccountOf(as.name);
  const groups = as.groups.length === 0 && account ? serviceAccountGroups(account.namespace) : [...as.groups];
  const own = as.name === "system:anonymous" ? UNAUTHENTICATED : AUTHENTICATED;
  if (!groups.includes(AUTHENTICATED) && !groups.includes(UNAUTHENTICATED)) groups.push(own);
  return { ...as, groups };
}
