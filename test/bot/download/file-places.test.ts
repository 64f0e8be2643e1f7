import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isInSharePoint, isOnThisMachine, nowhere } from '../../../bot/download/file-places.ts';

const inSharePoint = (address: string): boolean => isInSharePoint(new URL(address));

describe('a file may be fetched from SharePoint', () => {
  for (const address of [
    'https://contoso.sharepoint.com/sites/x/a.log',
    'https://contoso-my.sharepoint.com/personal/a_b/_layouts/15/download.aspx?UniqueId=1&tempauth=x',
    'https://CONTOSO-MY.SharePoint.com/a',
    'https://contoso-my.sharepoint.com:443/a',
  ]) {
    test(address, () => assert.equal(inSharePoint(address), true));
  }
});

describe('a file may not be fetched from', () => {
  for (const [what, address] of [
    ['plain HTTP', 'http://contoso.sharepoint.com/a'],
    ['another port', 'https://contoso.sharepoint.com:8443/a'],
    ['an address with a password', 'https://me:secret@contoso.sharepoint.com/a'],
    ['an address with a user', 'https://contoso.sharepoint.com@evil.example/a'],
    ['a host that ends like it', 'https://evilsharepoint.com/a'],
    ['a host that begins like it', 'https://contoso.sharepoint.com.evil.example/a'],
    ['the bare suffix', 'https://sharepoint.com/a'],
    ['a host two labels below it', 'https://a.b.sharepoint.com/a'],
    ['a host with the dot of the root', 'https://contoso.sharepoint.com./a'],
    ['an address that only looks like it', 'https://evil.example/contoso.sharepoint.com'],
    ['another cloud', 'https://contoso.sharepoint.us/a'],
    ['this machine', 'https://127.0.0.1/a'],
    ['a machine next door', 'https://10.0.0.1/a'],
    ['the metadata service of a cloud', 'http://169.254.169.254/latest/meta-data'],
    ['the disk', 'file:///etc/passwd'],
    ['the page itself', 'data:text/plain,a'],
    ['a chat service of Teams', 'https://smba.trafficmanager.net/emea/v3/attachments/1/views/original'],
  ] as const) {
    test(what, () => assert.equal(inSharePoint(address), false));
  }
});

test('where Teams hands over no files, nothing may be fetched', () => {
  assert.equal(nowhere(new URL('https://contoso.sharepoint.com/a')), false);
});

test('whatever the host, only one label under SharePoint is one', () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const tail = fc.constantFrom('sharepoint.com', 'example', 'com', 'sharepoint');
  const heads = fc.array(label, { maxLength: 3 });
  fc.assert(
    fc.property(heads, tail, heads, (before, under, after) => {
      const name = [...before, under, ...after].join('.');
      const isListed = under === 'sharepoint.com';
      const address = `https://${name}/a`;
      if (URL.canParse(address)) {
        assert.equal(inSharePoint(address), isListed && before.length === 1 && after.length === 0);
      }
    }),
  );
});

test('the demo fetches from this machine alone', () => {
  for (const address of ['http://127.0.0.1:8080/a', 'https://localhost/a', 'http://[::1]:1/a']) {
    assert.equal(isOnThisMachine(new URL(address)), true, address);
  }
  for (const address of [
    'http://127.0.0.1.evil.example/a',
    'http://10.0.0.1/a',
    'https://contoso.sharepoint.com/a',
    'http://me:secret@127.0.0.1/a',
    'ftp://127.0.0.1/a',
  ]) {
    assert.equal(isOnThisMachine(new URL(address)), false, address);
  }
});
