import { goQuote } from "../../api/encoding/go-quote.ts";
import { byteLength } from "../../api/encoding/text.ts";
import { getKey, sortedKeys } from "../../api/json.ts";
import { sprint } from "../go/format.ts";
import { type GoData, GoNumber, isMap, kindOf, numberOf } from "../go/value.ts";
import { CallError, FUNCTIONS, type Parameter } from "./functions.ts";
import {
  type BranchNode,
  type ChainNode,
  type CommandNode,
  type IdentifierNode,
  type ListNode,
  type Node,
  type NumberNode,
  nodeText,
  type PipeNode,
  TemplateError,
  type TemplateNode,
} from "./node.ts";
import { ROOT_NAME } from "./parse.ts";
import { concrete, held, isTrue, unwrapped, type Value, valueType } from "./value.ts";

/** What nothing was piped into: an argument that is not there. */
const MISSING = Symbol("missing");
type Final = Value | typeof MISSING;

/** Go allows 100000; templates of this size only recurse that deep when they never end. */
const MAX_DEPTH = 500;

export interface Program {
  text: string;
  trees: Map<string, ListNode>;
  /** False: a key that a map does not have is an error. */
  allowMissingKeys: boolean;
}

/**
 * Runs the template on data and hands its text to `write`, piece by piece. Models Go's text/template exec.go.
 * @throws TemplateError; what was written before it stays written.
 */
export function execute(program: Program, data: GoData, write: (text: string) => void): void {
  const root = program.trees.get(ROOT_NAME);
  if (!root) throw new TemplateError(`template: ${ROOT_NAME}: "${ROOT_NAME}" is an incomplete or empty template`);
  const dot = concrete(data);
  new State(program, write, ROOT_NAME, dot, 0).walk(dot, root);
}

type Jump = "break" | "continue" | undefined;

class State {
  readonly #program: Program;
  readonly #write: (text: string) => void;
  readonly #name: string;
  readonly #depth: number;
  #node: Node | undefined;
  #variables: { name: string; value: Value }[];

  constructor(program: Program, write: (text: string) => void, name: string, dot: Value, depth: number) {
    this.#program = program;
    this.#write = write;
    this.#name = name;
    this.#depth = depth;
    this.#variables = [{ name: "$", value: dot }];
  }

