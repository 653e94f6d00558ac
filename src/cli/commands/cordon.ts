import { cordonCommand } from "../drain/nodes.ts";

/** `cordon`. Models kubectl pkg/cmd/drain/drain.go (NewCmdCordon). */
export default cordonCommand(true);
