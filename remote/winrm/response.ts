import { ProtocolError } from '../protocol-error.ts';
import { childOf, findElement, parseXml, type XmlElement } from '../xml-element.ts';
import { commandStates } from './actions.ts';
import { decodeBase64 } from './base64.ts';

/** A fault as the server gave it. `reason` is outside text. */
export interface WsmanFault {
  /** WSManFault code, a quota's WMI error code, or undefined when the fault carries none. */
  readonly code: number | undefined;
  /** `w:TimedOut` without its prefix, or empty. */
  readonly subcode: string;
  readonly reason: string;
}

export type WsmanAnswer =
  | { readonly ok: true; readonly body: XmlElement }
  | { readonly ok: false; readonly fault: WsmanFault };

const doing = 'reading a WS-Management answer';

/** Reads an answer and checks that it belongs to the request. @param messageId the GUID sent @throws ProtocolError */
export function parseAnswer(xml: string, messageId: string): WsmanAnswer {
  const envelope = parseXml(xml, doing);
  const body = childOf(envelope, 'Body');
  if (envelope.name !== 'Envelope' || body === undefined) {
    throw new ProtocolError('protocol.malformed', doing, 'no SOAP envelope');
  }
  const relatesTo = childOf(childOf(envelope, 'Header'), 'RelatesTo')?.text.trim();
  const fault = childOf(body, 'Fault');
  // A fault about a message that the server could not read has no RelatesTo.
  if (
    relatesTo?.toLowerCase() !== `uuid:${messageId}`.toLowerCase() &&
    !(fault !== undefined && relatesTo === undefined)
  ) {
    throw new ProtocolError('protocol.malformed', doing, 'it answers another request');
  }
  return fault === undefined ? { ok: true, body } : { ok: false, fault: readFault(fault) };
}

function readFault(fault: XmlElement): WsmanFault {
  const detail = childOf(fault, 'Detail');
  const code =
    (detail && findElement(detail, 'WSManFault')?.attributes.get('Code')) ??
    (detail && findElement(detail, 'error_Code')?.text.trim());
  const subcode = childOf(childOf(childOf(fault, 'Code'), 'Subcode'), 'Value')?.text.trim() ?? '';
  const message = detail === undefined ? undefined : findElement(detail, 'Message');
  const reason = childOf(childOf(fault, 'Reason'), 'Text')?.text.trim() ?? '';
  return {
    code: code !== undefined && /^\d{1,10}$/.test(code) ? Number(code) : undefined,
    subcode: subcode.slice(subcode.indexOf(':') + 1),
    reason: reason || (message === undefined ? '' : allText(message).trim()),
  };
}

const allText = (element: XmlElement): string => element.text + element.children.map(allText).join(' ');

/** The shell's id that a Create response gives. @throws ProtocolError */
export function readShellId(body: XmlElement): string {
  const selectors = findElement(body, 'SelectorSet')?.children ?? [];
  const id = selectors.find((selector) => selector.attributes.get('Name') === 'ShellId')?.text.trim();
  if (!id) throw new ProtocolError('protocol.malformed', doing, 'no ShellId');
  return id;
}

export interface ReceivedStreams {
  readonly data: readonly Buffer[];
  /** CommandState Done was in it. */
  readonly done: boolean;
}

/** The streams of a Receive response. @throws ProtocolError */
export function readReceived(body: XmlElement): ReceivedStreams {
  const response = childOf(body, 'ReceiveResponse');
  if (response === undefined) throw new ProtocolError('protocol.malformed', doing, 'no ReceiveResponse');
  const streams = response.children.filter((child) => child.name === 'Stream' && child.text.trim() !== '');
  return {
    data: streams.map((stream) => decodeBase64(stream.text, doing)),
    done: childOf(response, 'CommandState')?.attributes.get('State') === commandStates.done,
  };
}
