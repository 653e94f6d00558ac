/** The flags of kubemu's own commands, in the form of kubectl-flags.ts. */
export const KUBEMU_FLAGS = `
reset
  profile:string seed:string
dns
  output/o:string
trace
  from:string=host output/o:string
doctor
  all-namespaces/A:bool filename/f:csv output/o:string
env
  dir:string github:bool
on
  container/c:string
outside add
  http:string status:int
minikube service
  url:bool
image add
  filename/f:string http:string port:array
export
  all-namespaces/A:bool
import
  filename/f:csv
`;
