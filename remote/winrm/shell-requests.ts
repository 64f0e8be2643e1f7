import { encodeXml } from '../xml-element.ts';
import { namespaces } from './actions.ts';
import { encodeDuration } from './duration.ts';
import type { RequestParts } from './envelope.ts';

/** The operation, options and body of a request; the message id and the shell are added when it is sent. */
export type ShellRequestParts = Omit<RequestParts, 'messageId' | 'shellId'>;

/** Create for a PowerShell endpoint, MS-PSRP 3.1.5.3.1. @param idle milliseconds after which the server gives up an unused shell */
export function createRequest(
  shellId: string,
  protocolVersion: string,
  idle: number,
  fragments: Buffer,
): ShellRequestParts {
  return {
    operation: 'create',
    options: { protocolversion: { value: protocolVersion, mustComply: true } },
    body:
      `<rsp:Shell ShellId="${encodeXml(shellId)}"><rsp:InputStreams>stdin pr</rsp:InputStreams>` +
      `<rsp:OutputStreams>stdout</rsp:OutputStreams><rsp:IdleTimeOut>${encodeDuration(idle)}</rsp:IdleTimeOut>` +
      `<creationXml xmlns="${namespaces.ps}">${fragments.toString('base64')}</creationXml></rsp:Shell>`,
  };
}

export function commandRequest(commandId: string, fragment: Buffer): ShellRequestParts {
  return {
    operation: 'command',
    body:
      `<rsp:CommandLine CommandId="${encodeXml(commandId)}"><rsp:Command/>` +
      `<rsp:Arguments>${fragment.toString('base64')}</rsp:Arguments></rsp:CommandLine>`,
  };
}

/** @param commandId undefined for data of the pool */
export function sendRequest(commandId: string | undefined, fragment: Buffer): ShellRequestParts {
  return {
    operation: 'send',
    body: `<rsp:Send><rsp:Stream Name="stdin"${commandAttribute(commandId)}>${fragment.toString('base64')}</rsp:Stream></rsp:Send>`,
  };
}

export function receiveRequest(commandId: string | undefined): ShellRequestParts {
  return {
    operation: 'receive',
    options: { WSMAN_CMDSHELL_OPTION_KEEPALIVE: { value: 'TRUE' } },
    body: `<rsp:Receive><rsp:DesiredStream${commandAttribute(commandId)}>stdout</rsp:DesiredStream></rsp:Receive>`,
  };
}

export function signalRequest(commandId: string, code: string): ShellRequestParts {
  return {
    operation: 'signal',
    body: `<rsp:Signal${commandAttribute(commandId)}><rsp:Code>${encodeXml(code)}</rsp:Code></rsp:Signal>`,
  };
}

export function deleteRequest(): ShellRequestParts {
  return { operation: 'delete', body: '' };
}

const commandAttribute = (id: string | undefined) =>
  id === undefined ? '' : ` CommandId="${encodeXml(id)}"`;
