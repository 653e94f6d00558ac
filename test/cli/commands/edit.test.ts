import { expect, test } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

// Texts: kubectl pkg/cmd/util/editor/editoptions.go and editor.go.

/** A Service, and an editor that does these replacements, one a round. */
async function editing(...rounds: [from: string, to: string][]): Promise<Kubectl> {
  const kubectl = new Kubectl({ env: { EDITOR: "ed" } });
  await kubectl.ok("create service clusterip web --tcp=80");
  kubectl.program = (_, [path]) => {
    const [from, to] = rounds.shift() ?? ["", ""];
    kubectl.write(path!, kubectl.read(path!).replace(from, to));
    return { status: 0, stdout: "" };
  };
  return kubectl;
}

test("what was changed is patched", async () => {
  const kubectl = await editing(["port: 80", "port: 81"]);
  expect(await kubectl.ok("edit svc web")).toBe("service/web edited\n");
  expect(await kubectl.ok("get svc web -o jsonpath={.spec.ports[0].port}")).toBe("81");
  expect(kubectl.files.list("/tmp")).toEqual([]);
});

test("nothing changed", async () => {
  const kubectl = await editing();
  expect(await kubectl.run("edit svc web")).toEqual({
    stdout: "",
    stderr: "Edit cancelled, no changes made.\n",
    status: 0,
  });
});

test("the file begins with a comment, and is opened again with what the server said", async () => {
  const kubectl = await editing(["port: 80", "port: 99999"]);
  const seen: string[] = [];
  let file = "";
  const { program } = kubectl;
  kubectl.program = (name, [path]) => {
    file = path!;
    seen.push(kubectl.read(file));
    return program!(name, [path!]);
  };
  const ran = await kubectl.run("edit svc web");
  const head =
    "# Please edit the object below. Lines beginning with a '#' will be ignored,\n# and an empty file will abort the edit. If an error occurs while saving this file will be\n# reopened with the relevant failures.\n#\n";
  expect(seen[0]!.startsWith(`${head}apiVersion: v1\nkind: Service\n`)).toBe(true);
  expect(
    seen[1]!.startsWith(
      `${head}# services "web" was not valid:\n# * spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive\n#\napiVersion: v1\n`,
    ),
  ).toBe(true);
  expect(ran).toEqual({
    stdout: "",
    stderr: `error: services "web" is invalid\nA copy of your changes has been stored to "${file}"\nerror: Edit cancelled, no valid changes were saved.\n`,
    status: 1,
  });
});

test("its name cannot be changed", async () => {
  const kubectl = await editing(["name: web\n", "name: other\n"]);
  const ran = await kubectl.run("edit svc web");
  expect(ran.stderr.endsWith("error: At least one of apiVersion, kind and name was changed\n")).toBe(true);
  expect(ran.status).toBe(1);
});

test("--output-patch", async () => {
  const kubectl = await editing(["app: web", "app: x"]);
  expect(await kubectl.ok("edit svc web --output-patch")).toBe(
    'Patch: {"metadata":{"labels":{"app":"x"}}}\nservice/web edited\n',
  );
});

test("an editor that cannot be started, and one that fails", async () => {
  const kubectl = await editing();
  kubectl.program = undefined;
  expect((await kubectl.run("edit svc web")).stderr).toBe('error: unable to launch the editor "ed"\n');
  kubectl.program = () => ({ status: 1, stdout: "" });
  expect((await kubectl.run("edit svc web")).stderr).toBe('error: there was a problem with the editor "ed"\n');
});

test("a name that does not exist, and none at all", async () => {
  const kubectl = await editing();
  expect((await kubectl.run("edit svc nothere")).stderr).toBe(
    'Error from server (NotFound): services "nothere" not found\n',
  );
  expect((await kubectl.run("edit")).stderr).toBe(
    "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'\n",
  );
});
