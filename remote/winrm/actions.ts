const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
/** Namespace of the Windows shell protocol, MS-WSMV 2.2.1. */
const shellNamespace = 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell';

export type ShellOperation = 'create' | 'command' | 'send' | 'receive' | 'signal' | 'delete';

/** Action URIs of the requests. The response's action is the same with `Response` at its end. */
export const actions: Readonly<Record<ShellOperation, string>> = {
  create: `${transfer}/Create`,
  command: `${shellNamespace}/Command`,
  send: `${shellNamespace}/Send`,
  receive: `${shellNamespace}/Receive`,
  signal: `${shellNamespace}/Signal`,
  delete: `${transfer}/Delete`,
};

export const faultAction = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault';

/** CommandState of a Receive response. */
export const commandStates = {
  pending: `${shellNamespace}/CommandState/Pending`,
  running: `${shellNamespace}/CommandState/Running`,
  done: `${shellNamespace}/CommandState/Done`,
} as const;

/** Signal code that stops a pipeline of a PowerShell endpoint. */
export const stopPipelineCode = 'powershell/signal/ctrl_c';
export const terminateCode = `${shellNamespace}/signal/terminate`;

/** The resource URI of the command shell (WinRS). */
export const commandShellUri = `${shellNamespace}/cmd`;

/** The resource URI of a PowerShell session configuration. */
export function endpointUri(name: string): string {
  return `http://schemas.microsoft.com/powershell/${name}`;
}

export const namespaces = {
  s: 'http://www.w3.org/2003/05/soap-envelope',
  a: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  w: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
  p: 'http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd',
  x: transfer,
  f: 'http://schemas.microsoft.com/wbem/wsman/1/wsmanfault',
  rsp: shellNamespace,
  ps: 'http://schemas.microsoft.com/powershell',
} as const;

/** The declarations of these prefixes, for the root element of an envelope. */
export function declare(...prefixes: readonly (keyof typeof namespaces)[]): string {
  return prefixes.map((prefix) => ` xmlns:${prefix}="${namespaces[prefix]}"`).join('');
}
