import { ProtocolError } from '../protocol-error.ts';
import { childOf, encodeXml, findElement, parseXml, type XmlElement } from '../xml-element.ts';
import { actions, commandStates, declare, faultAction, namespaces, type ShellOperation } from './actions.ts';
import { decodeBase64 } from './base64.ts';
import { decodeDuration } from './duration.ts';

interface RequestHeader {
  readonly messageId: string;
  readonly resourceUri: string;
  /** Milliseconds; undefined when the client leaves it to the server. */
  readonly operationTimeout: number | undefined;
  readonly maxEnvelopeSize: number | undefined;
  readonly options: ReadonlyMap<string, string>;
  /** The selector ShellId; empty for Create. */
  readonly shellId: string;
}

/** A request as the server sees it. GUIDs and names are as the client wrote them. */
export type ShellRequest = RequestHeader &
  (
    | {
        readonly operation: 'create';
        /** The GUID that the client wants for the shell; empty when it leaves that to the server. */
        readonly wantedShellId: string;
        readonly inputStreams: string;
        readonly outputStreams: string;
        readonly creationFragments: Buffer;
        /** Milliseconds */
        readonly idleTimeout: number | undefined;
      }
    | {
        readonly operation: 'command';
        readonly commandId: string;
        readonly command: string;
        readonly fragments: Buffer;
      }
    | {
        readonly operation: 'send';
        readonly commandId: string;
        readonly stream: string;
        readonly data: Buffer;
        readonly end: boolean;
      }
    | { readonly operation: 'receive'; readonly commandId: string; readonly streams: string }
    | { readonly operation: 'signal'; readonly commandId: string; readonly code: string }
    | { readonly operation: 'delete' }
  );

const doing = 'reading a WS-Management request';
const malformed = (detail: string) => new ProtocolError('protocol.malformed', doing, detail);

/** Reads a request of the shell protocol. @throws ProtocolError */
export function parseRequest(xml: string): ShellRequest {
  const envelope = parseXml(xml, doing);
  const header = childOf(envelope, 'Header');
  const body = childOf(envelope, 'Body');
  const action = childOf(header, 'Action')?.text.trim();
  const operation = (Object.keys(actions) as ShellOperation[]).find((name) => actions[name] === action);
  const messageId = childOf(header, 'MessageID')?.text.trim();
  if (header === undefined || body === undefined) throw malformed('no header or no body');
  if (operation === undefined) throw malformed('unknown action');
  if (!messageId) throw malformed('no MessageID');
  const size = Number(childOf(header, 'MaxEnvelopeSize')?.text ?? Number.NaN);
  const common: RequestHeader = {
    messageId,
    resourceUri: childOf(header, 'ResourceURI')?.text.trim() ?? '',
    operationTimeout: decodeDuration(childOf(header, 'OperationTimeout')?.text ?? ''),
    maxEnvelopeSize: Number.isInteger(size) ? size : undefined,
    options: named(childOf(header, 'OptionSet')),
    shellId: named(childOf(header, 'SelectorSet')).get('ShellId') ?? '',
  };
  return { ...common, ...readBody(operation, body) };
}

/** The children of an OptionSet or SelectorSet by their attribute Name. */
function named(set: XmlElement | undefined): ReadonlyMap<string, string> {
  return new Map(set?.children.map((child) => [child.attributes.get('Name') ?? '', child.text.trim()]));
}

function readBody(operation: ShellOperation, body: XmlElement) {
  const part = (name: string) => findElement(body, name);
  const text = (name: string) => part(name)?.text.trim() ?? '';
  const attribute = (name: string, key: string) => part(name)?.attributes.get(key) ?? '';
  switch (operation) {
    case 'create':
      return {
        operation,
        wantedShellId: attribute('Shell', 'ShellId'),
        inputStreams: text('InputStreams'),
        outputStreams: text('OutputStreams'),
        creationFragments: decodeBase64(text('creationXml'), doing),
        idleTimeout: decodeDuration(text('IdleTimeOut')),
      };
    case 'command':
      return {
        operation,
        commandId: attribute('CommandLine', 'CommandId'),
        command: text('Command'),
        fragments: decodeBase64(text('Arguments'), doing),
      };
    case 'send':
      return {
        operation,
        commandId: attribute('Stream', 'CommandId'),
        stream: attribute('Stream', 'Name'),
        data: decodeBase64(text('Stream'), doing),
        end: /^(?:true|1)$/i.test(attribute('Stream', 'End')),
      };
    case 'receive':
      return {
        operation,
        commandId: attribute('DesiredStream', 'CommandId'),
        streams: text('DesiredStream'),
      };
    case 'signal':
      return { operation, commandId: attribute('Signal', 'CommandId'), code: text('Code') };
    case 'delete':
      return { operation };
  }
}

