import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { mask } from '../../../bot/diagnosis/mask.ts';
import { articleClient, articleServer, clientLog, serverLine, simpleAuth, upstream } from './samples.ts';

// Constructed: none of these opens anything.
const jwt = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLTEyMw';

describe('a line of evidence', () => {
  for (const [what, line, shown] of [
    ['an e-mail address', 'sent to alex.wilber+wsus@contoso.com, 80244007', 'sent to ***@***, 80244007'],
    ['an address of another script', 'von jürgen@bücher.example:', 'von ***@***:'],
    ['an address in a query', '?who=alex%40contoso.com&x=1', '?who=***@***&x=1'],
    [
      'a password in an address, not its host',
      'http://svc:pa:ss@wsus01.corp.example:8530/ClientWebService/client.asmx',
      'http://***@wsus01.corp.example:8530/ClientWebService/client.asmx',
    ],
    ['a bearer token', 'Authorization: Bearer abc.def-123', 'Authorization: Bearer ***'],
    ['a bearer token outside a header', 'with Bearer 0123456789abcdef0123', 'with Bearer ***'],
    ['a sign-in', 'Proxy-Authorization: NTLM TlRMTVNTUAABAAAA', 'Proxy-Authorization: NTLM ***'],
    ['a JSON Web Token', `got ${jwt} back`, 'got *** back'],
    ['half of a JSON Web Token', `got ${jwt.slice(0, 30)}`, 'got ***'],
    [
      'the signature of an address',
      'https://x.blob.example/logs?sv=2024&sig=Ab%2Fc%3D&se=2026',
      'https://x.blob.example/logs?sv=2024&sig=***&se=2026',
    ],
    ['the signature of an escaped address', '?sv=2024&amp;sig=Ab%2Fc%3D', '?sv=2024&amp;sig=***'],
    [
      'a password',
      'Server=sql01;User ID=sa;Password=h,unter2;x=1',
      'Server=sql01;User ID=sa;Password=***;x=1',
    ],
    ['a quoted password', '"password": "two words", "a": 1', '"password": "***", "a": 1'],
    ['a quoted password that is cut', 'password="two wor', 'password="***"'],
    [
      'a value before the next name',
      'token=abc,ErrorCode=InvalidParameters',
      'token=***,ErrorCode=InvalidParameters',
    ],
    [
      'the cookie of a client',
      '<EncryptedData>q83vEjRW==</EncryptedData>',
      '<EncryptedData>***</EncryptedData>',
    ],
    ['a cookie of HTTP', 'Cookie: session=abc; other=d', 'Cookie: ***'],
  ] as const) {
    test(`does not show ${what}`, () => {
      assert.equal(mask(line), shown);
    });
  }

  for (const line of [
    ...[serverLine(), clientLog(), articleClient, articleServer, simpleAuth, upstream].flatMap((text) =>
      text.split('\n'),
    ),
    'Microsoft.UpdateServices.Core, Version=4.0.0.0, PublicKeyToken=31bf3856ad364e35',
    'PT WARNING: Cached cookie has expired or new PID is available',
    'GetAuthorizationCookie failed: hr = 0x80244007, error = -2145107961',
    'Bearer InvalidParameters parameters.InstalledNonLeafUpdateIDs',
    '<add key="maxInstalledPrerequisites" value="400"/>',
    'WSUS server: http://wsus.ad.***.com:8530',
    '*FAILED* [80240439] file.cpp @221',
    'http://wsus01:8530/SimpleAuthWebService/SimpleAuth.asmx',
  ]) {
    test(`stays as it was written: ${line.slice(0, 60)}`, () => {
      assert.equal(mask(line), line);
    });
  }
});

const letters = (least: number, most: number, alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHXYZ0123456789') =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: least, maxLength: most });
const hex = (length: number) => letters(length, length, '0123456789abcdef');
const host = fc
  .tuple(
    letters(1, 15, 'abcdefghijklmnop0123456789'),
    fc.constantFrom('', '.corp.example', '.ad.contoso.com'),
  )
  .map(([name, domain]) => `w${name}${domain}`);
const guid = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map((parts) => parts.join('-'));
/** What decides, and must never be hidden. */
const kept = fc.oneof(
  guid.map((id) => `ID=${id}`),
  host.map((name) => `actor = http://${name}:8530/ClientWebService/client.asmx`),
  fc.constantFrom(
    'ErrorCode=InvalidParameters',
    'Message=parameters.InstalledNonLeafUpdateIDs',
    'Message=parameters.OtherCachedUpdateIDs',
    'hr = 0X80244007',
    '[80244010]',
    'Error = -2145107961',
    '<ErrorCode>InternalServerError</ErrorCode>',
    '2026-11-25 02:03:11.482 UTC',
  ),
);
const secret = letters(20, 40).map((text) => `${text}7q`);
/** Text that holds the secret, written as secrets are. */
const carrying = (value: string) =>
  fc.constantFrom(
    `password=${value}`,
    `Pwd=${value};`,
    `"client_secret": "${value}"`,
    `Bearer ${value}`,
    `Authorization: Basic ${value}`,
    `https://user:${value}@proxy.example:8080/`,
    `https://files.example/a?sv=1&sig=${value}&se=2`,
    `&access_token=${value}`,
    `eyJ${value}.${value}`,
    `${value}@contoso.com`,
    `<EncryptedData>${value}</EncryptedData>`,
  );

describe('whatever stands around it', () => {
  test('what decides stays, and the secret does not', () => {
    fc.assert(
      fc.property(
        fc.array(kept, { maxLength: 4 }),
        secret.chain((value) => fc.tuple(fc.constant(value), carrying(value))),
        fc.array(kept, { maxLength: 4 }),
        fc.constantFrom(', ', ' ', '\t', ' | '),
        (before, [value, text], behind, between) => {
          const shown = mask([...before, text, ...behind].join(between));
          for (const word of [...before, ...behind]) assert.ok(shown.includes(word), `${word} in ${shown}`);
          assert.ok(!shown.includes(value), shown);
        },
      ),
    );
  });

  test('masking twice changes nothing', () => {
    const piece = fc.oneof(
      fc.string(),
      kept,
      fc.constantFrom(
        '://',
        '@',
        'password=',
        'sig=',
        'Bearer ',
        'Cookie: a=',
        '"',
        'eyJ',
        '.',
        '%40',
        ',',
        '***',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = mask(pieces.join(''));
        assert.equal(mask(once), once);
      }),
    );
  });
});

test('the evidence of a diagnosis is masked, and nothing else of it changes', () => {
  const text = `${serverLine()} by alex@contoso.com`;
  const [finding] = diagnose(text).findings;
  assert.equal(finding?.signature, 'kb4096317');
  assert.deepEqual(
    finding?.evidence.map(({ text: line }) => line),
    [`${serverLine()} by ***@***`],
  );
});