  #fail(message: string): never {
    const node = this.#node!;
    const before = this.#program.text.slice(0, node.pos);
    const lines = before.split("\n");
    const column = byteLength(lines.at(-1)!);
    throw new TemplateError(
      `template: ${ROOT_NAME}:${lines.length}:${column}: executing ${goQuote(this.#name)} at <${nodeText(node)}>: ${message}`,
    );
  }

  /** Runs one node; tells when a `break` or `continue` ended it. */
  walk(dot: Value, node: Node): Jump {
    this.#node = node;
    switch (node.kind) {
      case "text":
        this.#write(node.text);
        return undefined;
      case "action": {
        const value = this.#pipeline(dot, node.pipe);
        if (node.pipe.variables.length === 0) this.#write(value ? sprint(value.data) : "<no value>");
        return undefined;
      }
      case "list":
        for (const inner of node.nodes) {
          const jump = this.walk(dot, inner);
          if (jump) return jump;
        }
        return undefined;
      case "if":
      case "with":
        return this.#ifOrWith(dot, node);
      case "range":
        return this.#range(dot, node);
      case "template":
        return this.#template(dot, node);
      case "break":
      case "continue":
        return node.kind;
      default:
        return this.#fail(`unknown node: ${nodeText(node)}`);
    }
  }

  #ifOrWith(dot: Value, node: BranchNode): Jump {
    const mark = this.#variables.length;
    const value = this.#pipeline(dot, node.pipe);
    const inner = node.kind === "with" ? value : dot;
    const jump = isTrue(value) ? this.walk(inner, node.list) : node.elseList && this.walk(dot, node.elseList);
    this.#variables.length = mark;
    return jump;
  }

  #range(dot: Value, node: BranchNode): Jump {
    const outer = this.#variables.length;
    const value = this.#pipeline(dot, node.pipe);
    const mark = this.#variables.length;
    let ran = false;
    for (const [key, element] of this.#elements(value, node.pipe.variables.length)) {
      ran = true;
      this.#setRangeVariables(node.pipe, key, element);
      const jump = this.walk(element, node.list);
      this.#variables.length = mark;
      if (jump === "break") break;
    }
    const jump = ran || !node.elseList ? undefined : this.walk(dot, node.elseList);
    this.#variables.length = outer;
    return jump;
  }

  /** Key (or index) and element, in order; nothing for nil. */
  *#elements(value: Value, variables: number): Generator<[Value, Value]> {
    const data = value?.data;
    if (data === null || data === undefined) return;
    const kind = kindOf(data);
    if (Array.isArray(data)) {
      for (const [i, item] of data.entries()) yield [concrete(new GoNumber("int", i)), held(item)];
    } else if (isMap(data)) {
      for (const key of sortedKeys(data)) {
        const member = getKey(data, key);
        if (member !== undefined) yield [concrete(key), held(member)];
      }
    } else if (kind === "int" || kind === "uint") {
      if (variables > 1) this.#fail(`can't use ${sprint(data)} to iterate over more than one variable`);
      const count = numberOf(data) ?? 0;
      for (let i = 0; i < count; i++)
        yield [undefined, concrete(data instanceof GoNumber ? new GoNumber(data.type, i) : i)];
    } else this.#fail(`range can't iterate over ${sprint(data)}`);
  }

  #setRangeVariables(pipe: PipeNode, key: Value, element: Value): void {
    const names = pipe.variables.map((variable) => variable.names[0]!);
    const values = names.length > 1 ? [key, element] : [element];
    names.forEach((name, i) => {
      if (pipe.assign) this.#setVariable(name, values[i]);
      else this.#variables[this.#variables.length - names.length + i]!.value = values[i];
    });
  }

  #template(dot: Value, node: TemplateNode): Jump {
    const tree = this.#program.trees.get(node.name);
    if (!tree) this.#fail(`template ${goQuote(node.name)} not defined`);
    if (this.#depth >= MAX_DEPTH) this.#fail("exceeded maximum template depth (100000)");
    const inner = node.pipe ? this.#pipeline(dot, node.pipe) : undefined;
    new State(this.#program, this.#write, node.name, inner, this.#depth + 1).walk(inner, tree);
    return undefined;
  }

  #setVariable(name: string, value: Value): void {
    const variable = this.#variables.findLast((candidate) => candidate.name === name);
    if (!variable) this.#fail(`undefined variable: ${name}`);
    variable.value = value;
  }

  #pipeline(dot: Value, pipe: PipeNode): Value {
    this.#node = pipe;
    let final: Final = MISSING;
    for (const command of pipe.commands) final = unwrapped(this.#command(dot, command, final));
    const value = final === MISSING ? undefined : final;
    for (const variable of pipe.variables) {
      const name = variable.names[0]!;
      if (pipe.assign) this.#setVariable(name, value);
      else this.#variables.push({ name, value });
    }
    return value;
  }

  #command(dot: Value, command: CommandNode, final: Final): Value {
    const first = command.args[0]!;
    switch (first.kind) {
      case "field":
      case "chain":
      case "variable":
        return this.#access(dot, first, command.args, final);
      case "identifier":
        return this.#function(dot, first, command, command.args, final);
      case "pipe":
        this.#noArguments(command.args, final);
        return this.#pipeline(dot, first);
    }
    this.#node = first;
    this.#noArguments(command.args, final);
    if (first.kind === "nil") this.#fail("nil is not a command");
    return this.#literal(dot, first);
  }

  #noArguments(args: Node[], final: Final): void {
    if (args.length > 1 || final !== MISSING) this.#fail(`can't give argument to non-function ${nodeText(args[0]!)}`);
  }

  #literal(dot: Value, node: Node): Value {
    switch (node.kind) {
      case "dot":
        return dot;
      case "bool":
        return concrete(node.value);
      case "string":
        return concrete(node.text);
      case "number":
        return this.#number(node);
      default:
        return this.#fail(`can't evaluate command ${goQuote(nodeText(node))}`);
    }
  }

  #number(node: NumberNode): Value {
    this.#node = node;
    return node.value instanceof GoNumber ? concrete(node.value) : this.#fail(node.value.overflow);
  }

  /** A field, a variable or a term with fields behind it. */
  #access(
    dot: Value,
    node: Extract<Node, { kind: "field" | "variable" }> | ChainNode,
    args: Node[],
    final: Final,
  ): Value {
    this.#node = node;
    let receiver = dot;
    let names = node.names;
    if (node.kind === "variable") {
      const name = node.names[0]!;
      const variable = this.#variables.findLast((candidate) => candidate.name === name);
      if (!variable) this.#fail(`undefined variable: ${name}`);
      receiver = variable.value;
      names = node.names.slice(1);
      if (names.length === 0) {
        this.#noArguments(args, final);
        return receiver;
      }
    } else if (node.kind === "chain") {
      if (node.node.kind === "nil") this.#fail(`indirection through explicit nil in ${nodeText(node)}`);
      receiver = this.#argument(dot, undefined, node.node);
    }
    names.forEach((name, i) => {
      const last = i === names.length - 1;
      receiver = this.#field(receiver, name, last && (args.length > 1 || final !== MISSING));
    });
    return receiver;
  }

  #field(receiver: Value, name: string, hasArguments: boolean): Value {
    const strict = !this.#program.allowMissingKeys;
    if (!receiver) return strict ? this.#fail(`nil data; no entry for key ${goQuote(name)}`) : undefined;
    if (receiver.data === null) this.#fail(`nil pointer evaluating interface {}.${name}`);
    if (!isMap(receiver.data)) this.#fail(`can't evaluate field ${name} in type ${valueType(receiver)}`);
    if (hasArguments) this.#fail(`${name} is not a method but has arguments`);
    const member = getKey(receiver.data, name);
    if (member !== undefined) return held(member);
    return strict ? this.#fail(`map has no entry for key ${goQuote(name)}`) : undefined;
  }

  /** A call. `args` starts with the function itself; `at` is the node that an error of the function is reported at. */
  #function(dot: Value, node: IdentifierNode, at: Node, args: Node[], final: Final): Value {
    this.#node = node;
    const { name } = node;
    const fn = FUNCTIONS[name]!;
    const given = args.slice(1);
    const count = given.length + (final === MISSING ? 0 : 1);
    const fixed = fn.parameters.length;
    if (fn.variadic === undefined ? count !== fixed : count < fixed) {
      const want =
        fn.variadic === undefined ? `want ${fixed} got ${count}` : `want at least ${fixed} got ${given.length}`;
      this.#fail(`wrong number of args for ${name}: ${want}`);
    }
    const parameter = (i: number): Parameter => fn.parameters[i] ?? fn.variadic!;
    const values: Value[] = [];
    for (const [i, arg] of given.entries()) {
      const value = this.#argument(dot, parameter(i), arg);
      if ((name === "and" || name === "or") && isTrue(value) === (name === "or")) return value;
      values.push(value);
    }
    if (final !== MISSING) values.push(this.#validate(final, parameter(given.length)));
    if (name === "call") values.unshift(concrete(this.#calleeName(given, values)));
    try {
      return fn.call(values);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.#node = at;
      this.#fail(`error calling ${name}: ${error.message}`);
    }
  }

  #calleeName(given: Node[], values: Value[]): string {
    if (given.length > 0) return nodeText(given[0]!);
    const callee = values[0];
    if (!callee) return "<invalid Value>";
    return typeof callee.data === "string" ? callee.data : `<${valueType(callee)} Value>`;
  }

  /** An argument as the parameter's type takes it; without one, whatever it is. */
  #argument(dot: Value, type: Parameter | undefined, node: Node): Value {
    this.#node = node;
    switch (node.kind) {
      case "dot":
        return this.#validate(dot, type);
      case "nil":
        return type === "string" ? this.#fail("cannot assign nil to string") : undefined;
      case "field":
        return this.#validate(this.#access(dot, node, [node], MISSING), type);
      case "variable":
      case "chain":
        return this.#validate(this.#access(dot, node, [], MISSING), type);
      case "pipe":
        return this.#validate(this.#pipeline(dot, node), type);
      case "identifier":
        return this.#validate(this.#function(dot, node, node, [], MISSING), type);
    }
    if (type === "string" && node.kind !== "string") this.#fail(`expected string; found ${nodeText(node)}`);
    return this.#literal(dot, node);
  }

  #validate(value: Value, type: Parameter | undefined): Value {
    if (type !== "string") return value;
    if (!value) this.#fail("invalid value; expected string");
    if (typeof value.data === "string") return value;
    const inner = value.data === null ? value : unwrapped(value)!;
    return this.#fail(`wrong type for value; expected string; got ${valueType(inner)}`);
  }
}
