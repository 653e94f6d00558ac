import { beforeEach, describe, expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

// The texts are those of fixtures/recordings/kustomize-k.transcript, which a real control plane has given.

const FILES = {
  "base/kustomization.yaml": "resources: [web.yaml]\nconfigMapGenerator: [{name: settings, literals: [color=blue]}]\n",
  "base/web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n",
  "empty/x": "",
};

describe("-k", () => {
  let kubectl: Kubectl;

  beforeEach(() => {
    kubectl = new Kubectl({ files: FILES });
  });

  it("applies, shows and deletes what a kustomization makes", async () => {
    expect(await kubectl.run("apply -k base")).toEqual({
      stdout: "configmap/settings-747dfcb89d created\nservice/web created\n",
      stderr: "",
      status: 0,
    });
    expect((await kubectl.run("apply -k base")).stdout).toBe(
      "configmap/settings-747dfcb89d unchanged\nservice/web unchanged\n",
    );
    expect((await kubectl.run("get -k base -o name")).stdout).toBe("configmap/settings-747dfcb89d\nservice/web\n");
    expect((await kubectl.run("label -k base tier=front")).stdout).toBe(
      "configmap/settings-747dfcb89d labeled\nservice/web labeled\n",
    );
    expect((await kubectl.run("delete -k base")).stdout).toBe(
      'configmap "settings-747dfcb89d" deleted from default namespace\nservice "web" deleted from default namespace\n',
    );
  });

  it("compares it with what there is", async () => {
    await kubectl.ok("apply -k base");
    kubectl.program = (_, args) => {
      const text = (folder: string) => kubectl.files.list(folder).map((name) => kubectl.read(`${folder}/${name}`));
      const [live, merged] = args.slice(-2).map(text);
      return { status: String(live) === String(merged) ? 0 : 1, stdout: "" };
    };
    expect((await kubectl.run("diff -k base")).status).toBe(0);
    kubectl.write("base/web.yaml", FILES["base/web.yaml"].replace("80", "81"));
    expect((await kubectl.run("diff -k base")).status).toBe(1);
  });

  it("is told what is wrong in kustomize's words", async () => {
    const missing =
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '/home/user/empty'\n";
    for (const verb of ["apply", "create", "replace", "diff"])
      expect([verb, (await kubectl.run(`${verb} -k empty`)).stderr]).toEqual([verb, `error: ${missing}`]);
    expect((await kubectl.run("apply -k base -f base/web.yaml")).stderr).toBe(
      "error: only one of -f or -k can be specified\n",
    );
  });

  it("prints warnings of what is deprecated", async () => {
    kubectl.write("base/kustomization.yaml", "commonLabels: {a: b}\nresources: [web.yaml]\n");
    expect(await kubectl.run("apply -k base")).toEqual({
      stdout: "service/web created\n",
      stderr:
        "# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n",
      status: 0,
    });
  });
});

describe("kustomize -o", () => {
  it("writes a file, or one for each object into a folder", async () => {
    const kubectl = new Kubectl({ files: FILES });
    expect(await kubectl.run("kustomize base -o all.yaml")).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(kubectl.read("all.yaml")).toBe((await kubectl.run("kustomize base")).stdout);
    kubectl.files.mkdir("/home/user/out");
    await kubectl.ok("kustomize base -o out");
    expect(kubectl.files.list("/home/user/out")).toEqual([
      "v1_configmap_settings-747dfcb89d.yaml",
      "v1_service_web.yaml",
    ]);
  });
});
