/** A text of `kubemu help TOPIC`. */
export interface Topic {
  name: string;
  /** What it is about, for the list of topics. */
  about: string;
  text: string;
}

export const TOPICS: readonly Topic[] = [
  {
    name: "state",
    about: "the state file: where the cluster lives",
    text: `The cluster is one JSON file, one object a line, so that 'git diff' shows what
changed.

  Where    $KUBEMU_STATE; else kubemu/state.json under $XDG_STATE_HOME
           (~/.local/state). The first command that needs it makes it, for its
           owner alone (0600). Another file is another cluster.
  Writing  A command holds a lock, and replaces the file as a whole: a crash at
           any instant leaves a file that loads, with the old content or the
           new one. Commands on one file wait for each other
           (KUBEMU_LOCK_TIMEOUT, in seconds).
  Damage   A checksum guards it. A damaged file, or one of a newer kubemu, is
           refused and left as it is; 'kubemu reset' throws it away. Change the
           cluster with kubectl, not with an editor.
  Copies   kubemu snapshot save before     keep the cluster as it is now
           kubemu snapshot diff before     what has changed since
           kubemu snapshot restore before  go back`,
  },
  {
    name: "profiles",
    about: "the clusters that people learn on, and what each lets you reach",
    text: `'kubemu reset --profile NAME' makes a new cluster; $KUBEMU_PROFILE counts when
the first command makes one.

  docker-desktop  One node. A load balancer gets 'localhost' at once; node ports
                  and load balancers' ports answer on localhost. The default.
  bare            One node. A load balancer stays <pending> until somebody sets
                  its status; node ports answer on the node's address.
  kind            Three nodes. A load balancer stays <pending>; node ports
                  answer on the addresses of the nodes, not on localhost.
  linux           One node, which is this machine: everything answers,
                  ClusterIPs too.
  cloud           Three nodes with external addresses. A load balancer gets a
                  host name after five seconds.

'kubemu trace URL' shows what a profile does to a connection.`,
  },
  {
    name: "time",
    about: "the clock, start-up times and the seed: the same run each time",
    text: `A pod is Running and Ready when the command that made it returns.
'kubemu settings set pod-start=5s' gives pods a start-up time, 'pod-stop=5s' a
time to end. Then states, conditions, ages and readiness follow the clock, and
'kubectl wait' and 'kubectl rollout status' wait for them.

  KUBEMU_NOW   The time, as 2026-01-02T15:04:05Z. The clock stands still at it
               and jumps where a command would wait, so nothing takes real
               time.
  KUBEMU_SEED  What the cluster chooses by chance is drawn from it: addresses,
               node ports, names of pods, which endpoint answers. Without it
               the system draws one when the cluster is made.

With both set, the same commands make the same file, byte for byte.`,
  },
  {
    name: "ci",
    about: "scripts that call kubectl and curl",
    text: `  eval "$(kubemu env)"      kubectl, curl, wget, nslookup, dig, host and
                            minikube of this shell are kubemu's, on a cluster
                            of its own; kubemu_off ends it
  kubemu env --github       the same for the steps of a GitHub Actions job

curl takes addresses of the simulated world itself and hands all others to the
real curl.

  kubectl wait deployment/web --for=condition=Available --timeout=30s
  test "$(curl -s -o /dev/null -w '%{http_code}' localhost:30080)" = 200
  kubemu doctor             exits with 1 when something is wrong; -o json for
                            programs
  kubemu record start FILE  a line of JSON for every command that follows

Set KUBEMU_SEED and KUBEMU_NOW where a run must be the same each time ('kubemu
help time'). Any number of clusters run side by side, each in a file of its own
($KUBEMU_STATE).`,
  },
  {
    name: "network",
    about: "where a packet goes: trace, doctor, dns and the outside world",
    text: `  kubemu trace URL [--from host|node/NAME|pod/NAME]
      The path hop by hop, the rule that decided at each, and the port at each
      step. -o json, mermaid or dot for programs and pictures.
  kubemu doctor [svc/NAME]
      What is wrong with Services, and the command that mends it.
  kubemu dns
      Every name the cluster's DNS knows, and the Service it comes from.
      -o zone for a zone file.
  kubemu on node/NAME -- curl …
      Runs a program as a shell on that machine would; on host and on pod/NAME
      likewise.
  kubemu outside add db.example.com 198.51.100.80 --http hello
      Lets the simulated internet know a name, so that an ExternalName leads
      somewhere.
  kubemu image add shop --port 8080 --http 'hello from {{.podName}}'
      Says what pods of an image answer.

Nothing leaves this machine: only 'kubectl port-forward' and 'kubectl proxy'
open real ports, on loopback.`,
  },
  {
    name: "real-cluster",
    about: "from kubemu to a real cluster, and back",
    text: `  kubemu export -A > cluster.yaml       manifests without what the cluster chose
  kubectl apply -f cluster.yaml         … on the real one, with the real kubectl

  kubectl get all -o yaml > all.yaml    on the real one
  kubemu import -f all.yaml             … comes into the simulated one

What to expect there: images are pulled and run, so pods take time; a load
balancer needs a provider; NodePorts answer on the addresses of the nodes;
ClusterIPs and node ports are other ones unless manifests pin them. The guide is
docs/real-cluster.md.`,
  },
];

export function topicNamed(name: string): Topic | undefined {
  return TOPICS.find((topic) => topic.name === name);
}

/** The lines of the program's help that name them. */
export function topicList(): string {
  const width = Math.max(...TOPICS.map((topic) => topic.name.length));
  const lines = TOPICS.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`);
  return `Topics ('kubemu help TOPIC'):\n${lines.join("\n")}`;
}
