/** Manifests that make the objects of the documentation's examples, by their path there. */
export const examples: Readonly<Record<string, string>> = {
  "admin/dns/dnsutils.yaml": `apiVersion: v1
kind: Pod
metadata:
  name: dnsutils
  namespace: default
spec:
  containers:
    - name: dnsutils
      image: "registry.k8s.io/e2e-test-images/jessie-dnsutils:1.3"
      command: ["sleep", "3600"]
      imagePullPolicy: IfNotPresent
  restartPolicy: Always
`,
};
