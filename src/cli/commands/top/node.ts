import { topCommand } from "../../top.ts";

/** `top node`. Models kubectl pkg/cmd/top/top_node.go. */
export default topCommand("node [NAME | -l label]", "only one of NAME or --selector can be provided");
