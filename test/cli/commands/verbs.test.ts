import { describe, expect, it } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

/** A Deployment `web` with port 80 and a Service `a`. */
async function prepared(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.ok("create deployment web --image=nginx --port=80");
  await kubectl.ok("create service clusterip a --tcp=80");
  return kubectl;
}

const MISSING = `error: You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'
`;

// Texts of the transcripts that the number names, else of kubectl's source under pkg/cmd.
describe("success", () => {
  it.each([
    ["expose deployment web", "service/web exposed\n"], // 07
    ["expose deployment web --dry-run=server --name=x", "service/x exposed (server dry run)\n"], // 06
    ["delete svc a", 'service "a" deleted from default namespace\n'], // 15
    ["delete svc a -o name", "service/a\n"], // 15
    ["delete svc nothere --ignore-not-found", ""], // 15
    ["delete all --all -n kube-public", "No resources found\n"], // 15
    ["scale deploy web --replicas=3", "deployment.apps/web scaled\n"], // 19
    ["run two --image=nginx --port=80 --expose", "service/two created\npod/two created\n"], // 20
    ["label svc a x=y", "service/a labeled\n"], // 18
    ["label svc a app-", "service/a unlabeled\n"], // 18
    ["label svc a app- x=y", "service/a modified\n"], // label.go MsgModified
    ["label svc a nothere-", 'label "nothere" not found.\nservice/a not labeled\n'], // 18
    ["annotate svc a note=x", "service/a annotated\n"], // 18
    ["wait --for=condition=Available deployment/web", "deployment.apps/web condition met\n"], // 30
    ["wait --for=jsonpath={.status.replicas}=1 deployment/web", "deployment.apps/web condition met\n"], // 30
    ["wait --for=delete svc/nothere", ""], // 32
    ["rollout status deployment/web", 'deployment "web" successfully rolled out\n'], // 19
    ["rollout history deploy/web", "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n\n"], // 19
    // rollout_history.go: a template alone is for the object itself.
    ["rollout history deploy/web --template={{.metadata.name}}:", "web:"],
    [
      "auth whoami --template={{.kind}}",
      "ATTRIBUTE   VALUE\nUsername    kubernetes-admin\nUID         admin\nGroups      [system:masters kubeadm:cluster-admins system:authenticated]\n",
    ],
    ["rollout restart deployment/web", "deployment.apps/web restarted\n"], // 19
    ["rollout pause deployment/web", "deployment.apps/web paused\n"], // rollout_pause.go
    ["set image deployment/web nginx=nginx:1.27", "deployment.apps/web image updated\n"], // 19
    ["set selector svc a app=other", "service/a selector updated\n"], // 25
    ["set serviceaccount deploy web default", "deployment.apps/web serviceaccount updated\n"], // set_serviceaccount.go
    ["set resources deploy web --limits=cpu=1", "deployment.apps/web resource requirements updated\n"], // set_resources.go
  ])("%s", async (line, stdout) => {
    expect(await (await prepared()).run(line)).toEqual({ stdout, stderr: "", status: 0 });
  });
});

