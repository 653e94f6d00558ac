import type { PageLine } from "./pages.ts";

/** Help of kubemu's own commands: usage, what it does, examples. */
// biome-ignore format: one command a line
export const KUBEMU_PAGES: Readonly<Record<string, PageLine>> = {
  curl: ["[curl's own options] URL", "Make an HTTP request from this machine into the simulated world.", "kubemu curl -s localhost:8888", "kubemu curl -I http://localhost:30080/"],
  reset: ["[--profile=NAME] [--seed=TEXT]", "Throw the cluster away and make a new one.", "kubemu reset", "kubemu reset --profile kind"],
  settings: ["[set NAME=VALUE]", "Show and change how the simulator behaves.", "kubemu settings", "kubemu settings set pod-start=5s"],
  dns: ["", "Show every DNS record that the cluster serves, and the Service it comes from.", "kubemu dns"],
  trace: ["URL [--from=PLACE]", "Show the way of a packet, hop by hop, and the rule that decides at each.", "kubemu trace http://web", "kubemu trace http://web --from pod/tmp"],
  doctor: ["[svc/NAME]", "Say what is wrong with Services and how to mend it.", "kubemu doctor", "kubemu doctor svc/web"],
  on: ["(host | node/NAME | pod/NAME) -- PROGRAM [ARGS]", "Run a program as a shell on that machine would.", "kubemu on node/docker-desktop -- curl -s 10.96.0.1"],
  env: ["", "Print what puts kubectl, curl, nslookup and others of the simulated world on PATH.", "eval \"$(kubemu env)\""],
  outside: ["", "What the simulated internet knows."],
  "outside add": ["NAME ADDRESS [--http=TEXT | --status=N]", "Let the outside world know a name.", "kubemu outside add db.example.com 198.51.100.80"],
  "outside list": ["", "List the names that the outside world knows.", "kubemu outside list"],
  "outside remove": ["NAME", "Let the outside world forget a name.", "kubemu outside remove db.example.com"],
  image: ["", "Container images that a user describes."],
  "image add": ["NAME --port=N --http=TEXT | -f FILE", "Describe what an image brings.", "kubemu image add shop --port 8080 --http 'hello from {{.podName}}'"],
  "image list": ["", "List the images that are described.", "kubemu image list"],
  "image remove": ["NAME", "Forget an image.", "kubemu image remove shop"],
  snapshot: ["", "Keep copies of the cluster and go back to them."],
  "snapshot save": ["NAME", "Keep a copy of the cluster as it is.", "kubemu snapshot save before"],
  "snapshot restore": ["NAME", "Go back to a copy.", "kubemu snapshot restore before"],
  "snapshot list": ["", "List the copies.", "kubemu snapshot list"],
  "snapshot diff": ["NAME", "Show what has changed since a copy.", "kubemu snapshot diff before"],
  export: ["[-n NAMESPACE]", "Print manifests that a real cluster accepts.", "kubemu export > cluster.yaml"],
  import: ["-f FILE", "Read the objects of a real cluster.", "kubemu import -f all.yaml"],
  record: ["FILE", "Keep a log of every command as JSON lines.", "kubemu record commands.jsonl"],
};
