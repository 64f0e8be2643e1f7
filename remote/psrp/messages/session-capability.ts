import { type ClixmlValue, displayText, extendedObject, propertyOf, version } from '../clixml-value.ts';

/** The protocol version that both sides here speak; also the WS-Man option `protocolversion`. */
export const protocolVersion = '2.3';

/** SESSION_CAPABILITY, MS-PSRP 2.2.2.1 and 2.2.2.2: the same from client and server. */
export function sessionCapabilityData(): ClixmlValue {
  return extendedObject({
    protocolversion: version(protocolVersion),
    PSVersion: version('2.0'),
    SerializationVersion: version('1.1.0.1'),
  });
}

/** The peer's protocol version such as "2.2"; empty when it gives none. */
export function readProtocolVersion(data: ClixmlValue): string {
  return displayText(propertyOf(data, 'protocolversion'));
}
