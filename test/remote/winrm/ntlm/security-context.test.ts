import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sealingKeys } from '../../../../remote/winrm/ntlm/sealing-keys.ts';
import { SecurityContext } from '../../../../remote/winrm/ntlm/security-context.ts';
import { vectors } from './vectors.ts';

const pair = () => ({
  client: new SecurityContext(vectors.exportedSessionKey, 'client'),
  server: new SecurityContext(vectors.exportedSessionKey, 'server'),
});

test('the keys of both directions are those of the published example', () => {
  assert.deepEqual(sealingKeys(vectors.exportedSessionKey, 'client-to-server'), {
    signing: vectors.clientSigningKey,
    sealing: vectors.clientSealingKey,
  });
  assert.deepEqual(sealingKeys(vectors.exportedSessionKey, 'server-to-client'), {
    signing: vectors.serverSigningKey,
    sealing: vectors.serverSealingKey,
  });
});

test('the first sealed message is that of MS-NLMP 4.2.4.4', () => {
  const { sealed, signature } = pair().client.wrap(vectors.plaintext);
  assert.deepEqual({ sealed, signature }, { sealed: vectors.sealed, signature: vectors.signature });
});

test('any conversation is read as it was written, in both directions', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.uint8Array({ maxLength: 300 })), { maxLength: 20 }),
      (messages) => {
        const { client, server } = pair();
        for (const [fromClient, bytes] of messages) {
          const [sender, receiver] = fromClient ? [client, server] : [server, client];
          assert.deepEqual(receiver.unwrap(sender.wrap(Buffer.from(bytes))), Buffer.from(bytes));
        }
      },
    ),
  );
});

test('a changed byte anywhere in a message is noticed', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (bytes, at, change) => {
        const { client, server } = pair();
        const { signature, sealed } = client.wrap(Buffer.from(bytes));
        const whole = Buffer.concat([signature, sealed]);
        const place = at % whole.length;
        whole.writeUInt8(whole.readUInt8(place) ^ change, place);
        assert.throws(() => server.unwrap({ signature: whole.subarray(0, 16), sealed: whole.subarray(16) }), {
          name: 'ProtocolError',
        });
      },
    ),
  );
});

test('a message that comes twice is refused by its sequence number', () => {
  const { client, server } = pair();
  const message = client.wrap(Buffer.from('once'));
  server.unwrap(message);
  assert.throws(() => server.unwrap(message), { code: 'protocol.sequence-wrong' });
});

test('a message that was left out is noticed', () => {
  const { client, server } = pair();
  client.wrap(Buffer.from('lost'));
  assert.throws(() => server.unwrap(client.wrap(Buffer.from('next'))), { code: 'protocol.sequence-wrong' });
});

test('a signature of another length is refused', () => {
  assert.throws(() => pair().server.unwrap({ signature: Buffer.alloc(60), sealed: Buffer.alloc(1) }), {
    code: 'protocol.malformed',
  });
});
