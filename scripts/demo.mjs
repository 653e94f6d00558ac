#!/usr/bin/env node
// Runs the lesson on a throw-away state and prints it as it would look in a terminal.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const bin = resolve(import.meta.dirname, "../bin/kubemu.js");
const folder = mkdtempSync(join(tmpdir(), "kubemu-demo-"));

const LESSON = [
  "# A Deployment: one pod that answers its environment as JSON on port 8888.",
  "kubectl create deployment mydeploy --image=bretfisher/httpenv",
  "kubectl scale deployment/mydeploy --replicas=5",
  "# ClusterIP: an address inside the cluster.",
  "kubectl expose deployment/mydeploy --port 8888",
  "kubectl get services",
  "# From the host it does not answer; from a pod it does, by its name.",
  "curl -sS localhost:8888",
  "kubectl run tmp-shell --rm -it --image bretfisher/netshoot -- curl -s mydeploy:8888",
  "# NodePort: a high port on every node, in front of a ClusterIP.",
  "kubectl expose deployment/mydeploy --port 8888 --name mydeploy-np --type NodePort",
  "kubectl get services",
  "curl -s localhost:$(kubectl get svc mydeploy-np -o jsonpath='{.spec.ports[0].nodePort}')",
  "# LoadBalancer: load balancer → NodePort → ClusterIP → pod.",
  "kubectl expose deployment/mydeploy --port 8888 --name mydeploy-lb --type LoadBalancer",
  "kubectl get services",
  "curl -s localhost:8888",
  "# ExternalName: a CNAME in the cluster's DNS and nothing else.",
  "kubectl create service externalname my-db --external-name db.example.com",
  "kubectl get services",
  "kubectl run tmp-shell --rm -it --image bretfisher/netshoot -- nslookup my-db",
  "# And away with all of it.",
  "kubectl delete service/mydeploy service/mydeploy-np service/mydeploy-lb service/my-db",
  "kubectl delete deployment/mydeploy",
  "kubectl get all",
];

const shims = `kubectl() { "${process.execPath}" "${bin}" "$@"; }; curl() { "${process.execPath}" "${bin}" curl "$@"; }\n`;
/** The steps that are meant to fail: the lesson shows what does not answer. */
const REFUSED = new Map([["curl -sS localhost:8888", 7]]);
let failed = 0;
try {
  for (const line of LESSON) {
    if (line.startsWith("#")) {
      console.log(`\n${line}`);
      continue;
    }
    console.log(`$ ${line}`);
    const run = spawnSync("bash", ["-c", shims + line], {
      env: {
        ...process.env,
        KUBERC: "off",
        KUBEMU_STATE: join(folder, "state.json"),
        KUBEMU_PROFILE: "docker-desktop",
      },
      input: "",
      encoding: "utf8",
    });
    process.stdout.write(run.stdout);
    process.stdout.write(run.stderr);
    if (run.stdout && !run.stdout.endsWith("\n")) console.log();
    const expected = REFUSED.get(line) ?? 0;
    if (run.status !== expected) {
      console.log(`(exit status ${run.status}, where ${expected} was expected)`);
      failed++;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
