/** A pod of kubemu/curl-fixture behind ports that answer and ports that nobody listens on, and a pod to type in. */
export const FIXTURE_MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: server}
spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: kubemu/curl-fixture}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: client}
spec: {replicas: 1, selector: {matchLabels: {app: client}}, template: {metadata: {labels: {app: client}}, spec: {containers: [{name: c, image: nicolaka/netshoot, command: [sleep, infinity]}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.8.1, selector: {app: web}, ports: [{name: a, port: 80}, {name: b, port: 81, targetPort: 9}, {name: c, port: 443, targetPort: 9}, {name: d, port: 21, targetPort: 9}, {name: e, port: 18080, targetPort: 80}, {name: f, port: 18081, targetPort: 9}]}
`;

/** The meter's speeds are the recorder's machine. */
export function withoutSpeeds(stderr: string): string {
  return stderr.replace(
    /(\r[^\r\n]{33}).{5}(.{7}(?: .{8}){3} ).{5}/g,
    (_, sizes: string, times: string) => `${sizes}SPEED${times}SPEED`,
  );
}
