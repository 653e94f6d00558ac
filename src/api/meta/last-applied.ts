/** The annotation in which `kubectl apply` keeps the manifest that it applied last. */
export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