describe("refusals", () => {
  it.each([
    // No arguments: 07, 15, 32, and the Validate of each command.
    ["expose", MISSING],
    ["delete", MISSING],
    ["scale --replicas=2", MISSING],
    ["run --image=nginx", "error: NAME is required for run\nSee 'kubectl run -h' for help and examples\n"],
    ["label", "error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n"],
    ["annotate", "error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n"],
    ["wait", "error: unrecognized condition: []\n"],
    ["rollout status", "error: required resource not specified\n"],
    ["rollout undo", "error: required resource not specified\n"],
    ["set serviceaccount", "error: serviceaccount is required\n"],
    // A name that does not exist: 07, 15, 19, 32.
    ["expose deployment nothere --port=80", 'Error from server (NotFound): deployments.apps "nothere" not found\n'],
    ["delete svc nothere", 'Error from server (NotFound): services "nothere" not found\n'],
    ["scale deploy nothere --replicas=3", 'Error from server (NotFound): deployments.apps "nothere" not found\n'],
    ["annotate svc nothere a=b", 'Error from server (NotFound): services "nothere" not found\n'],
    ["rollout undo deployment/nothere", 'Error from server (NotFound): deployments.apps "nothere" not found\n'],
    ["set image deployment/nothere a=b", 'Error from server (NotFound): deployments.apps "nothere" not found\n'],
    ["wait --for=create svc/x --timeout=1s", "error: timed out waiting for the condition\n"],
    // A bad flag: 32.
    ["expose deployment web --prot=80", "error: unknown flag: --prot\nSee 'kubectl expose --help' for usage.\n"],
    ["delete svc a --nothing", "error: unknown flag: --nothing\nSee 'kubectl delete --help' for usage.\n"],
    ["rollout undo --nothing", "error: unknown flag: --nothing\nSee 'kubectl rollout undo --help' for usage.\n"],
    // A bad value: 07, 18, 19, 30, and the source.
    ["expose deployment web --port=http", 'error: strconv.Atoi: parsing "http": invalid syntax\n'],
    ["expose deployment web --session-affinity=x", "error: unknown session affinity: x\n"],
    ["expose deployment web --overrides={", "error: Invalid JSON Patch\n"],
    ["expose node docker-desktop --port=80", "error: cannot expose a Node\n"],
    ["delete svc a --cascade=x", 'error: invalid cascade value (x). Must be "background", "foreground", or "orphan"\n'],
    ["delete svc a -o yaml", "error: unexpected -o output mode: yaml. We only support '-o name'\n"],
    ["delete svc a --now --grace-period=2", "error: --now and --grace-period cannot be specified together\n"],
    ["scale deploy web --replicas=3 --current-replicas=9", "error: Expected replicas to be 9, was 1\n"],
    [
      "scale deploy web --replicas=-1",
      "error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0\n",
    ],
    ["run x --image=A//b", 'error: Invalid image name "A//b": invalid reference format\n'],
    ["run x --image=a --restart=x", "error: invalid restart policy: x\nSee 'kubectl run -h' for help and examples\n"],
    ["run x --image=a --env=1=2", "error: invalid env: 1=2\n"],
    ["label svc a app=b", "error: 'app' already has a value (a), and --overwrite is false\n"],
    ["label svc a", "error: at least one label update is required\n"],
    ["label svc a x=1 y", "error: all resources must be specified before label changes: y\n"],
    ["wait --for=x deploy/web", 'error: unrecognized condition: "x"\n'],
    [
      "wait --for=condition=Nothing deployment/web --timeout=1s",
      "error: timed out waiting for the condition on deployments/web\n",
    ],
    ["wait --for=condition=ready pod -l app=none", "error: no matching resources found\n"],
    ["rollout history deploy/web --revision=9", "error: unable to find the specified revision\n"],
    ["rollout undo deploy/web --to-revision=9", "error: unable to find specified revision 9 in history\n"],
    ["rollout undo deploy/web", 'error: no rollout history found for deployment "web"\n'],
    ["rollout resume deploy/web", 'error: deployments.apps "web" is not paused\n'],
    ["set image deploy/web x=y", 'error: unable to find container named "x"\n'],
    ["set image svc/a x=y", "error: services/a the object is not a pod or does not have a pod template: *v1.Service\n"],
    ["set selector deploy web a=b", "error: setting a selector is only supported for Services\n"],
    ["set selector svc a", "error: resource(s) were provided, but no name was specified\n"],
  ])("%s", async (line, stderr) => {
    expect(await (await prepared()).run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });
});

describe("flows", () => {
  it("asks before an interactive deletion (delete.go confirmation)", async () => {
    const kubectl = await prepared();
    const asked = "You are about to delete the following 1 resource(s):\nservice/a\nDo you want to continue? (y/N): ";
    expect(await kubectl.ok("delete svc a -i", "n\n")).toBe(`${asked}deletion is cancelled\n`);
    expect(await kubectl.ok("delete svc a -i", "y\n")).toBe(`${asked}service "a" deleted from default namespace\n`);
  });

  it("rolls back to what was before (transcript 19)", async () => {
    const kubectl = await prepared();
    await kubectl.ok("set image deployment/web nginx=nginx:1.27");
    expect(await kubectl.ok("rollout undo deployment/web")).toBe("deployment.apps/web rolled back\n");
    const image = "{.spec.template.spec.containers[0].image}";
    expect(await kubectl.ok(["get", "deploy", "web", "-o", `jsonpath=${image}`])).toBe("nginx");
    expect(await kubectl.ok("rollout history deploy/web")).toBe(
      "deployment.apps/web \nREVISION  CHANGE-CAUSE\n2         <none>\n3         <none>\n\n",
    );
  });

  it("writes the command down with --record (record_flags.go)", async () => {
    const kubectl = await prepared();
    const { stderr } = await kubectl.run("scale deploy web --replicas=2 --record");
    expect(stderr).toBe("Flag --record has been deprecated, --record will be removed in the future\n");
    const cause = "{.metadata.annotations.kubernetes\\.io/change-cause}";
    expect(await kubectl.ok(["get", "deploy", "web", "-o", `jsonpath=${cause}`])).toBe(
      "kubectl scale deploy web --replicas=2 --record=true",
    );
  });

  it("deletes a namespace with what is in it (transcript 22)", async () => {
    const kubectl = new Kubectl();
    await kubectl.ok("create ns team-a");
    expect(await kubectl.ok("delete ns team-a")).toBe('namespace "team-a" deleted\n');
    expect((await kubectl.run("get ns team-a")).stderr).toBe(
      'Error from server (NotFound): namespaces "team-a" not found\n',
    );
  });
});

describe("run and attach", () => {
  it.each(["Always", "Never"])(
    "shows what a program printed that ended at once, restart %s (run.go)",
    async (restart) => {
      const kubectl = new Kubectl();
      const line = `run t -i --rm --restart=${restart} --image=busybox -- echo hello`;
      const { stdout, status } = await kubectl.run(line);
      expect([stdout, status]).toEqual(['hello\npod "t" deleted from default namespace\n', 0]);
      expect(await kubectl.ok("get pods -o name")).toBe("");
    },
  );
});
