import { describe, expect, it } from "vitest";
import { flagSetOf } from "../../../src/cli/flags/flag-spec.ts";
import { missingRequiredFlags, parseArguments } from "../../../src/cli/flags/parse.ts";

// Rules: github.com/spf13/pflag v1.0.9 flag.go; the texts were seen from kubectl v1.36.2.
const parse = (path: string, ...argv: string[]) => parseArguments(argv, flagSetOf(path));

describe("forms of a flag", () => {
  it.each([
    [["--output=yaml"], "yaml"],
    [["--output", "yaml"], "yaml"],
    [["-o=yaml"], "yaml"],
    [["-oyaml"], "yaml"],
    [["-o", "yaml"], "yaml"],
    [["-o="], "="],
    [["--output="], ""],
    [["-o", "-x"], "-x"],
    [["-Ao", "wide"], "wide"],
    [["-o", "json", "-o", "yaml"], "yaml"],
  ])("%j gives -o %j", (argv, value) => {
    expect(parse("get", ...argv).flags.string("output")).toBe(value);
  });

  it("takes a label selector right after its letter", () => {
    const { flags } = parse("get", "-lapp=web", "-Aw");
    expect(flags.string("selector")).toBe("app=web");
    expect(flags.bool("all-namespaces")).toBe(true);
    expect(flags.bool("watch")).toBe(true);
  });

  it("reads bools with a value only after an equals sign", () => {
    const { flags, args } = parse("delete", "--all=false", "--wait", "false", "--now=T");
    expect([flags.bool("all"), flags.bool("wait"), flags.bool("now")]).toEqual([false, true, true]);
    expect(args).toEqual(["false"]);
  });

  it("takes the value that a flag stands for when it has none", () => {
    const { flags, args } = parse("apply", "--dry-run", "client", "--validate", "--cascade");
    expect(flags.string("dry-run")).toBe("unchanged");
    expect(flags.string("validate")).toBe("strict");
    expect(flags.string("cascade")).toBe("background");
    expect(args).toEqual(["client"]);
  });

  it("splits slices at commas as CSV and keeps arrays whole", () => {
    expect(parse("get", "-L", "app,tier", "-L", '"a,b",c').flags.list("label-columns")).toEqual([
      "app",
      "tier",
      "a,b",
      "c",
    ]);
    expect(parse("run", "--env=A=1,2", "--env=B=3").flags.list("env")).toEqual(["A=1,2", "B=3"]);
  });

  it("keeps what stands after -- and counts what stood before", () => {
    const parsed = parse("run", "web", "--image=x", "--", "sh", "-c", "--image");
    expect(parsed.args).toEqual(["web", "sh", "-c", "--image"]);
    expect(parsed.argsLenAtDash).toBe(1);
    expect(parse("run", "web").argsLenAtDash).toBe(-1);
  });

  it("takes underscores for dashes", () => {
    const { flags } = parse("get", "--all_namespaces");
    expect(flags.bool("all-namespaces")).toBe(true);
    expect(flags.changed("all-namespaces")).toBe(true);
  });

  it("knows defaults, and which flags were given", () => {
    const { flags } = parse("get");
    expect([flags.int("chunk-size"), flags.bool("server-print"), flags.list("filename")]).toEqual([500, true, []]);
    expect(flags.changed("chunk-size")).toBe(false);
    expect(parse("proxy").flags.string("accept-hosts")).toBe("^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$");
    expect(parse("attach").flags.duration("pod-running-timeout")).toBe(60_000);
  });

  it("throws for a flag that the command does not declare", () => {
    expect(() => parse("get").flags.bool("nothing")).toThrow(new TypeError("flag accessed but not defined: nothing"));
  });
});

describe("mistakes", () => {
  it.each([
    ["get", ["--prot"], "unknown flag: --prot"],
    ["get", ["--prot=1"], "unknown flag: --prot"],
    ["get", ["---x"], "bad flag syntax: ---x"],
    ["get", ["--=x"], "bad flag syntax: --=x"],
    ["expose", ["-p", "80"], "unknown shorthand flag: 'p' in -p"],
    ["get", ["-Apx"], "unknown shorthand flag: 'p' in -px"],
    ["get", ["-é"], "unknown shorthand flag: 'Ã' in -é"],
    ["get", ["-'"], "unknown shorthand flag: '\\'' in -'"],
    ["get", ["-n"], "flag needs an argument: 'n' in -n"],
    ["get", ["-An"], "flag needs an argument: 'n' in -n"],
    ["get", ["--output"], "flag needs an argument: --output"],
    [
      "get",
      ["--all-namespaces=maybe"],
      'invalid argument "maybe" for "-A, --all-namespaces" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [
      "get",
      ["--chunk-size=x"],
      'invalid argument "x" for "--chunk-size" flag: strconv.ParseInt: parsing "x": invalid syntax',
    ],
    [
      "scale",
      ["--replicas=99999999999999999999"],
      'invalid argument "99999999999999999999" for "--replicas" flag: strconv.ParseInt: parsing "99999999999999999999": value out of range',
    ],
    [
      "autoscale",
      ["--max=2147483648"],
      'invalid argument "2147483648" for "--max" flag: strconv.ParseInt: parsing "2147483648": value out of range',
    ],
    ["delete", ["--timeout=5"], 'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"'],
    ["delete", ["--timeout=5x"], 'invalid argument "5x" for "--timeout" flag: time: unknown unit "x" in duration "5x"'],
    ["delete", ["--timeout=soon"], 'invalid argument "soon" for "--timeout" flag: time: invalid duration "soon"'],
    [
      "get",
      ["-L", 'a"b'],
      'invalid argument "a\\"b" for "-L, --label-columns" flag: parse error on line 1, column 2: bare " in non-quoted-field',
    ],
    [
      "get",
      ["-L", '"a'],
      'invalid argument "\\"a" for "-L, --label-columns" flag: parse error on line 1, column 3: extraneous or missing " in quoted-field',
    ],
    ["get", ["-v=x"], 'invalid argument "x" for "-v, --v" flag: strconv.ParseInt: parsing "x": invalid syntax'],
  ])("%s %j", (path, argv, message) => {
    expect(() => parse(path, ...argv)).toThrow(new Error(message));
  });

  it("warns of deprecated flags", () => {
    expect(parse("annotate", "--record").warnings).toEqual([
      "Flag --record has been deprecated, --record will be removed in the future",
    ]);
  });

  it("names required flags that are missing, in order", () => {
    const set = flagSetOf("create cronjob");
    expect(missingRequiredFlags(set, parseArguments([], set).flags)).toBe(
      'required flag(s) "image", "schedule" not set',
    );
    expect(missingRequiredFlags(set, parseArguments(["--image=a", "--schedule=b"], set).flags)).toBeUndefined();
  });
});

it.each([
  ["0x10", 16],
  ["010", 8],
  ["1_000", 1000],
  ["-0b11", -3],
])("reads the integer %s as Go's ParseInt with base 0", (text, value) => {
  expect(parse("get", `--chunk-size=${text}`).flags.int("chunk-size")).toBe(value);
});

it.each([
  ["1h2m3.5s", 3_723_500],
  ["-1.5h", -5_400_000],
  ["0", 0],
  ["100us", 0.1],
])("reads the duration %s", (text, ms) => {
  expect(parse("delete", `--timeout=${text}`).flags.duration("timeout")).toBe(ms);
});
