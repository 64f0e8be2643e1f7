import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basicAuthentication } from '../../../remote/winrm/every-message-authentication.ts';

const channel = { isEncrypted: true, bindings: undefined };
const nothingPosted = () => assert.fail('a request went before the message');

test('Basic carries user and password in UTF-8, with every message', async () => {
  const account = { user: 'jürgen', password: 'Grüße:€' };
  const protection = await basicAuthentication(account, channel).signIn(nothingPosted, 'testing', Date.now());
  for (const text of ['one', 'two']) {
    const { headers, body } = protection.protect(Buffer.from(text));
    // RFC 7617 2.1; by base64(1) of the text in UTF-8.
    assert.equal(headers.Authorization, 'Basic asO8cmdlbjpHcsO8w59lOuKCrA==');
    assert.equal(body.toString(), text);
  }
});
