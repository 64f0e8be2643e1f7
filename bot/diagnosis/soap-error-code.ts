/** The ErrorCodes of the client protocol (MS-WUSP 2.2.2.4), lower case. */
const errorCodes: ReadonlySet<string> = new Set([
  'invalidparameters',
  'internalservererror',
  'serverbusy',
  'invalidcookie',
  'serverchanged',
  'configchanged',
  'cookieexpired',
  'registrationrequired',
  'registrationnotrequired',
  'filelocationchanged',
  'invalidauthorizationcookie',
]);

export const isSoapErrorCode = (code: string): boolean => errorCodes.has(code.toLowerCase());

/** KB 3159706: SimpleAuth does not start at all. The server logs this in place of a fault with a detail. */
export const simpleAuthBroken = 'Exception in SimpleAuth constructor';
