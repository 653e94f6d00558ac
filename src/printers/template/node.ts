import { goQuote } from "../../api/encoding/go-quote.ts";
import type { Constant } from "./constant.ts";

/** A failure of parsing or of executing; the message is Go's, with `template: output:<line>…` in front. */
export class TemplateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TemplateError";
  }
}

export interface ListNode {
  kind: "list";
  pos: number;
  nodes: Node[];
}
export interface PipeNode {
  kind: "pipe";
  pos: number;
  assign: boolean;
  variables: VariableNode[];
  commands: CommandNode[];
}
export interface CommandNode {
  kind: "command";
  pos: number;
  args: Node[];
}
/** `$x.a.b`: the names with the variable's first. */
export interface VariableNode {
  kind: "variable";
  pos: number;
  names: string[];
}
export interface BranchNode {
  kind: "if" | "with" | "range";
  pos: number;
  pipe: PipeNode;
  list: ListNode;
  elseList?: ListNode;
}
export interface ChainNode {
  kind: "chain";
  pos: number;
  node: Node;
  names: string[];
}
export interface IdentifierNode {
  kind: "identifier";
  pos: number;
  name: string;
}
export interface TemplateNode {
  kind: "template";
  pos: number;
  name: string;
  pipe?: PipeNode;
}
export interface NumberNode {
  kind: "number";
  pos: number;
  text: string;
  value: Constant;
}

/** `end` and `else` end a list and never stay in the tree. */
export type Node =
  | ListNode
  | PipeNode
  | CommandNode
  | VariableNode
  | BranchNode
  | ChainNode
  | IdentifierNode
  | TemplateNode
  | NumberNode
  | { kind: "text"; pos: number; text: string }
  | { kind: "action"; pos: number; pipe: PipeNode }
  | { kind: "field"; pos: number; names: string[] }
  | { kind: "bool"; pos: number; value: boolean }
  | { kind: "string"; pos: number; quoted: string; text: string }
  | { kind: "dot" | "nil" | "break" | "continue" | "end" | "else"; pos: number };

/** The node as source text, the way errors quote it. Models the String methods of text/template/parse node.go. */
export function nodeText(node: Node): string {
  switch (node.kind) {
    case "list":
      return node.nodes.map(nodeText).join("");
    case "text":
      return node.text;
    case "action":
      return `{{${nodeText(node.pipe)}}}`;
    case "pipe":
      return pipeText(node);
    case "command":
      return node.args.map((arg) => (arg.kind === "pipe" ? `(${nodeText(arg)})` : nodeText(arg))).join(" ");
    case "identifier":
      return node.name;
    case "variable":
      return node.names.join(".");
    case "field":
      return node.names.map((name) => `.${name}`).join("");
    case "chain": {
      const head = node.node.kind === "pipe" ? `(${nodeText(node.node)})` : nodeText(node.node);
      return head + node.names.map((name) => `.${name}`).join("");
    }
    case "bool":
      return String(node.value);
    case "number":
      return node.text;
    case "string":
      return node.quoted;
    case "dot":
      return ".";
    case "nil":
      return "nil";
    case "template":
      return `{{template ${goQuote(node.name)}${node.pipe ? ` ${nodeText(node.pipe)}` : ""}}}`;
    case "if":
    case "with":
    case "range": {
      const otherwise = node.elseList ? `{{else}}${nodeText(node.elseList)}` : "";
      return `{{${node.kind} ${nodeText(node.pipe)}}}${nodeText(node.list)}${otherwise}{{end}}`;
    }
    default:
      return `{{${node.kind}}}`;
  }
}

function pipeText(pipe: PipeNode): string {
  const names = pipe.variables.map(nodeText).join(", ");
  const head = names === "" ? "" : `${names} ${pipe.assign ? "=" : ":="} `;
  return head + pipe.commands.map(nodeText).join(" | ");
}

/** True for a list of nothing but white space. */
export function isEmptyList(list: ListNode): boolean {
  return list.nodes.every((node) => node.kind === "text" && /^[\s\x85]*$/u.test(node.text));
}
