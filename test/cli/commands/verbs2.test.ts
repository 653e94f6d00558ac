import { describe, expect, it } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

// Texts of transcript 34, else of kubectl's source under pkg/cmd, which each line's command names.
const NODE = "node/docker-desktop";

describe("nodes: success", () => {
  it.each([
    [["cordon docker-desktop"], `${NODE} cordoned\n`], // 34
    [["uncordon docker-desktop"], `${NODE} already uncordoned\n`],
    [["cordon docker-desktop", "cordon docker-desktop"], `${NODE} already cordoned\n`],
    [["cordon docker-desktop", "uncordon docker-desktop"], `${NODE} uncordoned\n`], // 34
    [["cordon node/docker-desktop --dry-run=client"], `${NODE} cordoned (dry run)\n`],
    [["cordon docker-desktop --dry-run=client", "uncordon docker-desktop"], `${NODE} already uncordoned\n`],
    [["cordon docker-desktop --dry-run=server", "uncordon docker-desktop"], `${NODE} already uncordoned\n`],
    [["cordon -l kubernetes.io/os=linux --dry-run=server"], `${NODE} cordoned (server dry run)\n`],
    [["cordon docker-desktop", "get node docker-desktop -o jsonpath={.spec.unschedulable}"], "true"],
    [["taint node docker-desktop a=b:NoSchedule"], `${NODE} tainted\n`], // 34
    [["taint node docker-desktop a=b:NoSchedule", "taint node docker-desktop a=b:NoSchedule-"], `${NODE} untainted\n`], // 34
    [["taint nodes --all a=b:NoSchedule", "taint no --all a- c:NoExecute d:NoSchedule"], `${NODE} modified\n`],
    [["taint nodes docker-desktop a:NoSchedule --overwrite"], `${NODE} modified\n`],
    [["taint nodes -l kubernetes.io/os=linux a:NoSchedule"], `${NODE} tainted\n`],
    // kubectl sets the word anew after it added `(dry run)` to it.
    [["taint node docker-desktop a:NoSchedule --dry-run=server"], `${NODE} tainted\n`],
    [
      ["taint node docker-desktop a=b:NoSchedule c:NoExecute", "get no -o jsonpath={.items[*].spec.taints}"],
      '[{"effect":"NoSchedule","key":"a","value":"b"},{"effect":"NoExecute","key":"c"}]',
    ],
    [["taint node docker-desktop a:NoSchedule --dry-run=client", "get no -o jsonpath={.items[*].spec.taints}"], ""],
  ])("%j", async (lines, stdout) => {
    const kubectl = new Kubectl();
    for (const line of lines.slice(0, -1)) await kubectl.ok(line);
    expect(await kubectl.run(lines.at(-1)!)).toEqual({ stdout, stderr: "", status: 0 });
  });
});

const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const taintHelp = "See 'kubectl taint -h' for help and examples\n";

