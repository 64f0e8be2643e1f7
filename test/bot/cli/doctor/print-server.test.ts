import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { printServer } from '../../../../bot/cli/doctor/print-server.ts';
import { Printer } from '../../../../bot/cli/terminal.ts';

test('what answered is quoted without saying that it was the server: it may have been kinit', async () => {
  const stream = new PassThrough();
  const step = {
    step: 'sign-in',
    ok: false,
    text: 'no domain controller answered',
    code: 'remote.kerberos-kdc',
    serverText: "kinit: Cannot contact any KDC for realm 'CONTOSO.EXAMPLE'",
    remedy: 'Reach it.',
  } as const;
  printServer(new Printer(stream), { name: 'wsus01', way: 'endpoint', ok: false, steps: [step] });
  stream.end();
  const lines = (await text(stream)).split('\n');
  assert.deepEqual(
    lines.filter((line) => /^ {2}(?:✕| {2})/.test(line)),
    [
      '  ✕ sign-in   no domain controller answered (remote.kerberos-kdc)',
      "    Answer: kinit: Cannot contact any KDC for realm 'CONTOSO.EXAMPLE'",
      '    Next: Reach it.',
    ],
  );
});
