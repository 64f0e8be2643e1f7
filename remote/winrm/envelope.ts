import { encodeXml } from '../xml-element.ts';
import { actions, declare, namespaces, type ShellOperation } from './actions.ts';
import { encodeDuration } from './duration.ts';

/** What is the same in every request of one shell. GUIDs in upper case, as Windows writes them. */
export interface RequestContext {
  /** `http://host:5985/wsman` */
  readonly to: string;
  readonly resourceUri: string;
  readonly sessionId: string;
  /** Milliseconds for one operation at the server. */
  readonly operationTimeout: number;
}

export interface RequestParts {
  readonly operation: ShellOperation;
  /** A fresh GUID. */
  readonly messageId: string;
  readonly shellId?: string;
  readonly options?: Readonly<Record<string, { readonly value: string; readonly mustComply?: boolean }>>;
  /** XML of the body, every value in it already encoded. */
  readonly body: string;
}

/** Octets of the largest answer that is asked for: what every peer asks for. */
const maxEnvelopeSize = 153_600;

/** The SOAP envelope of a WS-Man request, MS-WSMV 2.2.4. */
export function buildRequest(context: RequestContext, parts: RequestParts): string {
  const header = [
    `<a:Action s:mustUnderstand="true">${actions[parts.operation]}</a:Action>`,
    `<a:To>${encodeXml(context.to)}</a:To>`,
    `<a:ReplyTo><a:Address s:mustUnderstand="true">${namespaces.a}/role/anonymous</a:Address></a:ReplyTo>`,
    `<a:MessageID>uuid:${parts.messageId}</a:MessageID>`,
    `<w:ResourceURI s:mustUnderstand="true">${encodeXml(context.resourceUri)}</w:ResourceURI>`,
    `<w:MaxEnvelopeSize s:mustUnderstand="true">${maxEnvelopeSize}</w:MaxEnvelopeSize>`,
    `<w:OperationTimeout>${encodeDuration(context.operationTimeout)}</w:OperationTimeout>`,
    '<w:Locale xml:lang="en-US" s:mustUnderstand="false"/><p:DataLocale xml:lang="en-US" s:mustUnderstand="false"/>',
    `<p:SessionId s:mustUnderstand="false">uuid:${context.sessionId}</p:SessionId>`,
    parts.shellId === undefined
      ? ''
      : `<w:SelectorSet><w:Selector Name="ShellId">${encodeXml(parts.shellId)}</w:Selector></w:SelectorSet>`,
    optionSet(parts.options ?? {}),
  ];
  return (
    `<s:Envelope${declare('s', 'a', 'w', 'p', 'rsp')}><s:Header>${header.join('')}</s:Header>` +
    `<s:Body>${parts.body}</s:Body></s:Envelope>`
  );
}

function optionSet(options: NonNullable<RequestParts['options']>): string {
  const entries = Object.entries(options).map(([name, { value, mustComply }]) => {
    const comply = mustComply === true ? ' MustComply="true"' : '';
    return `<w:Option Name="${encodeXml(name)}"${comply}>${encodeXml(value)}</w:Option>`;
  });
  return entries.length === 0 ? '' : `<w:OptionSet s:mustUnderstand="true">${entries.join('')}</w:OptionSet>`;
}