describe("nodes: refusals", () => {
  it.each([
    ["cordon", "error: USAGE: cordon NODE [flags]\nSee 'kubectl cordon -h' for help and examples\n"],
    ["uncordon", "error: USAGE: uncordon NODE [flags]\nSee 'kubectl uncordon -h' for help and examples\n"],
    [
      "cordon x -l a=b",
      "error: cannot specify both a node name and a --selector option\nSee 'kubectl cordon -h' for help and examples\n",
    ],
    ["cordon nothere", 'Error from server (NotFound): nodes "nothere" not found\n'],
    ["cordon service/kubernetes", 'error: expected resource of type node, got "/v1, Resource=services"\n'],
    ["cordon x --nothing", "error: unknown flag: --nothing\nSee 'kubectl cordon --help' for usage.\n"],
    ["cordon x --dry-run=x", 'error: Invalid dry-run value (x). Must be "none", "server", or "client".\n'],
    ["taint", "error: one or more resources must be specified as <resource> <name>\n"],
    ["taint node x", "error: at least one taint update is required\n"],
    [
      "taint node a:NoSchedule",
      "error: at least one resource name must be specified since 'all' parameter is not set\n",
    ],
    ["taint node x a:NoSchedule b", "error: all resources must be specified before taint changes: b\n"],
    ["taint node x a=b:No", `error: invalid taint effect: No, unsupported taint effect\n${taintHelp}`],
    ["taint node x a=b", `error: invalid taint spec: a=b, ${NAME_PART}\n${taintHelp}`],
    ["taint node x a=b:c:d", `error: invalid taint spec: a=b:c:d\n${taintHelp}`],
    ["taint node x a=b=c:NoSchedule", `error: invalid taint spec: a=b=c:NoSchedule\n${taintHelp}`],
    [
      "taint node x a=b:NoSchedule a=c:NoSchedule",
      `error: duplicated taints with the same key and effect: {a c NoSchedule <nil>}\n${taintHelp}`,
    ],
    ["taint svc x a:NoSchedule", "error: invalid resource type svc, only node types are supported\n"],
    ["taint foo x a:NoSchedule", 'the server doesn\'t have a resource type "foo"\n'],
    [
      "taint node x a:NoSchedule a-",
      "error: can not both modify and remove the following taint(s) in the same command: a=\n",
    ],
    [
      "taint node --all -l a=b c:NoSchedule",
      "error: setting 'all' parameter with a non empty selector is prohibited\n",
    ],
    ["taint node nothere a:NoSchedule", 'Error from server (NotFound): nodes "nothere" not found\n'],
    ["taint node docker-desktop a-", 'error: taint "a" not found\n'],
    ["taint node docker-desktop a:NoSchedule-", 'error: taint "a:NoSchedule" not found\n'],
    ["taint node x a- --nothing", "error: unknown flag: --nothing\nSee 'kubectl taint --help' for usage.\n"],
  ])("%s", async (line, stderr) => {
    expect(await new Kubectl().run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });

  it("does not overwrite a taint unasked", async () => {
    const kubectl = new Kubectl();
    await kubectl.ok("taint node docker-desktop a=b:NoSchedule");
    expect(await kubectl.run("taint node docker-desktop a=c:NoSchedule")).toEqual({
      stdout: "",
      stderr: "error: node docker-desktop already has a taint(s) with same effect(s) and --overwrite is false\n",
      status: 1,
    });
  });
});

/** A Deployment `web`, a RoleBinding `rb`, a ClusterRoleBinding `crb`, a ConfigMap `conf` and a Secret `hush`. */
async function prepared(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.ok("create deployment web --image=nginx");
  await kubectl.ok("create rolebinding rb --role=r --user=u");
  await kubectl.ok("create clusterrolebinding crb --clusterrole=r --user=u");
  await kubectl.ok("create configmap conf --from-literal=ONE=1 --from-literal=two-b=2");
  await kubectl.ok("create secret generic hush --from-literal=KEY=value");
  return kubectl;
}

const DEPRECATED =
  "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format " +
  "(e.g., '70%' for utilization or '500m' for milliCPU).\n";
const METRICS = "get hpa web -o jsonpath={.spec.minReplicas},{.spec.maxReplicas},{.spec.metrics}";
const SUBJECTS = "get rolebinding rb -o jsonpath={.subjects[*].kind},{.subjects[*].name},{.subjects[*].namespace}";
const ENV = "get deploy web -o jsonpath={.spec.template.spec.containers[0].env}";

// Texts of kubectl's pkg/cmd/autoscale, pkg/cmd/set/set_subject.go and set_env.go.
describe("autoscale, set subject, set env: success", () => {
  it.each([
    [["autoscale deploy web --max=3"], "horizontalpodautoscaler.autoscaling/web autoscaled\n"],
    [["autoscale deploy/web --max=3 --name=x"], "horizontalpodautoscaler.autoscaling/x autoscaled\n"],
    [["autoscale deploy web --max=3 --dry-run=client"], "horizontalpodautoscaler.autoscaling/web created (dry run)\n"],
    [
      ["autoscale deploy web --max=3 --dry-run=server"],
      "horizontalpodautoscaler.autoscaling/web autoscaled (server dry run)\n",
    ],
    [["autoscale deploy web --max=3 --dry-run=server", "get hpa -o name"], ""],
    [
      ["autoscale deploy web --max=3 --min=2 --cpu=70% --memory=200", METRICS],
      '2,3,[{"resource":{"name":"cpu","target":{"averageUtilization":70,"type":"Utilization"}},"type":"Resource"},' +
        '{"resource":{"name":"memory","target":{"averageValue":"200Mi","type":"AverageValue"}},"type":"Resource"}]',
    ],
    [
      ["autoscale deploy web --max=3 --cpu=1500", METRICS],
      '1,3,[{"resource":{"name":"cpu","target":{"averageValue":"1500m","type":"AverageValue"}},"type":"Resource"}]',
    ],
    [["set subject rolebinding rb --user=x"], "rolebinding.rbac.authorization.k8s.io/rb subjects updated\n"],
    [["set subject rolebinding rb --user=u"], ""],
    [
      ["set subject rolebinding rb --group=g --dry-run=client"],
      "rolebinding.rbac.authorization.k8s.io/rb subjects updated (dry run)\n",
    ],
    [
      ["set subject rolebinding rb --serviceaccount=:sa --serviceaccount=n:t --user=b --user=a", SUBJECTS],
      "User User User ServiceAccount ServiceAccount,u a b sa t,default n",
    ],
    [["set env deploy/web A=b"], "deployment.apps/web env updated\n"],
    [["set env deploy web A=b --dry-run=client"], "deployment.apps/web env updated (dry run)\n"],
    [["set env deploy web A=b --dry-run=server"], "deployment.apps/web env updated (server dry run)\n"],
    [["set env deploy/web"], ""],
    [["set env deploy/web A-"], ""],
    [["set env deploy/web A=b C= -e E=f", ENV], '[{"name":"E","value":"f"},{"name":"A","value":"b"},{"name":"C"}]'],
    [
      ["set env deploy/web A=b C=d", "set env deploy/web A- C=x F=g", ENV],
      '[{"name":"C","value":"x"},{"name":"F","value":"g"}]',
    ],
    [["set env deploy/web A=b", "set env deploy/web A-", ENV], ""],
    [
      ["set env deploy/web --from=secret/hush --prefix=P_", ENV],
      '[{"name":"P_KEY","valueFrom":{"secretKeyRef":{"key":"KEY","name":"hush"}}}]',
    ],
    [
      ["set env deploy/web --from=cm/conf --keys=ONE", "set env deploy/web A=b --list"],
      "# Deployment web, container nginx\n# ONE from configmap conf, key ONE\nA=b\n",
    ],
    [
      ["set env deploy/web --from=secret/hush", "set env deploy/web --list --resolve"],
      "# Deployment web, container nginx\nKEY=value\n",
    ],
    [["set env deploy/web A=b --list", ENV], ""],
    [["set env deploy --all A=b -c *ng*"], "deployment.apps/web env updated\n"],
  ])("%j", async (lines, stdout) => {
    const kubectl = await prepared();
    for (const line of lines.slice(0, -1)) await kubectl.ok(line);
    expect(await kubectl.run(lines.at(-1)!)).toEqual({ stdout, stderr: "", status: 0 });
  });

  it("warns of what is deprecated, transferred or missing", async () => {
    const kubectl = await prepared();
    expect(await kubectl.run("autoscale deploy web --max=3 --cpu-percent=50")).toEqual({
      stdout: "horizontalpodautoscaler.autoscaling/web autoscaled\n",
      stderr: DEPRECATED,
      status: 0,
    });
    expect(await kubectl.run("set env deploy/web --from=cm/conf --keys=two-b")).toEqual({
      stdout: "deployment.apps/web env updated\n",
      stderr: "Warning: key two-b transferred to TWO_B\n",
      status: 0,
    });
    expect(await kubectl.run("set env deploy/web A=b -c nothere")).toEqual({
      stdout: "",
      stderr: 'Warning: Deployment/web does not have any containers matching "nothere"\n',
      status: 0,
    });
    await kubectl.ok("delete cm conf");
    expect(await kubectl.run("set env deploy/web --list --resolve")).toEqual({
      stdout: "# Deployment web, container nginx\n# TWO_B from configmap conf, key two-b\n",
      stderr: 'error retrieving reference for TWO_B: configmaps "conf" not found\n',
      status: 0,
    });
  });

  it("reads variables from standard input", async () => {
    const kubectl = await prepared();
    expect(await kubectl.ok("set env deploy/web -", "A=b # so\nnothing\n# C=d\nE=f\n")).toBe(
      "deployment.apps/web env updated\n",
    );
    expect(await kubectl.ok(ENV)).toBe('[{"name":"A","value":"b "},{"name":"E","value":"f"}]');
  });

  it("falls back on autoscaling/v1 as kubectl does", async () => {
    const kubectl = await prepared();
    await kubectl.ok("autoscale deploy web --max=3");
    const cannot =
      "error: failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1";
    const refused = async (line: string) => (await kubectl.run(line)).stderr;
    expect(await refused("autoscale deploy web --max=3")).toBe(`${cannot}: empty input\n`);
    expect(await refused("autoscale deploy web --max=3 --cpu=500m")).toBe(`${cannot}: %!w(<nil>)\n`);
    expect(await refused("autoscale deploy web --max=3 --cpu=50%")).toBe(
      'Error from server (AlreadyExists): horizontalpodautoscalers.autoscaling "web" already exists\n',
    );
  });
});

const MISSING = `error: You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'
`;
const LOCAL = `error: you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
`;

describe("autoscale, set subject, set env: refusals", () => {
  it.each([
    ["autoscale --max=2", MISSING],
    ["autoscale deploy web", 'error: required flag(s) "max" not set\n'],
    ["autoscale deploy web --max=0", "error: --max=MAXPODS is required and must be at least 1, max: 0\n"],
    [
      "autoscale deploy web --max=1 --min=2",
      "error: --max=MAXPODS must be larger or equal to --min=MINPODS, max: 1, min: 2\n",
    ],
    ["autoscale deploy web --max=2 --cpu=x", "error: invalid resource cpu value: x\n"],
    ["autoscale deploy web --max=2 --memory=x%", "error: invalid percentage value: x\n"],
    [
      "autoscale deploy web --max=2 --cpu=5 --cpu-percent=5",
      `${DEPRECATED}error: --cpu-percent and --cpu are mutually exclusive\n`,
    ],
    ["autoscale deploy nothere --max=2", 'Error from server (NotFound): deployments.apps "nothere" not found\n'],
    [
      "autoscale cm conf --max=2",
      "error: cannot autoscale a ConfigMap: could not find scale subresource for /v1, Resource=configmaps in discovery " +
        "information\n",
    ],
    [
      "autoscale deploy web --max=2 --nothing",
      "error: unknown flag: --nothing\nSee 'kubectl autoscale --help' for usage.\n",
    ],
    ["set subject", MISSING],
    ["set subject rolebinding rb", "error: you must specify at least one value of user, group or serviceaccount\n"],
    ["set subject rolebinding rb --serviceaccount=x", "error: serviceaccount must be <namespace>:<name>\n"],
    [
      "set subject deploy web --user=x",
      "error: deployments/web setting subjects is only supported for RoleBinding/ClusterRoleBinding\n",
    ],
    [
      "set subject clusterrolebinding crb --serviceaccount=:x",
      "error: serviceaccount must be <namespace>:<name>, namespace must be specified\n",
    ],
    ["set subject rolebinding --all -l a=b --user=x", "error: cannot set --all and --selector at the same time\n"],
    [
      "set subject rolebinding nothere --user=x",
      'Error from server (NotFound): rolebindings.rbac.authorization.k8s.io "nothere" not found\n',
    ],
    ["set subject --local rolebinding rb --user=x", LOCAL],
    ["set env", "error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n"],
    [
      "set env deploy/web a=b deploy/x",
      "error: all resources must be specified before environment changes: deploy/web a=b deploy/x\n",
    ],
    [
      "set env deploy/web 1=b",
      'error: "1" is not a valid key name: a valid environment variable name must consist of alphabetic characters, ' +
        "digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or " +
        "'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')\n",
    ],
    ["set env deploy/web -e a", "error: unknown environment variable: a\n"],
    [
      "set env deploy/web a=b a-",
      "error: can not both modify and remove the same environment variable in the same command\n",
    ],
    [
      "set env deploy/web --keys=x",
      "error: when specifying --keys, a configmap or secret must be provided with --from\n",
    ],
    ["set env deploy/web --list -o yaml", "error: --list and --output may not be specified together\n"],
    ["set env deploy/web --from=deploy/web", "error: unsupported resource specified in --from\n"],
    [
      "set env deploy/web a=b --local --dry-run=server",
      "error: cannot specify --local and --dry-run=server - did you mean --dry-run=client?\n",
    ],
    ["set env deploy/nothere a=b", 'Error from server (NotFound): deployments.apps "nothere" not found\n'],
    ["set env deploy/web --nothing", "error: unknown flag: --nothing\nSee 'kubectl set env --help' for usage.\n"],
  ])("%s", async (line, stderr) => {
    expect(await (await prepared()).run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });

  it("does not overwrite a variable when that is forbidden", async () => {
    const kubectl = await prepared();
    await kubectl.ok("set env deploy/web A=b");
    expect(await kubectl.run("set env deploy/web A=c --overwrite=false")).toEqual({
      stdout: "",
      stderr: "error: deployments/web 'A' already has a value (b), and --overwrite is false\n",
      status: 1,
    });
  });
});

// Texts of kubectl's pkg/drain/filters.go, pkg/drain/drain.go and pkg/cmd/drain/drain.go.
describe("drain", () => {
  it("evicts what a controller replaces and refuses other pods", async () => {
    const kubectl = new Kubectl();
    await kubectl.ok("run x --image=nginx --labels=app=x");
    const why = "cannot delete Pods that declare no controller (use --force to override): default/x";
    expect(await kubectl.run("drain docker-desktop --pod-selector=app=x")).toEqual({
      stdout: "node/docker-desktop cordoned\n",
      stderr:
        `error: unable to drain node "docker-desktop" due to error: ${why}, continuing command...\n` +
        `There are pending nodes to be drained:\n docker-desktop\n${why}\n`,
      status: 1,
    });
    expect(await kubectl.run("drain docker-desktop --pod-selector=app=x --force")).toEqual({
      stdout:
        "node/docker-desktop already cordoned\nevicting pod default/x\npod/x evicted\nnode/docker-desktop drained\n",
      stderr: "Warning: deleting Pods that declare no controller: default/x\n",
      status: 0,
    });
  });

  it.each([
    ["drain", "error: USAGE: drain NODE [flags]\nSee 'kubectl drain -h' for help and examples\n"],
    ["drain nothere", 'Error from server (NotFound): nodes "nothere" not found\n'],
    ["drain x --pod-selector=a=b=c", "error: --pod-selector=<pod_selector> must be a valid label selector\n"],
    ["drain x --nothing", "error: unknown flag: --nothing\nSee 'kubectl drain --help' for usage.\n"],
  ])("%s", async (line, stderr) => {
    expect(await new Kubectl().run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });
});

// Texts of kubectl v1.36.2 for the same files.
it("the labels of a file's objects are listed without an apiVersion, unless their kinds are to be told", async () => {
  const labelled = (name: string) => `kind: ConfigMap\nmetadata: {name: ${name}, labels: {x: "1"}}\n`;
  const kubectl = new Kubectl({
    files: { "one.yaml": labelled("a"), "more/a.yaml": labelled("a"), "more/b.yaml": labelled("b") },
  });
  const list = (path: string) => kubectl.run(["label", "--local", "--list", "-f", path]);
  expect(await list("one.yaml")).toEqual({ status: 0, stdout: "x=1\n", stderr: "" });
  const missing = "Object 'apiVersion' is missing in 'object has no apiVersion field'";
  expect(await list("more")).toEqual({ status: 1, stdout: "", stderr: `${missing}\n${missing}\n` });
});