/** What a server answers. `commandId` is empty for data of the pool. */
export type ShellResponse =
  | { readonly operation: 'create'; readonly shellId: string; readonly resourceUri: string }
  | { readonly operation: 'command'; readonly commandId: string }
  | {
      readonly operation: 'receive';
      readonly commandId: string;
      readonly streams: readonly Buffer[];
      /** Only with a command. */
      readonly state?: 'running' | 'done';
      /** Only of a command shell: what its standard error said, and how the command ended. */
      readonly errors?: readonly Buffer[];
      readonly exitCode?: number;
    }
  | { readonly operation: 'send' | 'signal' | 'delete' };

interface ResponseHeader {
  /** The request's MessageID as it was. */
  readonly relatesTo: string;
  /** A fresh GUID. */
  readonly messageId: string;
}

/** The envelope of an answer. */
export function buildResponse(header: ResponseHeader, response: ShellResponse): string {
  return envelope(header, `${actions[response.operation]}Response`, responseBody(response));
}

function responseBody(response: ShellResponse): string {
  switch (response.operation) {
    case 'create': {
      const resource = `<w:ResourceURI>${encodeXml(response.resourceUri)}</w:ResourceURI>`;
      const selector = `<w:Selector Name="ShellId">${encodeXml(response.shellId)}</w:Selector>`;
      return (
        `<x:ResourceCreated><a:Address>${namespaces.a}/role/anonymous</a:Address>` +
        `<a:ReferenceParameters>${resource}<w:SelectorSet>${selector}</w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>` +
        `<rsp:Shell><rsp:ShellId>${encodeXml(response.shellId)}</rsp:ShellId></rsp:Shell>`
      );
    }
    case 'command':
      return `<rsp:CommandResponse><rsp:CommandId>${encodeXml(response.commandId)}</rsp:CommandId></rsp:CommandResponse>`;
    case 'receive': {
      const id = response.commandId === '' ? '' : ` CommandId="${encodeXml(response.commandId)}"`;
      const stream = (name: string) => (data: Buffer) =>
        `<rsp:Stream Name="${name}"${id}>${data.toString('base64')}</rsp:Stream>`;
      const streams = [
        ...response.streams.map(stream('stdout')),
        ...(response.errors ?? []).map(stream('stderr')),
      ];
      const exitCode =
        response.exitCode === undefined ? '' : `<rsp:ExitCode>${response.exitCode}</rsp:ExitCode>`;
      const state =
        response.state === undefined
          ? ''
          : `<rsp:CommandState${id} State="${commandStates[response.state]}">${exitCode}</rsp:CommandState>`;
      return `<rsp:ReceiveResponse>${streams.join('')}${state}</rsp:ReceiveResponse>`;
    }
    case 'send':
      return '<rsp:SendResponse/>';
    case 'signal':
      return '<rsp:SignalResponse/>';
    case 'delete':
      return '';
  }
}

export interface FaultDetails {
  /** WSManFault code, an unsigned 32-bit number. */
  readonly code: number;
  /** `w:TimedOut`, `w:AccessDenied` and the like. */
  readonly subcode: string;
  readonly reason: string;
  readonly machine?: string;
}

/** The envelope of a fault; HTTP status 500 goes with it. */
export function buildFault(header: ResponseHeader, fault: FaultDetails): string {
  const reason = encodeXml(fault.reason);
  return envelope(
    header,
    faultAction,
    `<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>${encodeXml(fault.subcode)}</s:Value></s:Subcode></s:Code>` +
      `<s:Reason><s:Text xml:lang="en-US">${reason}</s:Text></s:Reason>` +
      `<s:Detail><f:WSManFault Code="${fault.code}" Machine="${encodeXml(fault.machine ?? 'localhost')}">` +
      `<f:Message>${reason}</f:Message></f:WSManFault></s:Detail></s:Fault>`,
  );
}

function envelope({ relatesTo, messageId }: ResponseHeader, action: string, body: string): string {
  return (
    `<s:Envelope xml:lang="en-US"${declare('s', 'a', 'x', 'w', 'rsp', 'p', 'f')}><s:Header><a:Action>${action}</a:Action>` +
    `<a:MessageID>uuid:${encodeXml(messageId)}</a:MessageID><a:To>${namespaces.a}/role/anonymous</a:To>` +
    `<a:RelatesTo>${encodeXml(relatesTo)}</a:RelatesTo></s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}
