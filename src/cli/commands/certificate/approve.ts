import { certificateCommand } from "../../certificate-decision.ts";

export default certificateCommand({ type: "Approved", not: "Denied", reason: "KubectlApprove", operation: "approved" });
