import type { Kubectl } from "../support/kubectl.ts";

/** One situation: what was typed, and what kubemu says of it. */
export interface Situation {
  name: string;
  profile?: string;
  /** Applied first. */
  manifest?: string;
  /** Command lines after it. */
  lines?: readonly (string | readonly string[])[];
  ask: string | readonly string[];
  status: number;
  stdout: string;
}

/** A Deployment of one container, `app` being its name unless labels are given. */
export function deployment(
  name: string,
  image: string,
  extra: { labels?: string; container?: string; replicas?: number; spec?: string; namespace?: string } = {},
): string {
  const { labels = `{app: ${name}}`, container = "", replicas = 1, namespace = "default" } = extra;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: ${labels}}
  template:
    metadata: {labels: ${labels}}
    spec:
      containers:
      - {name: main, image: "${image}"${container}}
`;
}

export function service(name: string, spec: string, namespace = "default"): string {
  return `---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
`;
}

/** Types the lines of a situation; each must succeed, warnings apart. */
export async function prepare(kubectl: Kubectl, { manifest, lines = [] }: Situation): Promise<void> {
  if (manifest) kubectl.write("situation.yaml", manifest);
  for (const line of [...(manifest ? ["apply -f situation.yaml"] : []), ...lines]) {
    const { status, stderr } = await kubectl.run(line);
    const complaints = stderr.split("\n").filter((text) => text !== "" && !text.startsWith("Warning: "));
    if (status !== 0 || complaints.length > 0) throw new Error(`${JSON.stringify(line)} failed (${status}): ${stderr}`);
  }
}
