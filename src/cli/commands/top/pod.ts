import { topCommand } from "../../top.ts";

/** `top pod`. Models kubectl pkg/cmd/top/top_pod.go. */
export default topCommand("pod [NAME | -l label]", "only one of NAME or selector can be provided");
