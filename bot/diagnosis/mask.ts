/** Stands in place of what is masked. */
const stars = '***';

/** Names of values that open a door, in query strings, connection strings, JSON and XML. */
const secretNames = [
  '(?:password|passwd|passwort|kennwort|passphrase)',
  '(?<![A-Za-z0-9])(?:pwd|secret|token|sig)',
  '(?:client|shared)[_-]?secret',
  '(?:api|account|sharedaccess|subscription)[_-]?key',
  '(?:access|refresh|id|session)[_-]?token',
].join('|');

/** What a value goes on to: its closing quote, or a sign that ends it; a comma ends it only before the next name. */
const secretValue = `(["'])(?:(?!\\2).)*(?:\\2|$)|(?:[^\\s&;,<>"']|,(?!\\s?\\w{1,40}\\s?=))+`;

/** Each in time linear in the line. What is masked already stays as it is. */
const rules: readonly (readonly [RegExp, string])[] = [
  // https://user:password@host: the host stays.
  [/(?<=:\/\/)[^\s/?#"'<>]+@/g, `${stars}@`],
  [
    /(?<![\w-])((?:proxy-)?authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:basic|bearer|digest|negotiate|ntlm)\s{1,4})?)[^\s"'<>,;]+/gi,
    `$1${stars}`,
  ],
  // A word behind it is no token: one has a digit.
  [/(?<![\w-])(bearer\s{1,4})(?=[A-Za-z._~+/-]*\d)[\w.~+/-]{16,}={0,2}/gi, `$1${stars}`],
  [/(?<![\w-])((?:negotiate|ntlm|kerberos)\s{1,4})(?=[A-Za-z+/]*\d)[A-Za-z0-9+/]{24,}={0,2}/gi, `$1${stars}`],
  // A JSON Web Token: base64url of {"…
  [/(?<![\w-])eyJ[\w-]{10,}(?:\.[\w-]*)*/g, stars],
  [new RegExp(`((?:${secretNames})["']?\\s{0,2}[:=]\\s{0,2})(?:${secretValue})`, 'gis'), `$1$2${stars}$2`],
  [/((?:<|&lt;)(?:password|passwd|secret|token)(?:>|&gt;))[^<&]+/gi, `$1${stars}`],
  // The cookies that WSUS gives its clients (MS-WUSP 2.2.3.1).
  [/((?:<|&lt;)(?:\w{1,20}:)?(?:EncryptedData|CookieData)(?:>|&gt;))[^<&]+/gi, `$1${stars}`],
  [/(^|["'])((?:set-)?cookie:\s{0,4})[\w.-]{1,60}=[^"']+/gim, `$1$2${stars}`],
  [
    /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+(?:@|%40)(?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]*/gu,
    `${stars}@${stars}`,
  ],
];

/**
 * A line of evidence as it was written, with e-mail addresses and whatever opens a door (passwords, tokens, signatures of addresses,
 * cookies) as `***`. Codes, ids, hosts and the words of a fault stay. Pure; masking twice changes nothing.
 */
export const mask = (text: string): string =>
  rules.reduce((line, [pattern, shown]) => line.replace(pattern, shown), text);
