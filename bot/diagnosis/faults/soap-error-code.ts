/** The ErrorCodes that ask a client to begin its handshake again (MS-WUSP 2.2.2.4), lower case. */
export const handshakeErrorCodes: ReadonlySet<string> = new Set([
  'invalidcookie',
  'serverchanged',
  'configchanged',
  'cookieexpired',
  'registrationrequired',
  'registrationnotrequired',
  'filelocationchanged',
  'invalidauthorizationcookie',
]);

/** All ErrorCodes of the client protocol. */
const errorCodes: ReadonlySet<string> = new Set([
  'invalidparameters',
  'internalservererror',
  'serverbusy',
  ...handshakeErrorCodes,
]);

export const isSoapErrorCode = (code: string): boolean => errorCodes.has(code.toLowerCase());

/** KB 3159706: SimpleAuth does not start at all. The server logs this in place of a fault with a detail. */
export const simpleAuthBroken = 'Exception in SimpleAuth constructor';
